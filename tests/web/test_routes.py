"""Every route: its permission, its methods, who may come in, and that nothing is written where nothing should be."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from consult.core.permission import PERMISSIONS, Grant, may
from consult.core.subscription import confirm_token
from consult.extensions import writing
from consult.models import Round
from consult.operations.correct import correct_clause
from consult.operations.record import OPERATOR
from consult.queries.drafts import stored_draft, version_row
from consult.queries.parity import clause_sha256
from tests import factories
from tests.factories import NOW as THEN
from tests.support import late, rooms, sent_files, spoken_to
from tests.support.demo import CONSULTATION, NOW, OTHER, ROUND_1, ROUND_2, WHO, demo_application, rows
from tests.support.demo_pages import CLAUSES, FORMS, OFFICE_FORMS, QUEUE, ROOM
from tests.support.handed_in import asked_by_scripts, forms_in, forms_on, receipt_pages, revised_comment
from tests.support.html import Page
from tests.support.news import SECRET, asked, subscribed
from tests.support.route_tables import ARGUMENTS, ELSEWISE, LEADS_ON

ROUTE_LIST = Path(__file__).parent.parent / "route_list.txt"
OWN = {"Sec-Fetch-Site": "same-origin"}
EVERYBODY = {"read", "comment", "sign_in"}
STAFF = EVERYBODY | {"sign_out"}
COMMITTEE = STAFF | {"read_committee", "export_committee"}
OFFICE = {"read_office", "edit_drafts", "review_changes", "check_translations"}
MAY = {
    "visitor": EVERYBODY,
    "unseated": STAFF,
    "administrator": STAFF,
    "observer": STAFF | {"read_committee"},
    "committee": COMMITTEE | {"decide"},
    "committee_elsewhere": COMMITTEE | {"decide"},
    "chair": COMMITTEE | {"decide"},
    "process_auditor": COMMITTEE | {"read_unmoderated", "read_office"},
    "secretariat": COMMITTEE | {"moderate", "read_unmoderated", "export_secretariat", "issue_late_links", "publish_responses"} | OFFICE,
    "secretariat_2": COMMITTEE | {"moderate", "read_unmoderated", "export_secretariat", "issue_late_links", "publish_responses"} | OFFICE,
}
"""Written down from the design (section 8, reliability.md section 7), not from the code."""
EXPORTS = {"downloading.committee_comments", "downloading.moderation_comments"}
"""Their GET writes one thing: that the export was made stands on the record."""
DECIDABLE = ("performance-standard/5.2", "documents/performance-standard-guidance", "process", "removed/performance-standard/v2/7.3")
"""Kinds of places in the committee's room."""
MADE = {"reading.version_file", "reading.changes_file"}
"""Their first GET makes and keeps the file where the worker has not come to it yet."""


def damaged_translation():
    """One finding of parity: the French of 5.2 asks less than the English."""
    draft = stored_draft(version_row("performance-standard", "v3-draft-2"), "fr")
    clause = next(each for each in draft.numbered if each.number == "5.2")
    correct_clause(
        standard="performance-standard", version="v3-draft-2", language="fr", number="5.2", title=clause.title,
        text=clause.text.replace("doit", "peut", 1), seen_sha256=clause_sha256(clause), reason="A test.", second_person=False, by=OPERATOR, now=THEN,
    )  # fmt: skip


def rules(app):
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods)))


def methods(rule):
    return sorted(rule.methods - {"HEAD", "OPTIONS"})


def permission(app, rule):
    return getattr(app.view_functions[rule.endpoint], "permission", None)


def address(app, rule, **changed):
    given = ARGUMENTS | ELSEWISE.get(rule.endpoint, {}) | changed
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments}, method=methods(rule)[0])


def test_every_route_declares_a_permission_that_exists(demo_reader):
    assert [rule.endpoint for rule in rules(demo_reader) if permission(demo_reader, rule) not in PERMISSIONS] == []


