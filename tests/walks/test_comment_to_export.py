"""Walk 2: comments in three languages go by the web through moderation to the committee and into the files; nothing of what is withheld does."""

import csv
import io
import json
from collections import Counter

import openpyxl
from flask.testing import FlaskClient

from consult.wording.terms import term
from tests.support.walker import Walker
from tests.walks.conftest import PASSWORD

LANGUAGES = ("en", "fr", "zh")
CONSULTATION = "performance-standard-v3"
ROUND = f"consultations/{CONSULTATION}/rounds/2"
CLAUSE = f"{ROUND}/clauses/performance-standard/5.2"
STATES = ("pending", "cleared", "held", "withheld", "withdrawn", "erased")
IN_WORDS = {term("state", state, str): state for state in STATES}
PERSON = {"capacity": "individual", "country": "CN", "stakeholder_class": "production", "consent": "1", "position": "oppose"}
SAID = {
    "zh": {"text": "建议将年度审查改为每两年一次，小型冶炼厂做不到。", "name": "王芳", "mail": "wang@smelter.example", "choice": "named", "country": "CN"},
    "fr": {
        "text": "Une revue annuelle est trop fréquente pour nos petites fonderies.", "name": "Aïssatou Bah", "mail": "bah@forum.example",
        "organisation": "Forum des riverains", "capacity": "organisation", "choice": "organisation", "country": "GN",
        "stakeholder_class": "civil_society",
    },
    "en": {
        "text": "My neighbour Ravi Kallikkal at 4 Harbour Row cheats.", "proposed": "Ravi-proposed words", "rationale": "Ravi-given reasons",
        "name": "Angry Anonymous", "mail": "angry@row.example", "choice": "named", "country": "NO", "stakeholder_class": "downstream",
    },
}  # fmt: skip
SECRETS = ("Kallikkal", "Ravi-proposed", "Ravi-given", "Angry Anonymous", "angry@row.example")
IDENTITY = ("王芳", "wang@smelter.example", "Aïssatou Bah", "bah@forum.example", "Forum des riverains")


class Round:
    """Everything that tells how many comments there are, read anew."""

    def __init__(self, app):
        self.app = app
        self.walkers = {}
        self.turn = 0

    def signed_in(self, who, mail):
        walker = self.walkers[who] = Walker(self.app.test_client())
        walker.open("/en/sign-in")
        walker.send(mail=mail, password=PASSWORD)
        assert walker.address.endswith("/staff")
        return walker

    def visitor(self):
        return Walker(self.app.test_client())

    def file(self, ending, who=None, language="en"):
        path = f"/{language}/{ROUND}/comments.{ending}" if who is None else f"/{language}/{who}/{CONSULTATION}/rounds/2/comments.{ending}"
        client = self.visitor().client if who is None else self.walkers[{"moderation": "secretariat"}.get(who, who)].client
        answer = client.get(path)
        assert answer.status_code == 200
        return answer.data

    def rows(self, ending, who=None, language="en"):
        data = self.file(ending, who, language)
        if ending == "csv":
            return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        if ending == "json":
            return json.loads(data)["comments"]
        sheets = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        rows = [list(row) for row in sheets.worksheets[1].iter_rows(values_only=True)]
        keys = next(row for row in rows if "reference" in row)
        return [dict(zip(keys, row, strict=True)) for row in rows[rows.index(keys) + 1 :] if any(row)]

    def counted(self, number):
        """Place where counts are told -> (received, states), of one clause; the languages take turns."""
        self.turn += 1
        language, member = LANGUAGES[self.turn % 3], self.walkers["committee"]
        room = f"/{language}/committee/{CONSULTATION}/rounds/2"
        told = {
            "page": of_list(self.visitor().open(f"/{language}/{ROUND}/clauses/performance-standard/{number}")),
            "grid": of_grid(member.open(f"{room}/?show=states"), number),
            "room": of_figures(member.open(f"{room}/performance-standard/{number}")),
        }
        for who in (None, "committee", "moderation"):
            for ending in ("csv", "json", "xlsx"):
                rows = [row for row in self.rows(ending, who) if (row["clause_number"], row["target"].lower()) == (number, "clause")]
                states = Counter(IN_WORDS.get(row["moderation_state"], row["moderation_state"]) for row in rows)
                told[f"{ending} {who}"] = (states.total(), dict(states))
        return told


