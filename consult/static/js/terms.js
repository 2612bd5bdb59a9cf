// Shows the definition of a term beside it: on hover, on focus, on the first touch (the second follows the link). The definition stands on
// the page already, where the link leads; here it is only brought near. Escape closes.
const DELAY = 160;
const card = document.createElement("div");
card.className = "term-card";
card.id = "term-card";
card.hidden = true;
let shown = null;
let closing = 0;
let touched = false;

export default function terms(region) {
  if (!card.isConnected) begin();
  for (const link of region.querySelectorAll("a.term")) {
    const source = definition(link);
    if (!source) continue;
    source.text.id ||= `${link.hash.slice(1)}-text`;
    link.setAttribute("aria-describedby", source.text.id);
  }
  region.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") show(event.target.closest("a.term"));
  });
  region.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && event.target.closest("a.term")) hideSoon();
  });
  region.addEventListener("focusin", (event) => show(event.target.closest("a.term")));
  region.addEventListener("focusout", hideSoon);
  region.addEventListener("pointerdown", (event) => {
    const link = event.target.closest("a.term");
    touched = event.pointerType === "touch" && link !== null && link !== shown;
  });
  region.addEventListener("click", (event) => {
    const link = event.target.closest("a.term");
    if (!link) return;
    if (touched) {
      event.preventDefault();
      show(link);
    } else {
      hide();
    }
    touched = false;
  });
}

function begin() {
  document.body.append(card);
  card.addEventListener("pointerenter", () => clearTimeout(closing));
  card.addEventListener("pointerleave", hideSoon);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !card.contains(event.target) && !event.target.closest("a.term")) hide();
  });
}

// The name and what says what it means: a list's dt and dd, or the paragraph (item, row) that begins with the name.
function definition(link) {
  const home = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const listed = home?.closest("dt");
  if (listed) return { name: home, text: listed.nextElementSibling };
  const text = home?.closest("p, li, tr") ?? home?.querySelector(".clause");
  return text ? { name: null, text } : null;
}

function show(link) {
  if (!link) return;
  clearTimeout(closing);
  if (link === shown) return;
  const source = definition(link);
  if (!source) return;
  const words = source.text.cloneNode(true);
  for (const each of words.querySelectorAll("a")) each.replaceWith(...each.childNodes);
  for (const each of words.querySelectorAll("[id]")) each.removeAttribute("id");
  const name = document.createElement("b");
  name.textContent = source.name?.textContent.trim() ?? "";
  card.replaceChildren(...(source.name ? [name] : []), ...words.childNodes);
  card.lang = source.text.closest("[lang]").lang;
  card.hidden = false;
  shown = link;
  place(link);
}

function place(link) {
  const line = link.getClientRects()[0];
  const { offsetWidth: width, offsetHeight: height } = card;
  const page = document.documentElement;
  const start = Math.max(8, Math.min(line.left, page.clientWidth - width - 8));
  const below = line.bottom + height + 12 < page.clientHeight || line.top < height + 12;
  card.style.insetInlineStart = `${start + scrollX}px`;
  card.style.insetBlockStart = `${(below ? line.bottom + 6 : line.top - height - 6) + scrollY}px`;
}

function hideSoon() {
  clearTimeout(closing);
  closing = setTimeout(hide, DELAY);
}

function hide() {
  clearTimeout(closing);
  card.hidden = true;
  shown = null;
}