def test_a_route_without_a_permission_is_refused_to_everybody(seeded, as_who, at, tmp_path):
    shutil.copyfile(seeded.path, tmp_path / "demo.db")
    own = demo_application(tmp_path / "demo.db")
    own.add_url_rule("/forgotten", "forgotten", lambda: "open to all")
    at(NOW)
    assert {who: as_who(own, who).get("/forgotten").status_code for who in WHO} == dict.fromkeys(WHO, 403)


def test_the_committed_list_of_routes_is_the_map(demo_reader):
    """Public addresses do not vanish: a line that goes from the list breaks somebody's link."""
    lines = []
    for rule in rules(demo_reader):
        shown = rule.rule
        for name, converter in rule._converters.items():
            shown = shown.replace(f"<any({','.join(demo_reader.config['SETTINGS'].languages)}):{name}>", f"<{name}>")
            shown = shown.replace(f"<{type(converter).__name__.removesuffix('Converter').lower()}:{name}>", f"<{name}>")
        lines.append(f"{','.join(methods(rule)):<9} {permission(demo_reader, rule):<18} {shown}")
    assert ROUTE_LIST.read_text(encoding="utf-8").splitlines() == lines


FIXED = (
    "/", "/healthz", "/en/", "/en/standards/performance-standard/v3-draft-2/", "/en/standards/performance-standard/v3-draft-2/5.2",
    "/en/standards/performance-standard/v3-draft-2/changes?from=v2&activities=mining,refining",
    "/en/standards/performance-standard/v3-draft-2.md", "/en/standards/performance-standard/v3-draft-2/changes.xlsx?from=v2",
    f"/en/consultations/{CONSULTATION}/",
    f"/en/{CLAUSES}/5.2", f"/en/{CLAUSES}/5.2/comment", f"/en/{ROUND_2}/documents/performance-standard/comment",
    f"/en/{ROUND_2}/removed/performance-standard/v2/7.3", f"/en/{ROUND_2}/removed/performance-standard/v2/7.3/comment",
    f"/en/{CLAUSES}/new?after=5.2", f"/en/{ROUND_2}/process/comment", f"/en/{ROUND_2}/comments", f"/en/{ROUND_2}/comments.csv",
    f"/en/{ROUND_2}/comments.json", f"/en/{ROUND_2}/comments.xlsx", f"/en/{ROUND_2}/form.xlsx", f"/en/{ROUND_2}/form.docx", f"/en/{ROUND_2}/comments/PS3-2-0001", "/en/receipt", "/en/sign-in",
)  # fmt: skip


def test_addresses_that_the_design_fixes_are_there(demo_reader, as_who):
    visitor = as_who(demo_reader, checked=False)
    found = {fixed: visitor.get(fixed.replace("/en/", f"/{language}/")).status_code for fixed in FIXED for language in ("en", "fr", "zh")}
    assert found == dict.fromkeys(FIXED, 200) | {"/": 302}


@pytest.mark.parametrize("accepted", ["fr", "zh-CN,zh;q=0.9", "de,fr;q=0.5", "de", "*", ""])
def test_the_bare_address_leads_to_the_language_the_reader_accepts(demo_reader, as_who, accepted):
    answer = as_who(demo_reader).get("/", headers={"Accept-Language": accepted})
    wanted = {"fr": "fr", "zh-CN,zh;q=0.9": "zh", "de,fr;q=0.5": "fr"}.get(accepted, "en")
    assert (answer.status_code, answer.location, answer.headers["Vary"]) == (302, f"/{wanted}/", "Accept-Language, Accept-Encoding")


def expected(who, rule, method, permission):
    """Status of a request without the signed field, and without anything in it."""
    within = MAY[who] if who != "committee_elsewhere" or "consultation" not in rule.arguments else STAFF
    if permission not in within:
        return 403 if who != "visitor" else 303 if method == "GET" else 401
    if method == "POST":
        return 400
    return 303 if rule.endpoint == "accounts.sign_in" and who != "visitor" else LEADS_ON.get(rule.endpoint, 200)


