// Sends what is typed in a form to be kept when its page goes out of sight: a phone may close it there, and nobody presses a button then.
const SAID = ["text", "proposed", "rationale", "edited"];
const sent = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string"); // files are sent once, by hand
const words = (form) => new URLSearchParams(sent(form).filter(([name]) => name !== "signed" && !name.startsWith("revision"))).toString();

// What the server put into a control.
function given(control) {
  if (control.type === "radio" || control.type === "checkbox") return control.defaultChecked ? control.value : null;
  if (control.options) return ([...control.options].find((each) => each.defaultSelected) ?? control.options[0]).value;
  return control.defaultValue;
}

// Over a slow line people type before this module is there: what counts is what the server gave.
function shown(form) {
  const found = new URLSearchParams();
  for (const each of form.elements) {
    if (!each.name || each.type === "submit" || each.type === "file" || each.name === "signed" || each.name.startsWith("revision")) continue;
    const value = given(each);
    if (value !== null) found.append(each.name, value);
  }
  return found.toString();
}

// What is sent: the form, and of the controls that stand outside it, beside a hundred comments, those that were changed. A page that goes away may
// send 64 kB and no more.
function changed(form) {
  const body = new URLSearchParams(sent(form));
  for (const each of form.elements) {
    if (each.name && !form.contains(each) && each.type !== "hidden" && each.value === given(each)) body.delete(each.name);
  }
  return body;
}

// Whether a form for a comment says nothing yet: where only a choice was looked at, no draft is begun.
const silent = (form) => form.elements.text && SAID.every((name) => !form.elements[name] || form.elements[name].value === given(form.elements[name]));

export default function leaving(form) {
  let known = shown(form), sending = false;
  form.addEventListener("submit", () => (sending = true));
  window.addEventListener("pageshow", () => (sending = false));
  // a page that was out of sight already only goes; on a phone it may be closed without going
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  window.addEventListener("pagehide", () => leave());
  async function leave() {
    if (sending || words(form) === known || silent(form)) return;
    const body = changed(form);
    body.set("act", "keep");
    known = words(form);
    const first = form.elements.revision?.value === "0"; // what begins with this is revision 1, though its answer may find the page gone
    if (first) form.elements.revision.value = "1";
    form.dispatchEvent(new Event("kept"));
    try {
      const answer = await fetch(form.action, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } });
      if (!answer.ok) known = "";
      // who only looked at something else goes on here with what is stored now
      if (answer.status === 200) for (const [name, value] of Object.entries(await answer.json())) if (form.elements[name]) form.elements[name].value = value;
      form.dispatchEvent(new Event("kept"));
    } catch {
      known = "";
      if (first) form.elements.revision.value = "0";
    }
  }
}
