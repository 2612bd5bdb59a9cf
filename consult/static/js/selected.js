// The words somebody selected in a text, as the text has them now: what a redline shows as removed, and words for screen readers only, left out.
const APART = "p, li, tr, h2, h3, h4";

function textOf(range) {
  const piece = range.cloneContents();
  for (const each of piece.querySelectorAll("del, .unseen, svg, button")) each.remove();
  for (const each of piece.querySelectorAll(APART)) each.append("\n");
  return piece.textContent.replace(/[ \t]*\n\s*/g, "\n").trim();
}

// {words, before, box} or undefined. `before` is the text in front of them, which tells equal words apart.
export function selectedIn(text) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return undefined;
  const words = textOf(range);
  if (!words || words.length > 2000) return undefined;
  const front = document.createRange();
  front.setStart(text, 0);
  front.setEnd(range.startContainer, range.startOffset);
  return { words, before: textOf(front).slice(-40), box: range.getBoundingClientRect() };
}

// Keeps `offer` right below the selection while there is one; `changed` hears of every new selection.
export function follow(text, offer, changed) {
  const place = () => {
    const found = selectedIn(text);
    if (found) {
      offer.style.insetBlockStart = `${found.box.bottom + scrollY + 6}px`;
      offer.style.insetInlineStart = `${Math.max(8, Math.min(found.box.left + scrollX, innerWidth - 230))}px`;
      changed(found);
    }
    // a press on the offer takes the selection away in some browsers: it stays until something else is done
    if (found || document.activeElement !== offer) offer.hidden = !found;
  };
  document.addEventListener("selectionchange", place);
  addEventListener("resize", place);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") offer.hidden = true;
  });
  place(); // over a slow line people select before this module is there
}