@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what_on_every_route(demo_app, as_who, who):
    client = as_who(demo_app, who, checked=False)
    for rule in (rule for rule in rules(demo_app) if rule.endpoint in MADE):
        assert client.get(address(demo_app, rule)).status_code == 200
    before, wanted, found = rows(demo_app), {}, {}
    for rule in rules(demo_app):
        if rule.endpoint in EXPORTS:
            continue
        for method in methods(rule):
            key = f"{method} {rule.rule}"
            wanted[key] = expected(who, rule, method, permission(demo_app, rule))
            found[key] = client.open(address(demo_app, rule), method=method, headers=OWN).status_code
    assert found == wanted
    assert rows(demo_app) == before


@pytest.mark.parametrize("who", WHO)
def test_exports_of_staff_are_let_out_and_recorded_as_their_permission_says(demo_app, as_who, who):
    client, event, counter = as_who(demo_app, who, checked=False), "event", "event_counter"
    for rule in (rule for rule in rules(demo_app) if rule.endpoint in EXPORTS):
        for ending in ("csv", "json", "xlsx") if who == "secretariat" else ("csv",):
            before = rows(demo_app)
            status = client.get(address(demo_app, rule, ending=ending)).status_code
            after = rows(demo_app)
            assert status == expected(who, rule, "GET", permission(demo_app, rule))
            assert {name for name in after if after[name] != before[name]} == ({event, counter} if status == 200 else set())


@pytest.mark.parametrize("who", [who for who in WHO if who != "visitor"])
def test_the_table_of_permissions_is_the_one_written_down_here(demo_reader, as_who, who):
    roles = {"unseated": (), "committee_elsewhere": (Grant("committee", OTHER),), "secretariat_2": (Grant("secretariat"),)}
    grants = roles.get(who, (Grant(who, CONSULTATION if who in ("committee", "chair", "observer") else None),))
    if who != "unseated":
        assert {each for each in PERMISSIONS if may(grants, each)} == MAY[who]
    assert {each for each in PERMISSIONS if may(grants, each, CONSULTATION)} == (
        MAY[who] if who not in ("unseated", "committee_elsewhere") else set()
    )


def test_a_visitor_is_led_to_the_sign_in_and_back_to_the_page(demo_reader, as_who):
    answer = as_who(demo_reader).get(f"/zh/{QUEUE}/?state=held&q=%E6%B0%B4")
    assert (answer.status_code, answer.location) == (303, f"/zh/sign-in?next=/zh/{QUEUE}/?state%3Dheld%26q%3D%25E6%25B0%25B4")


@pytest.mark.parametrize("who", ["visitor", "secretariat", "committee"])
def test_looking_writes_nothing(demo_app, as_who, who):
    """HEAD as well, and addresses that are wrong. A file of a version is made by whoever asks for it first, once."""
    client = as_who(demo_app, who, checked=False)
    for rule in (rule for rule in rules(demo_app) if rule.endpoint in MADE):
        client.get(address(demo_app, rule))
    before = rows(demo_app)
    gets = [address(demo_app, rule) for rule in rules(demo_app) if "GET" in rule.methods and rule.endpoint not in EXPORTS]
    for each in (*gets, f"/en/{ROUND_2}/comments/PS3-2-9999", "/en/receipt/R-2222-2222?ticket=x", "/en/nowhere"):
        assert client.head(each).status_code == client.get(each).status_code
    assert rows(demo_app) == before


def test_a_write_is_noticed_by_the_digest_of_rows(demo_app):
    with demo_app.app_context():
        before = rows(demo_app)
        factories.comment("5.2", round_number=2, now=THEN)
    after = rows(demo_app)
    assert {name for name in after if after[name] != before[name]} == {
        "comment", "comment_likeness", "comment_revision", "confirmation", "event", "event_counter", "outbox", "party", "placement", "round", "submission",
    }  # fmt: skip


