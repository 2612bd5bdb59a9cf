// Sends what is typed in a form to be kept when its page goes out of sight: a phone may close it there, and nobody presses a button then.
export default function leaving(form) {
  const words = (of) => new URLSearchParams([...new FormData(of)].filter(([name]) => name !== "signed")).toString();
  const given = form.cloneNode(true); // over a slow line people type before this module is there
  given.reset();
  let known = words(given), sending = false;
  form.addEventListener("submit", () => (sending = true));
  window.addEventListener("pageshow", () => (sending = false));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || sending || words(form) === known) return;
    const body = new FormData(form);
    body.set("act", "keep");
    known = words(form);
    fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => (known = ""));
  });
}
