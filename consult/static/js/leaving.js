// Sends what is typed in a form to be kept when its page goes out of sight: a phone may close it there, and nobody presses a button then.
const words = (of) => new URLSearchParams([...new FormData(of)].filter(([name]) => name !== "signed" && !name.startsWith("revision"))).toString();

// What the server put into a form; over a slow line people type before this module is there. Some controls stand outside it.
function given(form) {
  const found = new URLSearchParams();
  for (const each of form.elements) {
    if (!each.name || each.type === "submit" || each.name === "signed" || each.name.startsWith("revision")) continue;
    if (each.type === "radio" || each.type === "checkbox") {
      if (each.defaultChecked) found.append(each.name, each.value);
    } else if (each.options) found.append(each.name, ([...each.options].find((one) => one.defaultSelected) ?? each.options[0]).value);
    else found.append(each.name, each.defaultValue);
  }
  return found.toString();
}

export default function leaving(form) {
  let known = given(form), sending = false;
  form.addEventListener("submit", () => (sending = true));
  window.addEventListener("pageshow", () => (sending = false));
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "hidden" || sending || words(form) === known) return;
    const body = new FormData(form);
    body.set("act", "keep");
    known = words(form);
    try {
      const answer = await fetch(form.action, { method: "POST", body, keepalive: true });
      if (!answer.ok) known = "";
      // who only looked at something else goes on here with what is stored now
      if (answer.status === 200) for (const [name, value] of Object.entries(await answer.json())) if (form.elements[name]) form.elements[name].value = value;
      form.dispatchEvent(new Event("kept"));
    } catch {
      known = "";
    }
  });
}