@pytest.fixture
def all_forms(demo_app: Flask, as_who):
    """Every form of every room: (endpoint, client, address, fields)."""
    with demo_app.app_context():
        revised = revised_comment()
        damaged_translation()
        after, office = late.pages(NOW)
        with writing() as session:  # the response of the closed round, before it is published
            session.execute(update(Round).where(Round.report_at.is_not(None)).values(report_at=None))
        news = [f"/en/subscription?token={subscribed(now=NOW)}", f"/en/subscribe/confirm?token={confirm_token(SECRET, asked(now=NOW))}"]
    visitor, keeper = as_who(demo_app, checked=False), as_who(demo_app, checked=False)
    staff, member = as_who(demo_app, "secretariat", checked=False), as_who(demo_app, "committee", checked=False)
    pages = [(visitor, f"/en/{each.address}") for each in FORMS] + [
        *((visitor, page) for page in receipt_pages(visitor)), (staff, f"/en/{QUEUE}/{revised}"), (staff, f"/en/{QUEUE}/"), (staff, f"/en/{QUEUE}/PS3-2-0034"), (staff, "/en/staff"),
        (staff, f"/en/{QUEUE}/rounds/1/responses"), *((member, f"/en/{ROOM}/{place}") for place in DECIDABLE),
        *((staff, f"/en/{page}") for page in OFFICE_FORMS), *((keeper, page) for page in basket_pages(keeper)), *((visitor, page) for page in (*news, *after)), *((staff, page) for page in office),
        *sent_files.pages(lambda: as_who(demo_app, checked=False), staff),
        *spoken_to.pages(lambda: as_who(demo_app, checked=False), staff, revised),
        *rooms.pages(lambda: as_who(demo_app, checked=False), f"{CONSULTATION}/2", f"/en/{CLAUSES}/5.1/comment"),
    ]  # fmt: skip
    adapter = demo_app.url_map.bind("localhost")
    found = [(client, form) for client, page in pages for form in forms_on(client, page)]
    found += [(visitor, form) for form in (*refused_form(visitor), *asked_by_scripts(visitor, f"/en/{CLAUSES}/5.2/comment"))]
    return [(adapter.match(target.partition("?")[0], method="POST")[0], client, target, fields) for client, (target, fields) in found]


def refused_form(visitor):
    """Of the page that gives back what came after closing."""
    page = f"/en/{ROUND_1}/clauses/performance-standard/5.2/comment"
    return forms_in(visitor.post(page, data={"text": "Too late.", "signed": ""}, headers=OWN), page)


def basket_pages(keeper):
    """Of somebody who keeps one comment and took another one out."""
    for number in ("5.2", "5.3"):
        page = f"/en/{CLAUSES}/{number}/comment"
        fields = dict(next(forms_on(keeper, page))[1]) | {"text": "Kept for later.", "act": "keep"}
        assert keeper.post(page, data=fields, headers=OWN).status_code == 303
    basket = "/en/my/comments"
    target, fields = next(each for each in forms_on(keeper, basket) if each[0].endswith("/remove"))
    keeper.post(target, data=fields, headers=OWN)
    edit = next(
        link.attributes["href"]
        for link in Page(keeper.get(basket).text).root.find("a")
        if "/my/comments/" in link.attributes.get("href", "")
    )
    return [basket, edit, "/en/my/review", "/en/my/finish"]


def test_every_route_that_takes_a_form_has_one_on_some_page(demo_app, all_forms):
    assert {endpoint for endpoint, *_ in all_forms} == {rule.endpoint for rule in rules(demo_app) if "POST" in rule.methods}


