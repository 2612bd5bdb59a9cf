// Saves the open form to the basket a moment after typing pauses. What cannot be sent stays in this browser and is tried again; what another tab
// changed meanwhile is never overwritten. The sentences come from the page (.saved). A form sent by hand needs none of this.
const PAUSE = 2500, AGAIN = 15000;
const FIELDS = ["quote", "quote_place", "text", "edited", "proposed", "rationale", "evidence", "further", "position", "type", "comment_language", "comment_choice"];

// What the server put into a control; over a slow line people type before this module is there.
function shown(control) {
  if (control instanceof RadioNodeList) return [...control].find((each) => each.defaultChecked)?.value ?? "";
  if (control.options) return ([...control.options].find((each) => each.defaultSelected) ?? control.options[0]).value;
  return control.defaultValue;
}

export default function autosave(form) {
  const said = form.querySelector(".saved");
  const place = `unsent:${location.pathname}${location.search}`;
  const values = () => Object.fromEntries(FIELDS.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));
  const words = () => JSON.stringify(values());
  let saved = JSON.stringify(Object.fromEntries(Object.keys(values()).map((name) => [name, shown(form.elements[name])]))), timer, sending = false, stopped = false;

  const say = (sentence, time) => {
    const told = said.dataset[sentence].replace("{time}", time ?? "");
    if (said.textContent !== told) said.textContent = told; // the same again is not read aloud again
    said.dataset.state = sentence;
  };
  const keepHere = (state) => {
    const kept = { state, values: values(), signed: form.elements.signed.value, revision: form.elements.revision.value };
    localStorage.setItem(place, JSON.stringify(kept));
  };
  const wait = (pause) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, pause);
  };

  async function save() {
    const sent = words();
    if (sent === saved || sending || stopped) return;
    sending = true;
    const body = new FormData(form);
    body.set("act", "keep");
    body.delete("files"); // files are sent once, by hand
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20000) });
      if (answer.status >= 500) answer = undefined;
    } catch {
      answer = undefined;
    }
    sending = false;
    if (!answer) {
      keepHere("typing");
      say("kept");
      return wait(AGAIN);
    }
    if (!answer.ok || !answer.headers.get("Content-Type").startsWith("application/json")) {
      stopped = true;
      keepHere("typing");
      return say(answer.status === 409 ? "stale" : "refused");
    }
    form.elements.revision.value = (await answer.json()).revision;
    saved = sent;
    localStorage.removeItem(place);
    form.dispatchEvent(new Event("kept"));
    say("saved", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
    if (words() !== saved) wait(PAUSE);
  }

  const kept = JSON.parse(localStorage.getItem(place) ?? "null");
  if (kept && JSON.stringify(kept.values) !== words()) {
    for (const [name, value] of Object.entries(kept.values)) {
      const field = form.elements[name];
      const typed = field?.tagName === "TEXTAREA" && field.value !== field.defaultValue && field.value !== value ? `\n\n${field.value}` : "";
      if (field) field.value = value + typed;
      const fold = value && value !== field?.defaultValue && field?.closest?.("details");
      if (fold) fold.open = true;
    }
    // with its own key and revision: what was stored meanwhile by another tab meets it as a stale edit, and both are shown
    form.elements.signed.value = kept.signed;
    form.elements.revision.value = kept.revision;
    say("restored");
    wait(PAUSE);
  } else if (words() !== saved) wait(PAUSE);
  form.addEventListener("input", () => {
    keepHere("typing");
    wait(PAUSE);
  });
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
    keepHere("submitting"); // handed_in.js drops it where the answer arrives
  });
  window.addEventListener("online", () => wait(0));
}