def of_list(page):
    """Of a list of states beside the comments: <dl class="states">."""
    (listed,) = [each for each in page.find("dl") if each.attributes.get("class") == "states"]
    entries = listed.find("div")
    counts = {sign_of(each): int(each.find("dd")[0].text) for each in entries}
    return counts.pop(None), {state: count for state, count in counts.items() if count}


def sign_of(element):
    return next((each.attributes["data-moderation"] for each in element.walk() if "data-moderation" in each.attributes), None)


def of_grid(page, number):
    row = grid_row(page, number)
    told = {
        "changes",
        "beside",
        "undecided",
    }  # copies, endorsements and what is undecided stand beside what is counted, and are no part of the sum
    cells = [cell for cell in row.find("td") if not told & set(cell.attributes.get("class", "").split())]
    counts = [int("".join(letter for letter in cell.text if letter.isdigit()) or 0) for cell in cells]
    states = dict(zip(STATES, counts[1:], strict=True)) if counts[0] else {}
    return counts[0], {state: count for state, count in states.items() if count}


def grid_row(page, number):
    (table,) = [each for each in page.find("table") if "data-show" in each.attributes]
    (row,) = [
        row
        for row in table.find("tr")
        if row.attributes.get("data-kind") == "clause" and [label.text for label in row.find("b")][:1] == [number]
    ]
    return row


def of_figures(page):
    (aside,) = [each for each in page.find("aside") if "figures" in each.attributes.get("class", "").split()]
    rows = aside.find("table")[0].find("tr")
    counts = {sign_of(row): int(row.find("td")[0].text) for row in rows}
    return counts.pop(None), {state: count for state, count in counts.items() if count}


def agree(round_, number, **states):
    """Every place tells the same counts, and received is the sum of the six states."""
    told = round_.counted(number)
    assert told == dict.fromkeys(told, (sum(states.values()), states))


def commented(round_, language):
    """From the home page to the receipt, by links and one form; gives the comment's reference."""
    walker = round_.visitor()
    walker.open(f"/{language}/")
    walker.follow("/changes?from=v2")
    walker.follow(f"/{CLAUSE}")
    walker.follow(f"/{CLAUSE}/comment")
    walker.send(**(PERSON | SAID[language] | {"text": ""} | ({"proposed": ""} if language == "en" else {})))
    assert walker.answer.status_code == 422
    walker.send(**(PERSON | SAID[language]))
    assert walker.answer.status_code == 200
    return next(link for link in walker.links() if link.startswith("#PS3-2-"))[1:]


def everywhere(round_):
    """All that anybody but the secretariat can read, as one text."""
    read = []
    for language in LANGUAGES:
        visitor, member = Walker(FlaskClient(round_.app, round_.app.response_class)), round_.walkers["committee"]
        for address in (
            "",
            f"consultations/{CONSULTATION}/",
            CLAUSE,
            f"{ROUND}/comments",
            f"{ROUND}/comments?clause=performance-standard/5.2",
        ):
            visitor.open(f"/{language}/{address}")
            read.append(visitor.answer.text)
        for reference in sorted(row["reference"] for row in round_.rows("json")):
            visitor.open(f"/{language}/{ROUND}/comments/{reference}")
            read.append(visitor.answer.text)
        for address in ("?show=positions", "performance-standard/5.2", "performance-standard/5.2?state=withheld"):
            member.open(f"/{language}/committee/{CONSULTATION}/rounds/2/{address}")
            read.append(member.answer.text)
        for who in (None, "committee"):
            read += [round_.file(ending, who, language).decode("utf-8") for ending in ("csv", "json")]
            read += [json.dumps(round_.rows("xlsx", who, language), ensure_ascii=False, default=str)]
    return "\n".join(read)


def decide(round_, reference, **decision):
    walker = round_.walkers["secretariat"]
    walker.open("/fr/staff")
    walker.follow(f"/moderation/{CONSULTATION}/")
    walker.follow(f"/moderation/{CONSULTATION}/{reference}")
    assert walker.answer.status_code == 200
    walker.send(**decision)
    assert walker.answer.status_code == 200


