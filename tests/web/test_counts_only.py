"""Before the round's rule lets comments out there are counts only, at every public door; what moderation or the author keeps back never comes out."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from flask.testing import FlaskClient

from consult.operations.moderate import move_comments
from consult.operations.record import OPERATOR
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)
SECOND = timedelta(seconds=1)
WAITS, NEVER = "Xylophone", "Quetzalcoatl"
GIVEN = {
    "language": "en", "consultation": CONSULTATION, "number_of_round": 1, "standard": "performance-standard", "version": "v3-draft-1", "number": "5.2",
    "baseline": "v2", "page": "useful-comments", "resource": "none", "name": "consult.css", "digest": "none", "file": 1,
}  # fmt: skip
MORE = (f"/en/search?q={WAITS}", f"/en/search?q={NEVER}", "/en/standards/performance-standard/v3-draft-1/changes?from=v2&view=list")


def cleared(word, *, choice="named", to="cleared"):
    said = {name: f"{word} {name}" for name in ("text", "rationale", "proposed")}
    person = factories.person(name=f"{word} Jansen", organisation=f"{word} Ltd", mail=f"{word}@example.org".lower(), choice=choice)
    (reference,) = factories.comment(person=person, **said).comments
    if to:
        seen, reason = {reference: "pending"}, {"reason": "abuse"} if to == "withheld" else {}
        move_comments(consultation=CONSULTATION, to=to, seen=seen, by=OPERATOR, now=NOW, **reason)
    return reference


def doors(app, references):
    """Every address that a visitor may open."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" not in rule.methods or getattr(view, "permission", "") not in ("read", "comment", "sign_in"):
            continue
        for ending in ("csv", "md", "xlsx", "txt") if "ending" in rule.arguments else ("",):
            for reference in references if "reference" in rule.arguments else ("",):
                given = {**GIVEN, "ending": ending, "reference": reference}
                if set(rule.arguments) <= set(given):
                    try:
                        yield adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments}, method="GET")
                    except Exception:  # an ending that this door has not
                        continue
    yield from MORE


def said(answer):
    if not is_zipfile(BytesIO(answer.data)):
        return answer.data.decode("utf-8", "replace")
    with ZipFile(BytesIO(answer.data)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def told_at(app, addresses):
    """What each door says, without the checks of every page: the words alone count here."""
    visitor = FlaskClient(app, app.response_class)
    return {address: said(visitor.get(address)) for address in addresses}


def telling(told, word):
    return {address for address, text in told.items() if re.search(f"{word}(?:</mark>)? (?:text|rationale|proposed|Jansen|Ltd)", text)}


@on_sqlite
@pytest.mark.parametrize("rule", ["after_closing", "with_report"])
def test_no_public_door_tells_a_word_before_the_rule_lets_it_out(app, at, rule):
    at(NOW)
    with app.app_context():
        factories.round_of(display_rule=rule)
        out = cleared(WAITS)
        kept = [cleared(NEVER, to=to) for to in (None, "held", "withheld")] + [cleared(NEVER, choice="confidential")]
    addresses = sorted(set(doors(app, [out, *kept])))
    assert len(addresses) > 40
    at(CLOSES - SECOND)
    told = told_at(app, addresses)
    assert (telling(told, WAITS), telling(told, NEVER)) == (set(), set())
    base = f"/en/consultations/{CONSULTATION}/rounds/1"
    assert told[f"{base}/clauses/performance-standard/5.2"].count('<article class="comment comment--stub"') == 5
    at(CLOSES)
    of_comments = {
        f"{base}/comments", f"{base}/comments.csv", f"{base}/comments.xlsx", f"{base}/comments.json", f"{base}/comments/{out}",
        f"{base}/clauses/performance-standard/5.2", f"/en/search?q={WAITS}",
    }  # fmt: skip
    told = told_at(app, of_comments)
    assert (telling(told, WAITS), telling(told, NEVER)) == (of_comments if rule == "after_closing" else set(), set())
