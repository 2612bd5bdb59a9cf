// On the page of a clause: words selected in its text become a link to the comment form with these words filled in. Nothing is sent by selecting.
import { follow } from "./selected.js";

const LONGEST = 7000; // what servers take of an address; longer words are selected once more on the form itself

export default function wordsLink(text) {
  const offer = document.createElement("a");
  offer.className = "action action--small words-offer";
  offer.textContent = text.dataset.offer;
  offer.hidden = true;
  text.after(offer);
  follow(text, offer, ({ words, before }) => {
    const address = new URL(text.dataset.form, location.href);
    address.search = new URLSearchParams({ words, before });
    if (address.href.length > LONGEST) address.search = "";
    offer.href = address;
  });
}
