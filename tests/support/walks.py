"""The journey of people who take part, walked from page to page as they walk it. How they do it (pointer, keyboard, size of the window, with or
without scripts) is the matter of tests.support.hands.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from secrets import token_hex

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.support.demo import CONSULTATION, ROUND_1
from tests.support.demo_pages import CLAUSES
from tests.support.hands import Hands

TEXT = {
    "en": "Two years are not enough for a small site.",
    "fr": "Deux ans ne suffisent pas pour un petit site.",
    "zh": "两年时间对小型工厂来说是不够的。",
}
SEND = ".words-form button[type=submit]:not([name])"


@dataclass(frozen=True)
class Walk:
    """`come`: somebody new with a device of her own. `mail`: the newest mail to an address."""

    url: str
    language: str
    come: Callable[[], Hands]
    mail: Callable[[str], EmailMessage]
    folder: Path

    def address(self, path: str) -> str:
        return f"{self.url}/{self.language}/{path}"

    @property
    def text(self) -> str:
        return TEXT[self.language]


def link_in(mail: EmailMessage, part: str) -> str:
    found = re.search(rf"https?://\S*{part}\S*", str(mail.get_content()))
    assert found, mail
    return found[0]


def typed_code(said: str) -> str:
    """Two groups of four characters, and no part of a longer one."""
    found = re.search(r"(?<![0-9A-Z-])[0-9A-Z]{4}-[0-9A-Z]{4}(?![0-9A-Z-])", said)
    assert found, said
    return found[0]


def say_who(hands: Hands, choice: str = "class", mail: str = "") -> None:
    if hands.page.locator("[name=capacity]").count():
        hands.mark("[name=capacity][value=individual]")
        hands.choose("#country", "GN")
        hands.choose("#stakeholder_class", "communities")
        if mail:
            hands.write("#mail", mail)
    hands.mark(f"[name=choice][value={choice}]")
    hands.mark("#consent")


def refused(hands: Hands, button: str) -> None:
    """Sent with things missing: the summary names them, and leads to the first of them."""
    hands.follow(button)
    expect(hands.page.locator(".error-summary")).to_be_visible()
    link = hands.page.locator(".error-summary a").first
    field = (link.get_attribute("href") or "")[1:]
    hands.press(link)
    expect(hands.page.locator(f"[id='{field}']")).to_be_focused()


def write_on(walk: Walk, hands: Hands, number: str, text: str) -> None:
    """From wherever the basket is to a clause, and a comment on it kept."""
    hands.follow(f'main a[href$="/consultations/{CONSULTATION}/"]')
    hands.follow(f'main a[href$="/{CLAUSES}/{number}"]')
    hands.follow(f'main a[href$="/{CLAUSES}/{number}/comment"]')
    hands.write("#text", text)
    hands.follow("#keep")


def own_comments(walk: Walk) -> None:
    """From the home page to the receipt, on two devices; confirmed, revised, taken back, added to; downloaded, erased, and the device cleared."""
    hands, address = walk.come(), f"walker-{token_hex(4)}@example.org"
    page = hands.page
    hands.open(walk.address(""))
    hands.follow("main a.action")
    hands.follow("main aside a.action")
    expect(page).to_have_url(re.compile("/changes"))
    hands.follow(f'main a[href$="/{CLAUSES}/5.3"]')
    hands.follow(f'main a[href$="/{CLAUSES}/5.3/comment"]')
    refused(hands, SEND)
    write_with_everything(walk, hands)
    hands.follow("#keep")
    expect(page.locator(".basket")).to_contain_text(walk.text)
    write_on(walk, hands, "8.1", f"{walk.text} 8.1")
    code = page.locator(".reference-large").first.inner_text()

    other = walk.come()  # on another device
    other.open(walk.address("my/comments"))
    other.follow('main a[href$="/my/resume"]')
    other.write("#code", code)
    other.follow('main form[action*="/resume"] button')
    expect(other.page.locator(".basket > li")).to_have_count(2)
    other.follow('main a[href*="/my/review"]')
    refused(other, "button[value=submit]")
    say_who(other, "named", address)
    other.write("#name", "Mariama Camara")
    other.follow("button[value=show]")
    expect(other.page.locator("#own")).to_contain_text("Mariama Camara")
    other.follow("button[value=submit]")
    expect(other.page.locator(".handed-in")).to_have_count(3)  # two comments, and the answer to the question
    for said in (walk.text, "https://example.org/measured", "measured.txt", "5.4"):
        expect(other.page.locator("main")).to_contain_text(said)
    go_back_on_it(walk, other, address)


def write_with_everything(walk: Walk, hands: Hands) -> None:
    """The form of a clause with all it offers: words of the clause, its text edited, a link, another clause, a file, a question answered."""
    page, file = hands.page, walk.folder / "measured.txt"
    file.write_text("3.2 t\n")
    hands.write("#text", walk.text)
    hands.write("#quote", page.locator("#clause-text p").first.inner_text()[5:20].strip())
    hands.write("#edited", page.input_value("#edited") + f"\n\n{walk.text}")
    if hands.scripts:
        hands.press("button[value=preview]")
    else:
        hands.follow("button[value=preview]")
    expect(page.locator("#edited-changes ins")).to_contain_text(walk.text)
    hands.write("#evidence", "https://example.org/measured")
    hands.write("#further", "5.4")
    hands.mark("[name=answer-interim-targets][value='3']")
    hands.attach("#files", file)
    hands.follow("button[value=attach]")
    expect(page.locator(".files-kept")).to_contain_text(file.name)
    expect(page.locator("#text")).to_have_value(walk.text)


def go_back_on_it(walk: Walk, hands: Hands, address: str) -> None:
    """From a receipt: the mail confirmed by its link, a comment revised, one taken back, one added and confirmed by the typed code, data, device."""
    page = hands.page
    receipt, reference = page.url, page.locator(".reference-large").first.inner_text()
    hands.open(link_in(walk.mail(address), "/confirm"))
    hands.follow("button[value=confirm]")
    expect(page.locator(".notice[data-state=success]")).to_be_visible()
    hands.open(receipt)
    hands.follow('.handed-in a.action[href*="/comments/PS3"]')
    hands.write("#text", f"{walk.text} +")
    hands.follow(SEND)
    expect(page.locator("main")).to_contain_text(f"{walk.text} +")
    hands.follow(page.locator('main a[href*="/withdraw?comment="]').last)
    hands.follow("button.action--refuse")
    hands.follow('main form[action$="/add"] button')
    hands.follow(f'main a[href$="/{CLAUSES}/8.6"]')
    hands.follow(f'main a[href$="/{CLAUSES}/8.6/comment"]')
    hands.write("#text", f"{walk.text} 8.6")
    hands.follow("#keep")
    hands.follow('main a[href*="/my/review"]')
    say_who(hands)
    hands.follow("button[value=submit]")
    expect(page.locator(".reference-large").first).not_to_have_text(reference)
    hands.open(receipt)
    hands.follow('main a[href*="/data"]')
    told = json.loads(hands.saved("button[value=json]"))
    assert (told["name"], [len(each["revisions"]) for each in told["comments"]]) == ("Mariama Camara", [2, 1])
    hands.mark("[name=choice][value=class]")
    hands.follow("form[action*=narrow] button")
    hands.follow('main a[href*="/data"]')
    hands.mark("[name=what][value=all]")
    hands.write("#typed", reference)
    hands.follow("form[action*=erase] button")
    expect(page.locator("main")).not_to_contain_text("Mariama Camara")
    clear(walk, hands)


def confirm_by_code(walk: Walk, hands: Hands, address: str, reference: str) -> None:
    said = str(walk.mail(address).get_content())
    assert reference in said
    code = typed_code(said)
    hands.open(walk.address("confirm"))
    hands.write("#reference", reference)
    hands.write("#code", code)
    hands.follow("button[value=confirm]")
    expect(hands.page.locator(".notice[data-state=success]")).to_be_visible()


def clear(walk: Walk, hands: Hands) -> None:
    hands.open(walk.address("my/comments"))
    hands.follow('main a[href$="/my/finish"]')
    hands.follow('main form[action*="/finish"] button')
    assert hands.page.locator(".basket").count() == 0


def a_form(walk: Walk) -> None:
    """Filled offline, uploaded, read back, corrected, submitted; then a later copy of it."""
    hands = walk.come()
    page = hands.page
    hands.open(walk.address(f"consultations/{CONSULTATION}/"))
    file = filled(hands.saved('main a[href$="form.xlsx"]'), walk.folder, f"{walk.text} {token_hex(4)}")
    hands.follow('main a[href$="/upload"]')
    upload = page.url
    refused(hands, "form:has(#file) button[type=submit]")
    hand_in(hands, file)
    expect(page.locator("[name^=place-]")).to_have_count(5)
    hands.write('[name^=place-][value=""]', "5.4")
    hands.follow("main form.words-form button[type=submit]")
    hands.open(walk.address("my/comments"))
    for number in ("5.2", "5.3", "8.1", "9.1", "99.9"):
        expect(page.locator(".basket")).to_contain_text(f"{number}")
    hands.follow('main a[href*="/my/review"]')
    say_who(hands)
    hands.follow("button[value=submit]")
    hands.open(upload)
    hand_in(hands, walk.folder / "later.xlsx")
    expect(page.locator("main ins").first).to_contain_text("later")
    hands.follow("main form.words-form button[type=submit]")
    for name, content in (("scan.pdf", b"%PDF-1.4\n%%EOF"), ("table.et", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))):
        (walk.folder / name).write_bytes(content)
        hands.open(upload)
        hand_in(hands, walk.folder / name)
        expect(page.locator("main")).to_contain_text(name)


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


def hand_in(hands: Hands, file: Path) -> None:
    """Sends a file and waits until it was read."""
    page = hands.page
    hands.attach("#file", file)
    hands.follow("form:has(#file) button[type=submit]")
    page.wait_for_url("**/my/files/**")
    for _ in range(40):
        if not page.locator("meta[http-equiv=refresh]").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail("the file is never read")


def an_endorsement(walk: Walk) -> None:
    """What somebody begins to say was said already: endorsed instead; then the owner of the mail address says that it was not her."""
    hands, address = walk.come(), f"endorser-{token_hex(4)}@example.org"
    page = hands.page
    hands.open(walk.address(f"{CLAUSES}/5.2"))
    said = page.locator("article:has(a[href$='/endorse']) .said").first.inner_text()
    hands.follow(f'main a[href$="/{CLAUSES}/5.2/comment"]')
    hands.write("#text", said)
    hands.follow("#keep")
    hands.follow('.offered a[href*="/endorse"]')
    refused(hands, SEND)
    hands.write("#nuance", walk.text)
    say_who(hands, mail=address)
    hands.follow(SEND)
    expect(page.locator(".receipt")).to_be_visible()
    mail = walk.mail(address)
    hands.open(link_in(mail, "/confirm"))
    hands.follow("button[value=not_me]")
    hands.write("#code", typed_code(str(mail.get_content())))
    hands.follow("button[value=disown]")
    expect(page.locator(".notice[data-state=success]")).to_be_visible()


def a_room(walk: Walk) -> None:
    """Of two: opened, joined by the invitation, drafted in, dissented in, submitted."""
    anna, bo = walk.come(), walk.come()
    anna.open(walk.address(f"consultations/{CONSULTATION}/"))
    anna.follow('main a[href*="/my/room?round="]')
    anna.follow('main a[href*="/room/open"]')
    refused(anna, 'main form[action*="/open"] button')
    anna.write("#organisation", "Fonderies du Lac")
    anna.write("#name", "Anna Keller")
    anna.choose("#stakeholder_class", "associations")
    anna.choose("#country", "CH")
    anna.follow('main form[action*="/open"] button')
    room = anna.page.url
    bo.open(anna.page.locator(".own-link", has_text="/join").first.inner_text())
    bo.write("#name", "Bo Lind")
    bo.follow('main form[action*="/join"] button')
    for hands, number in ((bo, "5.2"), (anna, "5.4")):
        hands.open(walk.address(f"{CLAUSES}/{number}"))
        hands.follow(f'main a[href$="/{CLAUSES}/{number}/comment"]')
        hands.write("#text", f"{walk.text} {number}")
        hands.follow("#keep")
        hands.follow("form.give button")
    bo.open(room)
    own = bo.page.locator("form:has([name=answer])", has=bo.page.locator("[name=offered]")).nth(1)
    bo.mark(own.locator("[name=answer][value=disagree]"))
    bo.write(own.locator("[name=sentence]"), f"{walk.text} Bo")
    bo.mark(own.locator("[name=offered]"))
    bo.follow(own.locator("button"))
    expect(bo.page.locator("main")).to_contain_text(f"{walk.text} Bo")
    anna.open(room)
    anna.follow("button[value=attach]")
    anna.follow('main a[href$="/review"]')
    refused(anna, "button[value=submit]")
    if anna.page.locator("[name=statement]").count():
        anna.mark("[name=statement] >> nth=0")
    say_who(anna)
    anna.follow("button[value=submit]")
    expect(anna.page.locator(".handed-in")).to_have_count(2)


def after_closing(walk: Walk, link: str) -> None:
    """By a personal link into a round that has closed."""
    hands, address = walk.come(), f"late-{token_hex(4)}@example.org"
    page = hands.page
    hands.open(link)
    hands.follow('main form[action*="/late"] button')
    hands.follow(f'main a[href*="{ROUND_1}/clauses/performance-standard/5.2/comment"]')
    hands.write("#text", walk.text)
    hands.follow("#keep")
    hands.follow('main a[href*="/my/review"]')
    say_who(hands, mail=address)
    hands.follow("button[value=submit]")
    expect(page.locator(".handed-in")).to_have_count(1)
    confirm_by_code(walk, hands, address, page.locator(".reference-large").first.inner_text())
    hands.open(link)
    expect(page.locator(".empty")).to_be_visible()


def two_tabs(walk: Walk) -> None:
    """What the second tab kept meets what the first one sends: both are shown, and nothing is overwritten unseen."""
    hands = walk.come()
    page = hands.page
    hands.open(walk.address(f"{CLAUSES}/8.1/comment"))
    hands.write("#text", walk.text)
    hands.follow("#keep")
    hands.follow(".basket a[href*='/my/comments/']")
    other = type(hands)(page.context.new_page(), scripts=hands.scripts, looked=hands.looked)
    other.open(page.url)
    other.write("#text", f"{walk.text} 2")
    other.follow(SEND)
    other.page.close()
    hands.write("#text", f"{walk.text} 1")
    hands.follow(SEND)
    expect(page.locator("#differences")).to_be_visible()
    expect(page.locator("#text")).to_have_value(f"{walk.text} 1")
    expect(page.locator(".earlier")).to_contain_text("2")
    hands.follow(SEND)
    expect(page.locator(".basket")).to_contain_text(f"{walk.text} 1")
    clear(walk, hands)
