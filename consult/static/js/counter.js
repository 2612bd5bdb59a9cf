// Says how many characters are left in a text field. The sentences come from the page: data-left="{n} characters left", data-over="{n} characters too many".
// Counts code points, as the server does. Read aloud only where the end is near, and when typing pauses.
const NEAR = 0.1, PAUSE = 800;

export default function counter(field) {
  const said = document.getElementById(field.dataset.counter);
  const limit = Number(field.dataset.limit);
  const count = () => limit - [...field.value].length;
  let timer;
  const say = () => {
    const left = count();
    const sentence = left < 0 ? said.dataset.over : said.dataset.left;
    said.textContent = sentence.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    said.dataset.state = left < 0 ? "over" : "within";
  };
  field.addEventListener("input", () => {
    const near = count() < limit * NEAR;
    said.setAttribute("aria-live", near ? "polite" : "off");
    clearTimeout(timer);
    timer = setTimeout(say, near ? PAUSE : 0);
  });
  say();
}
