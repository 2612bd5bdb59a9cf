"""Addresses and filters that nobody meant well: not found or not asked, never a fault."""

import io

from gunicorn.http.errors import InvalidChunkSize

from tests import factories
from tests.factories import NOW as THEN
from tests.support.database import on_postgresql_first, on_sqlite
from tests.support.demo import CONSULTATION
from tests.support.demo_pages import QUEUE
from tests.support.html import Page
from tests.support.route_tables import ARGUMENTS
from tests.web.test_routes import OWN, forms_on, rules

HOSTILE = (
    "%00",
    "%FF",
    "'%20or%201=1",
    "..%2F..%2Fetc",
    "%F0%9F%AA%A8",
    "%E2%80%AE",
    "-1",
    "1e9",
    "9" * 40,
    "a" * 3000,
    "{{7*7}}",
    "%0d%0aX:1",
    "<b>",
)

ASKING_WHO = {
    "commenting.handed_in", "commenting.revise", "commenting.withdraw", "commenting.my_data", "commenting.later_copy", "commenting.compared", "mine.comment", "mine.received",
}  # fmt: skip
"""Whoever does not hold the receipt or the basket is asked for its code before anything is looked for: the same page whatever the address says."""


@on_postgresql_first
def test_hostile_words_in_an_address_are_not_found_and_break_nothing(app, client, at):
    at(THEN)
    with app.app_context():
        factories.round_of(number=2)
    given, broken = dict(ARGUMENTS, version="v3-draft-1"), {}
    for rule in (rule for rule in rules(app) if "GET" in rule.methods):
        for name in rule.arguments - {"language", "number_of_round", "digest", "ending"}:
            path = rule.rule.replace("<any(en,fr,zh):language>", "en").replace("<int:number_of_round>", "2").replace("path:", "")
            path = path.split("<any(")[0] + "csv" if "<any(" in path else path
            for hostile in HOSTILE:
                asked = path
                for each in rule.arguments:
                    asked = asked.replace(f"<{each}>", hostile if each == name else str(given[each]))
                status = client.get(asked).status_code
                if status not in ({200} if rule.endpoint in ASKING_WHO else set()) | {301, 303, 308, 400, 404}:
                    broken[asked[:120]] = (rule.endpoint, status)
    assert broken == {}


ASKED = (
    f"consultations/{CONSULTATION}/rounds/1/comments?clause={{0}}&target={{0}}&written={{0}}&stakeholder_class={{0}}&position={{0}}&state={{0}}&after={{0}}",
    f"consultations/{CONSULTATION}/rounds/1/comments.csv?clause={{0}}", f"consultations/{CONSULTATION}/rounds/1/comments.csv?language={{0}}",
    "standards/performance-standard/v3-draft-1/changes?kind={0}&principle={0}&view={0}&activities={0}",
    "standards/performance-standard/v3-draft-1/changes?from={0}",
    f"consultations/{CONSULTATION}/rounds/1/clauses/performance-standard/5.2?view={{0}}&from={{0}}",
    f"consultations/{CONSULTATION}/rounds/1/clauses/performance-standard/new?after={{0}}", "receipt?reference={0}", "receipt/R-2222-2222?ticket={0}",
    "sign-in?next={0}",
)  # fmt: skip


@on_postgresql_first
def test_hostile_words_in_a_filter_count_as_not_asked_or_not_found(app, client, at):
    at(THEN)
    with app.app_context():
        factories.round_of()
        factories.change(kinds=["unchanged"], old=["5.1"], new=["5.1"])
    statuses = {each: client.get(each).status_code for each in (f"/en/{asked.format(hostile)}" for asked in ASKED for hostile in HOSTILE)}
    assert {each: status for each, status in statuses.items() if status not in (200, 404)} == {}


QUERIES = (
    f"{QUEUE}/?state={{0}}&language={{0}}&class={{0}}&clause={{0}}&q={{0}}&after={{0}}&done={{0}}",
    f"{QUEUE}/PS3-2-0034?state={{0}}&language={{0}}&clause={{0}}&q={{0}}&done={{0}}&placed={{0}}",
    f"committee/{CONSULTATION}/rounds/2/?show={{0}}&sort={{0}}&principle={{0}}&document={{0}}",
    f"committee/{CONSULTATION}/rounds/2/performance-standard/5.2?view={{0}}&from={{0}}&about={{0}}&written={{0}}&class={{0}}&position={{0}}&state={{0}}&after={{0}}",
)


def test_a_field_that_no_database_holds_is_refused_in_words(app, client, at):
    at(THEN)
    fields = next(forms_on(client, "/fr/sign-in"))[1] | {"mail": "a\0b@example.org", "password": "of twelve or more"}
    answer = client.post("/fr/sign-in", data=fields, headers=OWN)
    assert (answer.status_code in (400, 422), [html.attributes["lang"] for html in Page(answer.text).root.find("html")]) == (True, ["fr"])


class Cut(io.BytesIO):
    """A body whose pieces the server cannot make out."""

    def read(self, size=-1):
        raise InvalidChunkSize(b"zz")

    readinto = read


@on_sqlite
def test_a_body_in_broken_pieces_is_refused_in_words(app, client):
    form = "application/x-www-form-urlencoded"
    answer = client.post("/fr/sign-in", input_stream=Cut(b"123456789"), content_length=9, content_type=form, headers=OWN)
    assert (answer.status_code, [html.attributes["lang"] for html in Page(answer.text).root.find("html")]) == (400, ["fr"])


def test_hostile_words_in_a_staff_filter_break_nothing(demo_reader, as_who):
    staff = as_who(demo_reader, "secretariat", checked=False)
    statuses = {each: staff.get(each).status_code for each in (f"/en/{asked.format(hostile)}" for asked in QUERIES for hostile in HOSTILE)}
    assert {each: status for each, status in statuses.items() if status != (404 if "%00" in each else 200)} == {}
