"""The closing second: what comes before it counts, what comes after is given back; and nothing counts twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.support.database import on_sqlite
from tests.support.demo import rows
from tests.support.html import Page
from tests.support.pages import faults_of

ROUND = "consultations/performance-standard-v3/rounds/1"
FORM = f"{ROUND}/clauses/performance-standard/5.2/comment"
FORMS = (
    FORM, f"{ROUND}/clauses/performance-standard/new?after=5.2", f"{ROUND}/documents/performance-standard/comment", f"{ROUND}/process/comment",
    f"{ROUND}/removed/performance-standard/v2/5.3/comment",
)  # fmt: skip
OWN = {"Sec-Fetch-Site": "same-origin"}
WORDS = {"text": "Too short\nfor small smelters, <b>and</b> 不够。", "proposed": "  The Entity should", "rationale": "“We tried it.”"}
SAID = WORDS | {
    "position": "oppose", "type": "technical", "capacity": "organisation", "organisation": "Lake Foundries", "name": "Anna Keller",
    "mail": "anna@example.org", "stakeholder_class": "production", "country": "CH", "choice": "named", "consent": "1",
}  # fmt: skip
CLOSES = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
"""Half an hour before Zurich puts its clocks forward."""
BEGUN = CLOSES - timedelta(minutes=20)
SECOND = timedelta(seconds=1)
LANGUAGES = ("en", "fr", "zh")


@pytest.fixture
def window(app, at):
    """Makes the round with the closing CLOSES; the form can be opened at any time given."""

    def make(zone="Europe/Zurich", grace=0, **more):
        with app.app_context():
            factories.round_of(
                now=CLOSES, opens=timedelta(days=-30), closes=timedelta(), zone=zone, grace_minutes=grace, **more,
            )  # fmt: skip
            factories.change(kinds=["removed"], old=["5.3"])

    return make


def opened(client, at, moment, address=FORM, language="en"):
    at(moment)
    return field_of(client.get(f"/{language}/{address}"))


def field_of(response):
    fields = [each for each in Page(response.text).root.find("input") if each.attributes.get("name") == "signed"]
    return fields[0].attributes["value"] if fields else None


def send(client, at, moment, signed, address=FORM, language="en", **changed):
    at(moment)
    return client.post(f"/{language}/{address}", data=SAID | {"signed": signed} | changed, headers=OWN)


def given_back(response):
    areas = Page(response.text).root.find("textarea")
    texts = ["".join(child for child in area.children if isinstance(child, str)) for area in areas]
    return [text.removeprefix("\n") for text in texts]


def moments(response):
    """What the refusal says of the closing, as text."""
    return [each.text for each in Page(response.text).root.find("div") if each.attributes.get("data-state") == "error"]


@pytest.mark.parametrize(("address", "language"), list(zip(FORMS, (*LANGUAGES, "fr", "zh"), strict=True)))
def test_one_second_decides(app, client, at, window, address, language):
    window()
    before = rows(app)
    signed = [opened(client, at, BEGUN, address, language) for _ in range(3)]
    for late, field in ((timedelta(), signed[0]), (SECOND, signed[1])):
        refused = send(client, at, CLOSES + late, field, address, language)
        assert (refused.status_code, given_back(refused)) == (403, list(WORDS.values()))
        assert [fault for fault in faults_of(refused.text, f"/{language}/") if "untranslated" not in fault] == []
    assert rows(app) == before
    accepted = send(client, at, CLOSES - SECOND, signed[2], address, language, **({"proposed": ""} if "process" in address else {}))
    assert accepted.status_code == 303
    assert client.get(accepted.location).status_code == 200


SPOKEN = {
    "Europe/Zurich": "29 March 2026, 01:30 (Zurich time, UTC+1)",
    "Pacific/Auckland": "29 March 2026, 13:30 (Auckland time, UTC+13)",
    "Pacific/Pago_Pago": "28 March 2026, 13:30 (Pago Pago time, UTC−11)",
    "Asia/Shanghai": "29 March 2026, 08:30 (Shanghai time, UTC+8)",
}


@on_sqlite
@pytest.mark.parametrize("zone", SPOKEN)
def test_the_refusal_names_closing_time_and_zone(client, at, window, zone):
    window(zone=zone)
    (said,) = moments(send(client, at, CLOSES, opened(client, at, BEGUN)))
    assert SPOKEN[zone] in said


IN_WORDS = {
    "en": "29 March 2026, 01:30 (Zurich time, UTC+1)",
    "fr": "29 mars 2026 à 1 h 30 (heure de Zurich, UTC+1)",
    "zh": "2026年3月29日01:30（苏黎世时间，UTC+1）",
}


@on_sqlite
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_closing_is_said_in_the_readers_language(client, at, window, language):
    """Read an hour later the clocks have gone forward: the closing is still told in the time it had."""
    window()
    (said,) = moments(send(client, at, CLOSES + timedelta(hours=1), opened(client, at, BEGUN, language=language), language=language))
    assert IN_WORDS[language] in said


@on_sqlite
def test_a_closed_window_stays_closed_whoever_asks_from_wherever(client, at, window):
    """Neither the reader's zone nor the hour that the clocks repeat or skip moves the instant."""
    window()
    signed = opened(client, at, BEGUN)
    for moment in (CLOSES + SECOND, CLOSES + timedelta(minutes=30), CLOSES + timedelta(hours=1, seconds=1), CLOSES + timedelta(hours=24)):
        assert (moment, send(client, at, moment, signed).status_code) == (moment, 403)


