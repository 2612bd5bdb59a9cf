// Looks a moment after typing pauses whether a published comment says the same already, and shows it. Nothing is stored by asking; whoever goes
// on writing simply does. What cannot be asked now (no connection, too often) is asked at the next pause.
const PAUSE = 1500, ENOUGH = 12;
const FIELDS = ["text", "proposed", "rationale"];

export default function alike(place) {
  const form = place.closest("form");
  const [announced, list] = place.children;
  let timer, asked = "";
  const words = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""]));

  async function ask() {
    const said = words();
    const now = JSON.stringify(said);
    if (now === asked) return;
    if (said.text.length + said.rationale.length + said.proposed.length < ENOUGH) {
      list.replaceChildren();
      announced.textContent = "";
      return;
    }
    const body = new FormData();
    body.set("signed", place.dataset.signed);
    for (const [name, value] of Object.entries(said)) body.set(name, value);
    try {
      const answer = await fetch(place.dataset.address, { method: "POST", body, signal: AbortSignal.timeout(10000) });
      if (!answer.ok) return;
      asked = now;
      const found = document.createRange().createContextualFragment((await answer.text()).trim());
      if (found.textContent === list.textContent) return;
      announced.textContent = found.querySelector("b")?.textContent ?? "";
      list.replaceChildren(found);
    } catch {
      // the page is complete without it
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  timer = setTimeout(ask, PAUSE);
}
