// Adds a button below a read-only text that copies it into a field: data-into (id of the field), data-label (words of the button).
// Text that somebody typed there is never replaced: the copy goes behind it.
export default function copyInto(source) {
  const field = document.getElementById(source.dataset.into);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "action action--quiet action--small";
  button.textContent = source.dataset.label;
  button.addEventListener("click", () => {
    field.value = field.value.trim() ? `${field.value}\n\n${source.value}` : source.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  source.after(button);
}
