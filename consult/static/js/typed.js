// Keeps what is typed in a form for as long as the tab lives: a failed request, Back or Reload lose nothing. Nothing is kept beyond the tab,
// so that nobody finds it on a shared phone. With the words goes the form's signed field: sent twice, it still counts once.
const FIELDS = ["quote", "text", "edited", "proposed", "rationale", "evidence", "further"];
const place = () => `typed:${location.pathname}${location.search}`;

export default function typed(form) {
  const names = [...FIELDS, ...Array.from(form.querySelectorAll("textarea[name^='answer-']"), (field) => field.name)];
  const kept = JSON.parse(sessionStorage.getItem(place()) ?? "null");
  const given = names.some((name) => form.elements[name]?.defaultValue && !("unchanged" in form.elements[name].dataset));
  const travelled = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  // what the server gave back wins; what has arrived stays away from a form that is opened anew, but Back finds it with its key
  if (kept && !given && (travelled || kept.state !== "arrived")) {
    for (const name of names) {
      const field = form.elements[name];
      if (!field || field.value !== field.defaultValue || !kept.words[name]) continue;
      if (kept.words[name] === field.defaultValue) continue;
      field.value = kept.words[name];
      const fold = field.closest("details");
      if (fold) fold.open = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.elements.signed.value = kept.signed;
    if (form.elements.revision) form.elements.revision.value = kept.revision ?? form.elements.revision.value;
  }
  const keep = (state) => {
    const words = Object.fromEntries(names.map((name) => [name, form.elements[name]?.value ?? ""]));
    sessionStorage.setItem(place(), JSON.stringify({ words, state, signed: form.elements.signed.value, revision: form.elements.revision?.value }));
  };
  form.addEventListener("input", () => keep("typing"));
  form.addEventListener("kept", () => keep("typing")); // autosave.js: the draft has a new revision
  form.addEventListener("submit", () => keep("submitting"));
}