@pytest.mark.parametrize(
    ("begun", "sent", "late"),
    [
        (BEGUN, CLOSES - SECOND, False),
        (BEGUN, CLOSES, True),
        (BEGUN, CLOSES + timedelta(minutes=10) - SECOND, True),
        (CLOSES - SECOND, CLOSES + timedelta(minutes=9), True),
        (BEGUN, CLOSES + timedelta(minutes=10), None),
        (BEGUN, CLOSES + timedelta(minutes=10) + SECOND, None),
        (BEGUN, CLOSES + timedelta(days=300), None),
    ],
)
def test_within_the_grace_a_form_begun_in_time_counts_and_is_marked_late(app, client, at, window, begun, sent, late):
    from consult.extensions import db
    from consult.models import Submission

    window(grace=10)
    before, signed = rows(app), opened(client, at, begun)
    answer = send(client, at, sent, signed)
    with app.app_context():
        stored = [each.late for each in db.session.query(Submission)]
    if late is None:
        assert (answer.status_code, given_back(answer), stored, rows(app) == before) == (403, list(WORDS.values()), [], True)
    else:
        assert (answer.status_code, stored) == (303, [late])


@pytest.mark.parametrize("moment", [CLOSES, CLOSES + timedelta(minutes=5), CLOSES + timedelta(days=1)])
def test_after_closing_no_form_is_opened(app, client, at, window, moment):
    window(grace=10)
    at(moment)
    page = client.get(f"/en/{FORM}")
    assert (page.status_code, field_of(page)) == (200, None)


def test_a_form_for_another_round_or_clause_does_not_let_anything_in(app, client, at, window):
    """Within the grace a field of an earlier round, or of another clause, begun in time, is not a beginning of this form."""
    window(grace=10)
    with app.app_context():
        factories.round_of(number=2, now=CLOSES, opens=timedelta(days=-30), closes=timedelta(days=9))
    other_round = opened(client, at, BEGUN, FORM.replace("rounds/1", "rounds/2"))
    other_clause = opened(client, at, BEGUN, FORM.replace("5.2", "5.1"))
    before = rows(app)
    for signed in (other_round, other_clause, "", "forged"):
        answer = send(client, at, CLOSES + SECOND, signed)
        assert (answer.status_code, given_back(answer)) == (403, list(WORDS.values()))
    assert rows(app) == before


def test_before_opening_the_words_are_given_back_too(app, client, at, window):
    window()
    signed, before = opened(client, at, BEGUN), rows(app)
    answer = send(client, at, CLOSES - timedelta(days=30) - SECOND, signed)
    assert (answer.status_code, given_back(answer), rows(app) == before) == (403, list(WORDS.values()), True)
    assert send(client, at, CLOSES - timedelta(days=30), opened(client, at, CLOSES - timedelta(days=30))).status_code == 303


def test_a_cancelled_round_takes_nothing_and_gives_the_words_back(app, client, at, window):
    from consult.extensions import writing
    from consult.models import Round

    window()
    signed = opened(client, at, BEGUN)
    with app.app_context(), writing() as session:
        session.query(Round).one().state = "cancelled"
    before, answer = rows(app), send(client, at, BEGUN, signed)
    assert (answer.status_code, given_back(answer), rows(app) == before) == (403, list(WORDS.values()), True)


