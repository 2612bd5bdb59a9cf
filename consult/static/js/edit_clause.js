// Shows what was changed in the text of a clause without leaving the page: the same button, answered by the same address as without scripts.
export default function editClause(field) {
  const button = field.querySelector('button[value="preview"]');
  const shown = document.getElementById("edited-changes");
  const text = field.querySelector("textarea");
  text.addEventListener("input", () => text.toggleAttribute("data-unchanged", text.value === text.defaultValue && !shown.childElementCount));
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const body = new FormData(button.form);
    body.set("act", "preview");
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name); // files go with the form itself
    let answer;
    try {
      const response = await fetch(button.form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20000) });
      answer = response.ok ? await response.json() : undefined;
    } catch {
      answer = undefined;
    }
    const drawn = document.createElement("div");
    if (!answer || !answer.html) {
      drawn.className = "note";
      drawn.textContent = answer ? answer.unchanged : field.dataset.failed;
    } else {
      drawn.className = "clause clause--aside";
      drawn.lang = text.lang;
      drawn.innerHTML = answer.html; // made safe by the server, as on every other page
    }
    shown.replaceChildren(drawn);
  });
}