def test_a_chinese_and_a_french_comment_meet_in_one_row_and_what_is_withheld_stays_a_stub(walking):
    round_ = Round(walking.app)
    round_.signed_in("secretariat", "amelie@example.org")
    round_.signed_in("committee", "li@example.org")
    agree(round_, "5.2")

    made = {language: commented(round_, language) for language in ("zh", "fr", "en")}
    agree(round_, "5.2", pending=3)
    agree(round_, "5.3")
    seen = everywhere(round_)
    assert [secret for secret in (*SECRETS, *IDENTITY, "年度审查", "revue annuelle") if secret in seen] == []

    decide(round_, made["zh"], to="cleared")
    agree(round_, "5.2", pending=2, cleared=1)
    decide(round_, made["fr"], to="held", note="Forum must confirm.")
    agree(round_, "5.2", pending=1, cleared=1, held=1)
    decide_held(round_, made["fr"])
    agree(round_, "5.2", pending=1, cleared=2)
    decide(round_, made["en"], to="withheld", reason="third_party_data", note="Names a neighbour.")
    agree(round_, "5.2", cleared=2, withheld=1)

    one_row(round_)
    public(round_, made)
    exported(round_, made)
    seen = everywhere(round_)
    assert [secret for secret in (*SECRETS, "Names a neighbour", "Forum must confirm") if secret in seen] == []
    assert [name for name in IDENTITY if name in seen] == ["王芳", "Forum des riverains"]
    moderated = round_.walkers["secretariat"].open(f"/en/moderation/{CONSULTATION}/{made['en']}")
    assert [secret for secret in SECRETS if secret not in moderated.text] == []


def decide_held(round_, reference):
    walker = round_.walkers["secretariat"]
    walker.open(f"/zh/moderation/{CONSULTATION}/")
    walker.follow("?state=held")
    walker.follow(f"{reference}?state=held")
    walker.send(to="cleared")


def one_row(round_):
    """Both comments stand in the one row of 5.2, told by language and class."""
    for language in LANGUAGES:
        page = round_.walkers["committee"].open(f"/{language}/committee/{CONSULTATION}/rounds/2/")
        row = grid_row(page, "5.2")
        filters = {
            link.attributes["href"].partition("?")[2]: int(link.text)
            for cell in row.find("td")
            for link in cell.find("a")
            if link.text.isdigit()
        }
        assert filters == {"": 3, "became=none": 2, "written=zh": 1, "written=fr": 1, "class=production": 1, "class=civil_society": 1}
        room = round_.walkers["committee"].open(f"/{language}/committee/{CONSULTATION}/rounds/2/performance-standard/5.2")
        said = {each.attributes["id"]: each for each in room.find("article")}
        assert len(said) == 3
        texts = [
            (each.attributes["lang"], each.text) for article in said.values() for each in article.find("div") if "lang" in each.attributes
        ]
        assert texts == [("zh-Hans", SAID["zh"]["text"]), ("fr", SAID["fr"]["text"])]


def public(round_, made):
    for language in LANGUAGES:
        page = round_.visitor().open(f"/{language}/{CLAUSE}")
        articles = {each.attributes["id"]: each for each in page.find("article")}
        assert list(articles) == [made["zh"], made["fr"], made["en"]]
        for tongue, tag in (("zh", "zh-Hans"), ("fr", "fr")):
            (said,) = [each for each in articles[made[tongue]].find("div") if each.attributes.get("lang") == tag]
            assert said.text == SAID[tongue]["text"]
        assert "王芳" in articles[made["zh"]].text
        assert "Forum des riverains" in articles[made["fr"]].text
        stub = articles[made["en"]]
        assert "comment--stub" in stub.attributes["class"]
        mine = round_.visitor().open(f"/{language}/{ROUND}/comments/{made['en']}")
        assert made["en"] in mine.text


def exported(round_, made):
    wanted = {
        made["zh"]: ("5.2", "zh", "cleared", SAID["zh"]["text"], "王芳", "CN"),
        made["fr"]: ("5.2", "fr", "cleared", SAID["fr"]["text"], "", "GN"),
        made["en"]: ("5.2", "en", "withheld", "", "", ""),
    }
    for ending in ("csv", "json", "xlsx"):
        for who in (None, "committee"):
            for language in LANGUAGES if ending == "xlsx" else ("en",):
                rows = {row["reference"]: row for row in round_.rows(ending, who, language)}
                keys = ("clause_number", "language", "moderation_state", "comment", "name", "country")
                told = {reference: tuple(row[key] or "" for key in keys) for reference, row in rows.items()}
                if ending == "xlsx":  # worded in the language of the page
                    told = {
                        reference: (*cells[:1], wanted[reference][1], wanted[reference][2], *cells[3:5], wanted[reference][5])
                        for reference, cells in told.items()
                    }
                assert told == wanted
        everything = {row["reference"]: row for row in round_.rows(ending, "moderation")}
        assert everything[made["en"]]["comment"] == SAID["en"]["text"]
        assert everything[made["fr"]]["mail"] == "bah@forum.example"