@on_sqlite
def test_the_pages_turn_at_the_closing_second(client, at, window):
    window()
    pages = [f"/en/{address}" for address in ("", "consultations/performance-standard-v3/", f"{ROUND}/clauses/performance-standard/5.2")]

    def ways_in(moment):
        at(moment)
        return [f'href="/en/{FORM}"' in client.get(page).text for page in pages]

    assert ways_in(CLOSES - SECOND) == [False, False, True]
    assert ways_in(CLOSES) == [False, False, False]
    etags = []
    for moment in (CLOSES - SECOND, CLOSES):
        at(moment)
        etags.append([client.get(page).headers["ETag"] for page in pages])
    assert [old != new for old, new in zip(*etags, strict=True)] == [True, True, True]


def stored(app):
    from sqlalchemy import func, select

    from consult.extensions import db
    from consult.models import Comment, CommentRevision, Outbox, Party, Submission

    with app.app_context():
        return [db.session.scalar(select(func.count()).select_from(each)) for each in (Submission, Comment, CommentRevision, Party, Outbox)]


ONE = [1, 1, 1, 1, 1]


@pytest.mark.parametrize("copies", [2, 8])
def test_sent_twice_at_once_it_counts_once_with_one_receipt(app, client, at, window, copies):
    window()
    signed, together = opened(client, at, BEGUN), Barrier(copies)

    def post(_):
        together.wait()
        answer = FlaskClient(app, app.response_class).post(f"/en/{FORM}", data=SAID | {"signed": signed}, headers=OWN)
        return answer.status_code, answer.location.partition("?")[0]

    with ThreadPoolExecutor(copies) as pool:
        answers = list(pool.map(post, range(copies)))
    assert (len(set(answers)), answers[0][0]) == (1, 303)
    assert stored(app) == ONE


def test_back_and_sent_again_gives_the_same_receipt(app, client, at, window):
    window()
    signed = opened(client, at, BEGUN)
    receipts = [send(client, at, BEGUN + timedelta(minutes=n), signed).location.partition("?")[0] for n in range(3)]
    assert (len(set(receipts)), stored(app)) == (1, ONE)


def test_sent_again_after_closing_it_still_gives_its_receipt(app, client, at, window):
    """The answer to the first sending was lost on its way; what counted stays counted."""
    window()
    signed = opened(client, at, BEGUN)
    first = send(client, at, CLOSES - SECOND, signed)
    again = send(client, at, CLOSES + SECOND, signed)
    assert (again.status_code, again.location and again.location.partition("?")[0]) == (303, first.location.partition("?")[0])
    assert stored(app) == ONE


def test_two_tabs_with_equal_words_make_one_comment_until_meant_twice(app, client, at, window):
    window()
    tabs = [opened(client, at, BEGUN) for _ in range(2)]
    assert send(client, at, BEGUN, tabs[0]).status_code == 303
    asked = send(client, at, BEGUN + timedelta(minutes=1), tabs[1])
    assert (asked.status_code, [word for word in WORDS.values() if word not in given_back(asked)], stored(app)) == (409, [], ONE)
    assert send(client, at, BEGUN + timedelta(minutes=2), field_of(asked), again="1").status_code == 303
    assert stored(app) == [2] * 5


def test_two_tabs_with_different_words_make_two_comments(app, client, at, window):
    window()
    tabs = [opened(client, at, BEGUN) for _ in range(2)]
    assert [send(client, at, BEGUN, tab, text=f"Point {n}.").status_code for n, tab in enumerate(tabs)] == [303, 303]
    assert stored(app) == [2] * 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_field_with_other_words_is_refused_with_both_texts(app, client, at, window, language):
    window()
    signed = opened(client, at, BEGUN, language=language)
    send(client, at, BEGUN, signed, language=language)
    answer = send(client, at, BEGUN, signed, language=language, text="Something else altogether.")
    page = Page(answer.text).root
    assert answer.status_code == 409
    assert "Something else altogether." in given_back(answer)
    assert "for small smelters" in page.text
    assert [fault for fault in faults_of(answer.text, f"/{language}/") if "untranslated" not in fault] == []
    assert stored(app) == ONE
    assert send(client, at, BEGUN, field_of(answer), language=language, text="Something else altogether.").status_code == 303
    assert stored(app) == [2] * 5