FORGERIES = {
    "no field": lambda fields, headers: fields.pop("signed"),
    "a field of ours, changed": lambda fields, headers: fields.update(signed=fields["signed"][:-4] + "AAAA"),
    "a field of another form": lambda fields, headers: fields.update(signed=fields["other"]),
    "a foreign origin": lambda fields, headers: (headers.clear(), headers.update(Origin="https://elsewhere.example")),
    "an origin that only begins like ours": lambda fields, headers: (headers.clear(), headers.update(Origin="http://localhost.elsewhere.example")),
    "a foreign site": lambda fields, headers: headers.update({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}),
    "a sister site": lambda fields, headers: headers.update({"Sec-Fetch-Site": "same-site"}),
    "an opaque origin": lambda fields, headers: (headers.clear(), headers.update(Origin="null")),
    "no origin at all": lambda fields, headers: headers.clear(),
}  # fmt: skip


def test_a_forged_post_is_refused_and_writes_nothing(demo_app, all_forms):
    """Each form without its field, and with one of the other forgeries in turn; the next test has all of them."""
    assert len(all_forms) >= len(FORGERIES)
    before, others = rows(demo_app), [forgery for forgery in FORGERIES if forgery != "no field"]
    assert unrefused(all_forms, lambda at: ("no field", others[at % len(others)])) == []
    assert rows(demo_app) == before


@pytest.mark.long
@pytest.mark.parametrize("forgery", FORGERIES)
def test_every_form_refuses_every_forgery(demo_app, all_forms, forgery):
    before = rows(demo_app)
    assert unrefused(all_forms, lambda at: (forgery,)) == []
    assert rows(demo_app) == before


def unrefused(forms, forgeries):
    """(endpoint, forgery, status) of every post that is not answered with 400; `forgeries` are those of the form at this place."""
    found = []
    for at, (endpoint, client, target, fields) in enumerate(forms):
        strange = next(other["signed"] for of, _, _, other in forms if of.partition(".")[0] != endpoint.partition(".")[0])
        for forgery in forgeries(at):
            sent, headers = dict(fields, other=strange), dict(OWN)
            FORGERIES[forgery](sent, headers)
            status = client.post(target, data=sent, headers=headers).status_code
            found += [(endpoint, forgery, status)] if status != 400 else []
    return found


def test_the_same_posts_unforged_are_heard(all_forms):
    leaving = [each for each in all_forms if each[0] == "accounts.sign_out"][:1]
    sent = [each for each in all_forms if each[0] != "accounts.sign_out"] + leaving
    heard = [(endpoint, client.post(target, data=fields, headers=OWN).status_code) for endpoint, client, target, fields in sent]
    assert [each for each in heard if each[1] not in (200, 303, 409, 422)] == []


def test_a_field_of_one_sign_in_is_worth_nothing_in_another(demo_app, all_forms, as_who):
    before, colleague = rows(demo_app), as_who(demo_app, "secretariat_2", checked=False)
    rooms = [each for each in all_forms if each[0].startswith("moderating.") or each[0] == "accounts.sign_out"]
    assert {endpoint: colleague.post(target, data=fields, headers=OWN).status_code for endpoint, _, target, fields in rooms} == {
        "moderating.move": 400, "moderating.place": 400, "moderating.move_ticked": 400, "moderating.bring_file": 400, "moderating.settle": 400, "moderating.judge": 400,
        "moderating.publish": 400, "moderating.reply": 400, "moderating.withhold": 400, "moderating.decide_endorsements": 400, "moderating.decide_answers": 400, "accounts.sign_out": 400,
    }  # fmt: skip
    assert rows(demo_app) == before


def test_a_wrong_method_is_refused_with_the_right_ones_named(demo_app, as_who):
    client, before, wrong = as_who(demo_app, "secretariat", checked=False), rows(demo_app), []
    by_address = {}
    for rule in rules(demo_app):
        by_address.setdefault(address(demo_app, rule), set()).update(rule.methods)
    for each, right in by_address.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - right:
            answer = client.open(each, method=method, headers=OWN)
            if (answer.status_code, set(answer.headers.get("Allow", "").split(", "))) != (405, right):
                wrong.append((method, each, answer.status_code, answer.headers.get("Allow")))
    assert wrong == []
    assert rows(demo_app) == before
