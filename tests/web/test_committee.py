"""The committee's pages: the table, the clause room, and nothing on them that may not be seen."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from consult.core.vocabulary import CHOICES, STATES
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from consult.operations.withdraw import erase_comment, withdraw_comment
from tests import factories
from tests.factories import CONSULTATION, NOW, STANDARD
from tests.staff import everything, page_of, signed_in
from tests.support.database import on_sqlite
from tests.support.html import Element
from tests.support.statements import counted_statements

pytestmark = on_sqlite
ROUND = f"/en/committee/{CONSULTATION}/rounds/1"
CLAUSE = f"{ROUND}/{STANDARD}/5.2"
MEMBER = "Reads on behalf of the committee"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", NOW.isoformat())


@pytest.fixture
def opened(app: Flask) -> None:
    with app.app_context():
        factories.round_of()
        factories.change(
            kinds=["renumbered", "modified"], old=["5.3"], new=["5.2"],
            texts={"en": [["=", "The Entity shall:\n\na) set a "], ["-", "goal"], ["+", "target"], ["=", "; and\nb) review it every year."]],
                   "fr": [["=", "L’Entité doit "], ["+", "fixer."]], "zh": [["=", "实体应"], ["+", "设定目标。"]]},
        )  # fmt: skip
        factories.change(kinds=["removed"], old=["5.2"])
        factories.change(kinds=["added"], new=["5.3"], texts={"en": [["+", "Smelters shall stay below 11 t."]]})


@pytest.fixture
def member(app: Flask, opened: None):
    return signed_in(app, "committee", consultation=CONSULTATION, name=MEMBER)


def handed_in(app: Flask, number: str | None = "5.2", *, to: tuple[str, ...] = ("cleared",), **given) -> str:
    with app.app_context():
        reference = factories.comment(number, **given).comments[0]
        before = "pending"
        for state in to:
            if state == "withdrawn":
                withdraw_comment(reference=reference, by=OPERATOR, now=NOW)
            elif state == "erased":
                erase_comment(reference=reference, by=OPERATOR, now=NOW)
            else:
                move_comment(
                    reference=reference, seen_state=before, to=state, reason="abuse" if state == "withheld" else None, by=OPERATOR, now=NOW
                )
            before = state
        return reference


def cells(response, number: str) -> list[str]:
    """The row of a clause: its heading cell and what stands in the others, figures as text."""
    for row in page_of(response).find("table")[0].find("tr"):
        heads = row.find("th")
        if heads and heads[0].find("b") and heads[0].find("b")[0].text == number:
            return [each.text for each in row.find("th", "td")]
    raise AssertionError(f"no row {number}")


def head(response) -> list[str]:
    return [each.text for each in page_of(response).find("thead")[0].find("th")]


def articles(response) -> dict[str, Element]:
    return {each.attributes["id"]: each for each in page_of(response).find("article")}


def test_chinese_and_french_comment_stand_in_one_row_of_every_language(app: Flask, member) -> None:
    handed_in(app, language="zh", text="四年太短。", position="oppose")
    handed_in(app, language="fr", text="Quatre ans, c’est court.", person=factories.person(stakeholder_class="civil_society"))
    response = member.client.get(f"{ROUND}/")
    assert head(response) == [
        "Clause",
        "Change",
        "Received",
        "Undecided",
        "Production and Transformation",
        "Civil Society",
        "of these, copies",
        "Endorsements",
        "French",
        "Chinese",
        "Proposed wordings",
    ]
    assert cells(response, "5.2") == ["5.2 Reduction plan", "Renumbered from 5.3Reworded", "2", "2", "1", "1", "·0", "·0", "1", "1", "·"]
    assert cells(response, "5.1")[2:] == ["0", "nobody has spoken"]
    titles = {"fr": "5.2 Plan de réduction", "zh": "5.2 减排计划"}
    for language, title in titles.items():
        row = cells(member.client.get(f"{ROUND}/".replace("/en/", f"/{language}/")), "5.2")
        assert (row[0], row[2], row[8:10]) == (title, "2", ["1", "1"])


def test_states_of_every_row_add_up_to_what_was_received(app: Flask, member) -> None:
    paths = {
        "cleared": ("cleared",),
        "pending": (),
        "held": ("held",),
        "withheld": ("withheld",),
        "withdrawn": ("withdrawn",),
        "erased": ("erased",),
    }
    for number in ("5.1", "5.2", "5.2"):
        for path in paths.values():
            handed_in(app, number, to=path)
    handed_in(app, None, kind="process", to=("held",))
    response = member.client.get(f"{ROUND}/?show=states")
    assert cells(response, "5.2")[2:] == ["12", "2", "11", "·0"] + ["2"] * 6
    rows = page_of(response).find("tbody")[0].find("tr")
    figures = [
        [int(re.sub(r"\D", "", each.text.lstrip("·")) or 0) for each in row.find("td")[1:]] for row in rows if len(row.find("td")) == 11
    ]
    assert figures
    assert [row[0] for row in figures] == [sum(row[4:]) for row in figures]
    foot = [int(each.text) for each in page_of(response).find("tfoot")[0].find("td")[1:]]
    assert foot[0] == sum(foot[4:]) == 19
    aside = page_of(member.client.get(CLAUSE)).find("aside")[0]
    assert [int(each.text) for each in aside.find("table")[0].find("td")] == [2] * 6 + [12]


def test_cells_lead_to_the_comments_they_count(app: Flask, member) -> None:
    handed_in(app, language="fr", position="oppose")
    handed_in(app, language="en", position="support", person=factories.person(stakeholder_class="civil_society"))
    handed_in(app, "5.2", kind="new")
    handed_in(app, None, kind="document")
    handed_in(app, None, kind="process")
    handed_in(app, "5.2", kind="removed", baseline="v2")
    handed_in(app, "", kind="new")
    for show in ("classes", "positions", "states"):
        page = page_of(member.client.get(f"{ROUND}/?show={show}")).find("tbody")[0]
        for cell in page.find("td"):
            for link in cell.find("a"):
                listed = articles(member.client.get(link.attributes["href"]))
                assert len(listed) == int(link.text), link.attributes["href"]
        for link in page.find("a"):
            assert urlsplit(link.attributes["href"]).path.startswith(ROUND)


def test_order_and_principle_are_addresses(app: Flask, member) -> None:
    for number, positions in {"5.1": ["oppose"], "5.2": ["support", "oppose", "neutral"], "5.3": ["support"]}.items():
        for position in positions:
            handed_in(app, number, position=position)

    def numbers(asked: str) -> list[str]:
        rows = page_of(member.client.get(f"{ROUND}/{asked}")).find("tbody")[0].find("tr")
        return [row.find("b")[0].text for row in rows if row.attributes["data-kind"] == "clause"]

    assert numbers("") == numbers("?sort=nonsense&show=x&principle=99&document=no") == ["5", "5.1", "5.2", "5.3"]
    assert numbers("?sort=received") == ["5.2", "5.1", "5.3"]
    assert numbers("?sort=oppose") == ["5.1", "5.2", "5.3"]
    assert numbers("?principle=5") == ["5", "5.1", "5.2", "5.3"]


def test_silence_is_said_in_words(app: Flask, member) -> None:
    text = page_of(member.client.get(f"{ROUND}/")).text
    assert "On 2 changed clauses nobody has spoken." in text
    assert "Nobody from these classes has spoken: Production and Transformation, Industrial Users" in text
    assert "Nobody has commented here yet." in page_of(member.client.get(CLAUSE)).text


def test_clause_room_shows_the_changes_beside_what_was_said(app: Flask, member) -> None:
    reference = handed_in(app, text="Deux lignes.\n\n  Retrait.", language="fr", position="oppose", proposed="L’Entité doit :\n\na) fixer un objectif ; et\nb) le revoir tous les deux ans.", rationale="Essais.")  # fmt: skip
    response = member.client.get(CLAUSE)
    page = page_of(response)
    assert page.find("h1")[0].text == "5.2 Reduction plan"
    text = next(each for each in page.find("section") if each.attributes.get("aria-labelledby") == "text")
    assert [each.text for each in text.find("del")][:1] == ["removed: goal end of removal"]
    comment = articles(response)[reference]
    said = [each for each in comment.find("div") if "as-sent" in each.attributes.get("class", "")]
    assert [(each.attributes["lang"], each.children[0]) for each in said] == [("fr", "Deux lignes.\n\n  Retrait."), ("fr", "Essais.")]
    redline = next(each for each in comment.find("div") if each.find("ins"))
    assert "chaque année" in redline.find("del")[0].text
    who = comment.find("p")[0].text
    assert "Production and Transformation · Switzerland · Cooperative of Lake Foundries · Anna Keller" in who
    assert "oppose" in comment.text


def test_views_and_baselines_are_addresses(app: Flask, member) -> None:
    shown = {view: page_of(member.client.get(f"{CLAUSE}?view={view}")).find("section")[0] for view in ("inline", "side", "new", "old", "x")}
    assert {view: (len(each.find("ins")) > 0, len(each.find("del")) > 0) for view, each in shown.items()} == {
        "inline": (True, True), "side": (True, True), "new": (False, False), "old": (False, False), "x": (True, True),
    }  # fmt: skip
    assert "goal" in shown["old"].text
    assert "goal" not in shown["new"].text
    assert member.client.get(f"{CLAUSE}?from=v9").status_code == 200


def test_clauses_before_and_after_are_links(member) -> None:
    links = {each.attributes.get("rel"): each.attributes["href"] for each in page_of(member.client.get(CLAUSE)).find("a")}
    assert (links["prev"], links["next"]) == (f"{ROUND}/{STANDARD}/5.1", f"{ROUND}/{STANDARD}/5.3")


SECRETS = {name: f"SECRET{name.upper()}SECRET" for name in ("text", "rationale", "proposed", "name", "organisation", "mail")}
PATHS = {
    "pending": (),
    "held": ("held",),
    "withheld": ("withheld",),
    "withdrawn": ("withdrawn",),
    "erased": ("erased",),
    "cleared": ("cleared",),
}


def secret(app: Flask, state: str, choice: str, number: str | None = "5.2", **given) -> str:
    who = factories.person(choice=choice, name=SECRETS["name"], organisation=SECRETS["organisation"], mail=f"{SECRETS['mail']}@example.org".lower(), country="GL", stakeholder_class="individual")  # fmt: skip
    return handed_in(app, number, to=PATHS[state], person=who, text=SECRETS["text"], rationale=SECRETS["rationale"], proposed=SECRETS["proposed"], position="question", type="translation", **given)  # fmt: skip


def every_page(member) -> dict[str, str]:
    """Source of every committee page that can be reached by links from its home, in three languages."""
    found: dict[str, str] = {}
    waiting = ["/en/committee/", "/en/staff", f"{CLAUSE}?position=question", f"{CLAUSE}?class=individual", f"{CLAUSE}?state=withheld"]
    while waiting:
        address = waiting.pop()
        if address in found or not re.match(r"/(en|fr|zh)/(committee|staff)", address):
            continue
        response = member.client.get(address)
        assert response.status_code == 200, address
        found[address] = response.text
        if address.startswith("/en/"):
            links = [
                each.attributes["href"].split("#")[0] for each in page_of(response).find("main")[0].find("a") if "href" in each.attributes
            ]
            waiting += [href for href in links if href.count("&") < 2 and "/comments." not in href]  # files: test_downloading
    found |= {a: member.client.get(a).text for a in (f"/fr{ROUND[3:]}/", f"/zh{CLAUSE[3:]}", f"/fr{CLAUSE[3:]}")}
    return found


def test_what_is_not_cleared_is_nowhere_in_the_source_of_any_committee_page(app: Flask, member) -> None:
    places = [("5.1", None), ("5.3", "new"), (None, "document"), (None, "process"), ("5.2", "removed")]
    for place, state in enumerate(("pending", "held", "withheld", "withdrawn", "erased")):
        for number, kind in (("5.2", None), places[place]):
            secret(app, state, "named", number, **({"kind": kind} if kind else {}))
    pages = every_page(member)
    assert len(pages) > 30
    for address, source in pages.items():
        for word in [*SECRETS.values(), SECRETS["mail"].lower(), "Greenland", "Groenland", "格陵兰"]:
            assert word not in source, (address, word)
    stubs = articles(member.client.get(CLAUSE))
    assert [stub.find("p")[1].text for stub in stubs.values()] == [
        "This comment is in moderation.",
        "This comment is in moderation.",
        "This comment is withheld. Reason: it attacks or insults a person.",
        "This comment was withdrawn by its author.",
        "This comment was erased at the request of a person concerned.",
    ]
    assert articles(member.client.get(f"{CLAUSE}?position=question")) == articles(member.client.get(f"{CLAUSE}?class=individual")) == {}


def test_choice_of_the_author_rules_what_the_committee_reads(app: Flask, member) -> None:
    references = {choice: secret(app, "cleared", choice) for choice in CHOICES}
    shown = articles(member.client.get(CLAUSE))
    for choice, reference in references.items():
        told = shown[reference].text
        assert (SECRETS["text"] in told, SECRETS["proposed"] in told, "Individuals" in told) == (True, True, True)
        assert (SECRETS["name"] in told) is (choice == "named")
        assert (SECRETS["organisation"] in told) is (choice in ("named", "organisation"))
        assert ("Greenland" in told) is (choice != "confidential")
        assert SECRETS["mail"].lower() not in told


@pytest.mark.parametrize("role", ["secretariat", "process_auditor"])
def test_who_reads_unmoderated_text_reads_it_here_too(app: Flask, opened: None, role: str) -> None:
    references = [secret(app, state, "confidential") for state in STATES if state != "erased"]
    shown = articles(signed_in(app, role).client.get(CLAUSE))
    assert [SECRETS["text"] in shown[reference].text and SECRETS["name"] in shown[reference].text for reference in references] == [True] * 5


def test_observer_sees_what_the_committee_sees(app: Flask, member) -> None:
    secret(app, "held", "named")
    secret(app, "cleared", "class")
    observer = signed_in(app, "observer", consultation=CONSULTATION)
    for address in (f"{ROUND}/", CLAUSE, f"{CLAUSE}?view=side"):

        def strip(text: str) -> str:
            besides = r'<section class="decide.*?</section>|<p class="tick-line">.*?</p>|<nav class="[^"]*onward-links".*?</nav>'
            text = re.sub(besides, "", text, flags=re.DOTALL)
            return re.sub(r'name="signed" value="[^"]*"|class="signed-in">[^<]*|(?<=\n)\s+', "", text)

        assert strip(observer.client.get(address).text) == strip(member.client.get(address).text)


def test_member_of_another_consultation_gets_403_and_changes_nothing(app: Flask, opened: None) -> None:
    with app.app_context():
        factories.consultation("other", prefix="OT")
    people = [
        signed_in(app, "committee", consultation="other"),
        signed_in(app, None),
        signed_in(app, "administrator"),
        signed_in(app, "translator"),
    ]
    with app.app_context():
        before = everything()
    addresses = [f"{ROUND}/", CLAUSE, f"{ROUND}/process", f"{ROUND}/documents/{STANDARD}", f"{ROUND}/removed/{STANDARD}/v2/5.2"]
    for person in people:
        assert {person.client.get(address).status_code for address in addresses} == {403}
        assert CONSULTATION not in person.client.get("/en/staff").text
        assert {person.client.post(address).status_code for address in addresses} <= {403, 405}
    assert {app.test_client().get(address).status_code for address in addresses} == {303}
    with app.app_context():
        assert everything() == before


def test_what_is_not_there_is_not_found(member, app: Flask) -> None:
    there = signed_in(app, "committee")
    for address in (
        "/en/committee/nowhere/rounds/1/", f"/en/committee/{CONSULTATION}/rounds/9/", f"{ROUND}/{STANDARD}/99.9", f"{ROUND}/nothing/5.2",
        f"{ROUND}/documents/nothing", f"{ROUND}/removed/{STANDARD}/v9/5.2", f"{ROUND}/removed/{STANDARD}/v2/99", f"/en/committee/{CONSULTATION}/rounds/x/",
    ):  # fmt: skip
        assert there.client.get(address).status_code == 404, address


def test_hostile_words_stay_words(app: Flask, member) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)"> {{ 7*7 }} ’; drop table comment'
    reference = handed_in(
        app, text=hostile, proposed=hostile, rationale=hostile, person=factories.person(name=hostile, organisation=hostile)
    )
    comment = articles(member.client.get(CLAUSE))[reference]
    assert comment.text.count("<script>alert(1)</script>") == 5
    assert comment.find("script", "img") == []


def test_long_list_goes_on_on_further_pages(app: Flask, member) -> None:
    references = [handed_in(app, text=f"number {n}", to=()) for n in range(53)]
    first = member.client.get(CLAUSE)
    following = next(each.attributes["href"] for each in page_of(first).find("a") if each.text == "Further entries")
    assert [*articles(first), *articles(member.client.get(following))] == references


def test_statements_do_not_grow_with_the_comments(app: Flask, member) -> None:
    def count(address: str) -> int:
        with app.app_context(), counted_statements() as statements:
            assert member.client.get(address).status_code == 200
        return len(statements)

    for number in ("5.1", "5.2", "5.3"):
        handed_in(app, number, proposed="The Entity shall not.")
    addresses = [f"{ROUND}/", CLAUSE, "/en/committee/"]
    before = [count(address) for address in addresses]
    for n in range(20):
        handed_in(
            app,
            ["5.1", "5.2", "5.3"][n % 3],
            language=["en", "fr", "zh"][n % 3],
            proposed="The Entity shall not.",
            now=NOW - timedelta(minutes=n),
        )
    assert [count(address) for address in addresses] == before
    assert max(before) < 40
