// Single keys on desks: an element with data-key="p" is pressed, opened or focused by that key; j, k (n, p) and o also walk a list of data-key-item.
// In such a list a key means the item that has the focus, else the first.
// Only outside of fields, without Ctrl, Alt or Meta, and not at all where the reader switched them off (WCAG 2.1.4).
const STORE = "consult.keys";

export default function keys(panel) {
  const list = panel.querySelector("[data-keys-list]");
  const toggle = panel.querySelector("[data-keys-switch]");
  const off = () => localStorage.getItem(STORE) === "off";
  const show = () => {
    toggle.textContent = off() ? panel.dataset.on : panel.dataset.off;
    document.body.toggleAttribute("data-keys", !off());
  };
  panel.hidden = false;
  for (const element of document.querySelectorAll("[data-key]:is(a, button, summary)")) {
    const cap = document.createElement("kbd");
    cap.textContent = element.dataset.key;
    cap.setAttribute("aria-hidden", "true");
    element.append(" ", cap);
  }
  toggle.addEventListener("click", () => {
    localStorage.setItem(STORE, off() ? "on" : "off");
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || inField(event.target)) return;
    if (event.key === "?") {
      list.open = !list.open;
      if (list.open) list.querySelector("summary").focus();
    } else if (!press(event.key) && !walk(event.key)) {
      return;
    }
    event.preventDefault();
  });
  show();
}

function inField(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input") && !["checkbox", "radio", "button", "submit"].includes(element.type);
}

function press(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const element = document.activeElement?.closest("[data-key-item]")?.querySelector(wanted) ?? document.querySelector(wanted);
  if (!element) return false;
  if (element.matches("input")) {
    element.focus();
  } else if (element.matches("summary")) {
    element.parentElement.open = true;
    (element.parentElement.querySelector("input:checked") ?? element.parentElement.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
  } else {
    element.click();
  }
  return true;
}

// j or n leads to the next item, k or p to the one before, o opens it. In a long text it goes on from where the reader has scrolled to.
function walk(key) {
  const items = [...document.querySelectorAll("[data-key-item]")];
  let at = items.findIndex((item) => item.contains(document.activeElement));
  if (key === "o" && at >= 0) {
    items[at].querySelector("a").click();
    return true;
  }
  const reading = items[0]?.matches("article, .change-list > li");
  if (at < 0 && reading) at = items.findLastIndex((item) => item.getBoundingClientRect().top < innerHeight / 4);
  const next = { j: at + 1, n: at + 1, k: Math.max(0, at - 1), p: Math.max(0, at - 1) }[key];
  if (next === undefined || !items[next]) return false;
  if (reading) items[next].scrollIntoView({ block: "start" });
  items[next].querySelector("a").focus({ preventScroll: reading });
  return true;
}
