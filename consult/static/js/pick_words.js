// Offers "Comment on these words" beside words selected in the clause text, and fills them into the form. The sentences come from the page.
import { follow } from "./selected.js";

export default function pickWords(part) {
  const text = document.getElementById(part.dataset.text);
  const quote = part.querySelector("textarea");
  const said = part.querySelector(".picked");
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "action action--small words-offer";
  offer.textContent = part.dataset.offer;
  offer.hidden = true;
  text.after(offer); // next in the order of the keyboard
  let found;
  follow(text, offer, (now) => (found = now));
  offer.addEventListener("pointerdown", (event) => event.preventDefault());
  offer.addEventListener("click", () => {
    setPlace(found.before ? `…${found.before}` : "");
    part.open = true;
    quote.value = found.words;
    quote.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = part.dataset.picked.replace("{words}", found.words.length > 80 ? `${found.words.slice(0, 80)}…` : found.words);
    offer.hidden = true;
    document.getSelection().removeAllRanges();
    document.getElementById("text").focus();
  });
  quote.addEventListener("input", (event) => {
    if (event.isTrusted) setPlace("");
  });

  function setPlace(place) {
    part.querySelector("fieldset")?.remove(); // the choice among places of the words before
    let field = part.querySelector('input[name="quote_place"]');
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "quote_place";
      part.append(field);
    }
    field.value = place;
  }
}
