// Keeps what is typed and chosen in a form for as long as the tab lives: a failed request, Back or Reload lose nothing. Nothing is kept beyond the
// tab, so that nobody finds it on a shared phone. With it goes the form's signed field: sent twice, it still counts once.
const SKIPPED = ["hidden", "file", "submit", "button", "fieldset"];
const place = () => `typed:${location.pathname}${location.search}`;
const ticked = (control) => control.type === "radio" || control.type === "checkbox";
const named = (control) => (ticked(control) ? `${control.name}=${control.value}` : control.name);
const said = (control) => (ticked(control) ? control.checked : control.value);

// What the server put into a control.
function given(control) {
  if (ticked(control)) return control.defaultChecked;
  if (control.options) return ([...control.options].find((each) => each.defaultSelected) ?? control.options[0]).value;
  return control.defaultValue;
}

function say(control, what) {
  control[ticked(control) ? "checked" : "value"] = what;
  const fold = control.closest("details");
  if (fold) fold.open = true;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

export default function typed(form) {
  const controls = [...form.elements].filter((each) => each.name && !SKIPPED.includes(each.type));
  const kept = JSON.parse(sessionStorage.getItem(place()) ?? "null");
  const travelled = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  const same = Object.keys(kept?.values ?? {}).length === new Set(controls.map(named)).size && controls.every((each) => (kept.values[named(each)]?.given ?? given(each)) === given(each));
  // what the server gives otherwise meanwhile wins; what has arrived stays away from a form that is opened anew, but Back finds it with its key
  if (same && (travelled || kept.state !== "arrived")) {
    for (const each of controls) {
      const was = kept.values[named(each)]?.said;
      if (was !== undefined && was !== given(each) && said(each) === given(each)) say(each, was);
    }
    form.elements.signed.value = kept.signed;
    if (form.elements.revision) form.elements.revision.value = kept.revision ?? form.elements.revision.value;
  }
  const keep = (state) => {
    const values = Object.fromEntries(controls.map((each) => [named(each), { said: said(each), given: given(each) }]));
    sessionStorage.setItem(place(), JSON.stringify({ values, state, signed: form.elements.signed.value, revision: form.elements.revision?.value }));
  };
  form.addEventListener("input", () => keep("typing"));
  form.addEventListener("kept", () => keep("typing")); // autosave.js: the draft has a new revision
  form.addEventListener("submit", () => keep("submitting"));
}
