"""How somebody goes through the pages in a browser: with a pointer, or by keyboard alone. Every page that comes is looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

Control = str | Locator
LOOKED = """() => {
  const folded = [...document.querySelectorAll('main details:not([open])')];
  folded.forEach(each => { each.open = true });
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll('input, select, textarea, button, a, summary, label, legend, h1, h2, h3, h4, p, dd, dt')]
    .filter(each => each.checkVisibility() && !each.closest('.trap, .scroll, .unseen, .to-content, pre, svg, [data-own-scroll]'))
    .map(each => [each.getBoundingClientRect(), each])
    .filter(([box]) => box.width && (box.left < -1 || box.right > innerWidth + 1))
    .map(([, each]) => each.outerHTML.slice(0, 120));
  const share = box => (box.width * box.height) / (innerWidth * innerHeight);
  const stuck = [...document.querySelectorAll('body *')]
    .filter(each => ['fixed', 'sticky'].includes(getComputedStyle(each).position) && each.checkVisibility() && !each.closest('.scroll'))
    .map(each => [share(each.getBoundingClientRect()), each.className]).filter(([share]) => share > 0.5);
  folded.forEach(each => { each.open = false });
  return { wide, cut, stuck };
}"""
"""What is wider than the window with every fold open, what reaches over its edge, and what sticks to it and covers more than half of it."""
HERE = """target => {
  const here = document.activeElement, box = here.getClientRects()[0] ?? here.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 0), innerWidth - 1), y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
  let above = document.elementFromPoint(x, y);
  const covers = box.height < innerHeight && above && !here.contains(above) && !above.contains(here) && above.closest('*');
  const stuck = each => each && (['fixed', 'sticky'].includes(getComputedStyle(each).position) ? each : stuck(each.parentElement));
  return {
    there: here === target, same: !!here.name && here.name === target.name && here.type === 'radio' && here.form === target.form,
    after: !!(here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING),
    ring: here === document.body || (getComputedStyle(here).outlineStyle !== 'none' && parseFloat(getComputedStyle(here).outlineWidth) >= 2),
    seen: here === document.body || (box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && !(covers && stuck(above) && !stuck(above).contains(here))),
    said: here.outerHTML.slice(0, 160),
  };
}"""


CONTROLS = {
    "button",
    "link",
    "textbox",
    "searchbox",
    "combobox",
    "listbox",
    "checkbox",
    "radio",
    "spinbutton",
    "slider",
    "image",
    "region",
    "navigation",
}
"""Roles that nobody can use, or find, without a name."""


class Hands:
    """With a pointer. `scripts`: the browser runs them; `looked` is called with every page that came."""

    def __init__(self, page: Page, *, scripts: bool, looked: Callable[[Page], None] = lambda page: None) -> None:
        self.page, self.scripts, self.looked = page, scripts, looked

    def open(self, address: str) -> None:
        """As from the address bar, or from a mail."""
        self.page.goto(address, wait_until="domcontentloaded")
        self.arrived()

    def arrived(self) -> None:
        look(self.page)
        if self.page.locator("main [role=alert]").count():
            expect(self.page.locator("main [role=alert]:focus")).to_be_visible()
        self.looked(self.page)

    def follow(self, control: Control) -> None:
        """A link, or a button that sends a form."""
        self.unfolded(control)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.one(control).click()
        self.arrived()

    def press(self, control: Control) -> None:
        """Something that stays on the page."""
        self.one(control).click()

    def write(self, control: Control, words: str) -> None:
        self.unfolded(control)
        self.one(control).fill(words)

    def choose(self, control: Control, value: str) -> None:
        self.unfolded(control)
        self.one(control).select_option(value)

    def mark(self, control: Control) -> None:
        self.unfolded(control)
        self.one(control).check()

    def attach(self, control: Control, file: Path) -> None:
        self.unfolded(control)
        self.one(control).set_input_files(file)

    def saved(self, control: Control) -> bytes:
        """A link or button that gives a file."""
        self.unfolded(control)
        with self.page.expect_download() as coming:
            self.press(control)
        return coming.value.path().read_bytes()

    def one(self, control: Control) -> Locator:
        return (self.page.locator(control) if isinstance(control, str) else control).first

    def unfolded(self, control: Control) -> None:
        """Opens what it is folded into, outermost first."""
        around = self.one(control).locator("xpath=ancestor::details[not(@open)]")
        for _ in range(around.count()):
            self.press(around.first.locator("> summary"))


class Keys(Hands):
    """By keyboard alone: Tab and Shift+Tab, Enter, Space, arrows. Where the focus is can be seen at every step."""

    def __init__(self, page: Page, *, scripts: bool, looked: Callable[[Page], None] = lambda page: None) -> None:
        super().__init__(page, scripts=scripts, looked=looked)
        page.on("filechooser", lambda chooser: None)  # caught from the start: a listener set with the key press may come after the dialog

    def arrived(self) -> None:
        super().arrived()
        self.page.wait_for_load_state("networkidle")
        if self.page.locator("main form").count():
            assert unnamed(self.page) == [], self.page.url

    def follow(self, control: Control) -> None:
        self.unfolded(control)
        self.reach(control)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")
        self.arrived()

    def press(self, control: Control) -> None:
        self.reach(control)
        self.page.keyboard.press("Enter")

    def write(self, control: Control, words: str) -> None:
        self.unfolded(control)
        self.reach(control)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def choose(self, control: Control, value: str) -> None:
        self.unfolded(control)
        self.reach(control)
        field = self.one(control)
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"no arrow leads to {value} in {control}")

    def mark(self, control: Control) -> None:
        self.unfolded(control)
        self.reach(control)
        if not self.one(control).is_checked():
            self.page.keyboard.press("Space")
        assert self.one(control).is_checked(), control

    def attach(self, control: Control, file: Path) -> None:
        self.unfolded(control)
        self.reach(control)
        with self.page.expect_file_chooser() as coming:
            self.page.keyboard.press("Space")
        coming.value.set_files(file)

    def reach(self, control: Control, steps: int = 250) -> None:
        """Tabs there, forward or back; among radio buttons the arrows go on."""
        target = self.one(control).element_handle()
        here = self.page.evaluate(HERE, target)
        if here["there"]:
            return
        key = "Tab" if here["after"] else "Shift+Tab"
        for _ in range(steps):
            self.page.keyboard.press(key)
            here = self.page.evaluate(HERE, target)
            assert here["ring"], f"no ring on {here['said']} of {self.page.url}"
            assert here["seen"], f"out of sight: {here['said']} of {self.page.url}"
            if here["there"]:
                return
            if here["same"]:
                self._arrow_to(target)
                return
        pytest.fail(f"{key} does not reach {control} on {self.page.url}; last: {here['said']}")

    def _arrow_to(self, target: object) -> None:
        for _ in range(20):
            self.page.keyboard.press("ArrowDown")
            if self.page.evaluate(HERE, target)["there"]:
                return
        pytest.fail("no arrow leads there")


def look(page: Page) -> None:
    """It fits its window, with everything unfolded. Without scripts a document is there before its stylesheet is."""
    page.wait_for_load_state("load")
    found = page.evaluate(LOOKED)
    assert found == {"wide": 0, "cut": [], "stuck": []}, f"{page.url}: {found}"


def unnamed(page: Page) -> list[str]:
    """Roles of controls and landmarks that the accessibility tree gives no name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    told = [(each["role"]["value"], each.get("name", {}).get("value", "")) for each in nodes if not each["ignored"]]
    return [role for role, name in told if role in CONTROLS and not name.strip()]
