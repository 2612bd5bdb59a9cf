"""Whole journeys of people who take part, as a person walks them: on a phone of 360 px without scripts, by keyboard alone, at 400 % zoom.

Whatever they press leads on: no answer but those a journey asks for is an error, and no page is wider than its window.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, ViewportSize, expect

from tests.browser.conftest import sideways
from tests.support.browser import WIDE
from tests.support.demo import CONSULTATION
from tests.support.demo_pages import CLAUSES
from tests.support.languages import LANGUAGES, in_turn
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
PHONE, ZOOMED = ViewportSize(width=360, height=740), ViewportSize(width=320, height=225)
TEXT = {
    "en": "Two years are not enough for a small site.",
    "fr": "Deux ans ne suffisent pas pour un petit site.",
    "zh": "两年时间对小型工厂来说是不够的。",
}
Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """A tab of somebody new, who meets no answer of 400 and above."""
    contexts: list[BrowserContext] = []
    bad: list[str] = []

    def met(answer: Response) -> None:
        if answer.status >= 400:
            bad.append(f"{answer.status} {answer.request.method} {answer.url}")

    def come(viewport: ViewportSize = PHONE, *, scripts: bool = False) -> Page:
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, reduced_motion="reduce")
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("response", met)
        return page

    yield come
    for each in contexts:
        each.close()
    assert not bad, bad


def fits(page: Page) -> None:
    """With all its folded parts open the page is no wider than the window."""
    unfold(page, "main")
    assert sideways(page) <= 0, page.url


def unfold(page: Page, within: str) -> None:
    """Opens whatever is folded there, outermost first."""
    while (folded := page.locator(f"{within} details:not([open]) > summary >> visible=true")).count():
        folded.first.click()


def say_who(page: Page, choice: str = "class") -> None:
    if page.locator("#capacity").count():
        page.check("#capacity")
        page.select_option("#country", "GN")
        page.select_option("#stakeholder_class", "communities")
    page.check(f"[name=choice][value={choice}]")
    page.check("#consent")


def keep(page: Page, server: LiveServer, language: str, number: str, text: str) -> None:
    page.goto(f"{server.url}/{language}/{CLAUSES}/{number}/comment")
    page.fill("#text", text)
    page.click("#keep")
    expect(page.locator(".basket > li").first).to_be_visible()


def review_and_submit(page: Page, count: int) -> None:
    page.locator('main a[href*="/my/review"]').first.click()
    expect(page.locator(".basket > li")).to_have_count(count)
    fits(page)
    say_who(page, "named")
    page.fill("#name", "Mariama Camara")
    page.click("button[value=submit]")
    expect(page.locator(".handed-in")).to_have_count(count)
    fits(page)


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as coming:
        page.click(button)
    return coming.value.path().read_bytes()


def write_with_everything(page: Page, text: str, file: Path) -> None:
    """The form of a clause with all it offers: words of the clause, its text edited, a link, another clause, a file."""
    page.fill("#text", text)
    unfold(page, "#comment-form")
    page.fill("#quote", page.locator("#clause-text p").first.inner_text()[5:20].strip())
    page.fill("#edited", page.input_value("#edited") + f"\n\n{text}")
    page.click("button[value=preview]")
    expect(page.locator("#edited-changes ins")).to_contain_text(text)
    unfold(page, "#comment-form")
    page.fill("#evidence", "https://example.org/measured")
    page.fill("#further", "5.3")
    page.set_input_files("#files", file)
    fits(page)
    page.click("button[value=attach]")
    expect(page.locator(".files-kept")).to_contain_text(file.name)
    expect(page.locator("#text")).to_have_value(text)
    fits(page)
    page.click("#keep")


@pytest.mark.parametrize("language", in_turn("fr"))
def test_a_comment_with_everything_is_submitted_revised_withdrawn_and_erased(
    visitor: Visitor, live_server: LiveServer, tmp_path: Path, language: str
) -> None:
    page, text, file = visitor(), TEXT[language], tmp_path / "measured.txt"
    file.write_text("3.2 t\n")
    page.goto(f"{live_server.url}/{language}/consultations/{CONSULTATION}/")
    clause = f'a[href$="/{CLAUSES}/5.4"]'
    if (folded := page.locator(f"main details:not([open]):has({clause}) > summary")).count():
        folded.first.click()
    page.locator(clause).first.click()
    page.locator(f'main a[href$="/{CLAUSES}/5.4/comment"]').first.click()
    write_with_everything(page, text, file)
    keep(page, live_server, language, "8.1", f"{text} 8.1")
    review_and_submit(page, 2)
    for said in ("https://example.org/measured", file.name, "5.3"):
        expect(page.locator(".handed-in").first).to_contain_text(said)
    go_back_on_it(page, f"{text} +")


def go_back_on_it(page: Page, text: str) -> None:
    """From a receipt: one comment revised, one taken back, everything downloaded, the name narrowed, all erased."""
    receipt, reference = page.url, page.locator(".reference-large").first.inner_text()
    page.locator('main a[href*="/comments/"]').first.click()
    page.fill("#text", text)
    fits(page)
    page.click(".words-form button[type=submit]")
    expect(page.locator(".handed-in").first).to_contain_text(text)
    page.locator('main a[href*="/withdraw?comment="]').last.click()
    page.click("button.action--refuse")
    page.goto(receipt)
    expect(page.locator('main a[href*="/withdraw?comment="]')).to_have_count(1)
    page.locator('main a[href*="/data"]').click()
    fits(page)
    told = json.loads(saved(page, "button[value=json]"))
    assert (told["name"], [len(each["revisions"]) for each in told["comments"]]) == ("Mariama Camara", [2, 1])
    page.check("[name=choice][value=class]")
    page.click("form[action*=narrow] button")
    page.locator('main a[href*="/data"]').click()
    page.check("[name=what][value=all]")
    page.fill("#typed", reference)
    page.click("form[action*=erase] button")
    page.goto(receipt)
    expect(page.locator("main")).not_to_contain_text(text)
    expect(page.locator("main")).not_to_contain_text("Mariama Camara")


def filled(blank: bytes, into: Path, text: str) -> Path:
    """The form as somebody fills it: a comment, a wording, one written over the current text, one beside the table, one under a number that is none."""
    (into / "blank.xlsx").write_bytes(blank)
    book = openpyxl.load_workbook(into / "blank.xlsx")
    sheet = book.worksheets[1]
    rows = {str(cell.value): cell.row for cell in sheet["A"] if cell.value}
    for number, column in (("5.2", 7), ("5.3", 8), ("8.1", 3), ("9.1", 10)):
        sheet.cell(rows[number], column).value = f"{text} {number}"
    sheet.cell(sheet.max_row + 2, 1).value = "99.9"
    sheet.cell(sheet.max_row, 7).value = f"{text} 99.9"
    book.save(into / "filled.xlsx")
    sheet.cell(rows["5.2"], 7).value = f"{text} 5.2, later"
    book.save(into / "later.xlsx")
    return into / "filled.xlsx"


def hand_in(page: Page, upload: str, file: Path) -> None:
    """Sends a file and waits until it was read."""
    page.goto(upload)
    page.set_input_files("#file", file)
    page.click(".words-form button[type=submit]")
    page.wait_for_url("**/my/files/**")
    for _ in range(20):
        if not page.locator("meta[http-equiv=refresh]").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail("the file is never read")


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_filled_offline_is_read_back_corrected_and_submitted(
    visitor: Visitor, live_server: LiveServer, tmp_path: Path, language: str
) -> None:
    page, text = visitor(), TEXT[language]
    page.goto(f"{live_server.url}/{language}/consultations/{CONSULTATION}/")
    file = filled(saved(page, 'main a[href$="form.xlsx"]'), tmp_path, text)
    upload = page.locator('main a[href$="/upload"]').first.evaluate("each => each.href")
    hand_in(page, upload, file)
    expect(page.locator("[name^=place-]")).to_have_count(5)
    fits(page)
    page.locator('[name^=place-][value=""]').fill("5.4")
    page.click("main form button[type=submit]")
    page.goto(f"{live_server.url}/{language}/my/comments")
    for number in ("5.2", "5.3", "8.1", "9.1", "99.9"):
        expect(page.locator(".basket")).to_contain_text(f"{text} {number}")
    review_and_submit(page, 5)
    hand_in(page, upload, tmp_path / "later.xlsx")
    expect(page.locator("main ins").first).to_contain_text("later")
    fits(page)
    for name, content in (("scan.pdf", b"%PDF-1.4\n%%EOF"), ("table.et", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))):
        (tmp_path / name).write_bytes(content)
        hand_in(page, upload, tmp_path / name)
        expect(page.locator("main")).to_contain_text(name)
        expect(page.locator("main .reference")).to_have_count(1)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_prepare_in_a_room_and_one_of_them_disagrees(visitor: Visitor, live_server: LiveServer, language: str) -> None:
    anna, bo, text = visitor(), visitor(), TEXT[language]
    anna.goto(f"{live_server.url}/{language}/consultations/{CONSULTATION}/")
    anna.locator('main a[href*="/my/room?round="]').first.click()
    anna.locator('main a[href*="/room/open"]').first.click()
    for field, value in {"organisation": "Fonderies du Lac", "name": "Anna Keller"}.items():
        anna.fill(f"#{field}", value)
    anna.select_option("#stakeholder_class", "associations")
    anna.select_option("#country", "CH")
    anna.click('main form[action*="/open"] button')
    room = anna.url
    bo.goto(anna.locator(".own-link", has_text="/join").first.inner_text())
    bo.fill("#name", "Bo Lind")
    bo.click('main form[action*="/join"] button')
    keep(bo, live_server, language, "5.2", text)
    bo.click("form.give button")
    expect(bo.locator("main")).to_contain_text(text)
    anna.goto(room)
    expect(anna.locator("main")).to_contain_text(text)
    keep(anna, live_server, language, "5.3", f"{text} Anna")
    anna.click("form.give button")
    bo.goto(room)
    fits(bo)
    own = bo.locator("form:has([name=answer])", has=bo.locator("[name=offered]")).nth(1)
    own.locator("[name=answer][value=disagree]").check()
    own.locator("[name=sentence]").fill(f"{text} Bo")
    own.locator("[name=offered]").check()
    own.locator("button").click()
    expect(bo.locator("main")).to_contain_text(f"{text} Bo")
    anna.goto(f"{room}/review")
    fits(anna)
    say_who(anna)
    anna.click("button[value=submit]")
    expect(anna.locator(".handed-in")).to_have_count(2)
    bo.goto(room)
    expect(bo.locator("main")).to_contain_text(anna.locator(".reference-large").first.inner_text())


def test_drafts_are_reviewed_submitted_revised_and_taken_back_by_keyboard_alone(visitor: Visitor, live_server: LiveServer) -> None:
    page = visitor(WIDE, scripts=True)
    keep(page, live_server, "en", "5.2", TEXT["en"])
    enter(page, 'a[href*="/my/review"]')
    for name, keys in (
        ("capacity", "Space"),
        ("country", "N"),
        ("stakeholder_class", "ArrowDown"),
        ("choice", "Space"),
        ("consent", "Space"),
    ):
        tab_to(page, f"[name={name}]")
        page.keyboard.press(keys)
    enter(page, "button[value=submit]")
    expect(page.locator(".handed-in")).to_have_count(1)
    enter(page, '.handed-in a[href*="/comments/"]')
    tab_to(page, "#text")
    page.keyboard.press("End")
    page.keyboard.type(" Typed on.")
    enter(page, ".words-form button[type=submit]")
    expect(page.locator(".handed-in")).to_contain_text("Typed on.")
    enter(page, '.handed-in a[href*="/withdraw"]')
    enter(page, "button.action--refuse")
    expect(page.locator('.handed-in a[href*="/withdraw"]')).to_have_count(0)


def tab_to(page: Page, control: str, steps: int = 120) -> None:
    """Presses Tab until such a control has the focus."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        if page.evaluate("control => document.activeElement.matches(control)", control):
            return
    pytest.fail(f"Tab does not reach {control} on {page.url}")


def enter(page: Page, control: str) -> None:
    """Tab to it, Enter, and the page it leads to."""
    tab_to(page, control)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.long
def test_at_400_per_cent_a_comment_with_everything_goes_the_whole_way(visitor: Visitor, live_server: LiveServer, tmp_path: Path) -> None:
    page, file = visitor(ZOOMED, scripts=True), tmp_path / "measured.txt"
    file.write_text("3.2 t\n")
    page.goto(f"{live_server.url}/zh/{CLAUSES}/5.4/comment")
    write_with_everything(page, TEXT["zh"], file)
    keep(page, live_server, "zh", "8.1", TEXT["en"])
    review_and_submit(page, 2)
    go_back_on_it(page, f"{TEXT['zh']} +")
