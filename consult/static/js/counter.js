// Says how many characters are left in a text field. The sentences come from the page: data-left="{n} characters left", data-over="{n} characters too many".
// Counts code points, as the server does.
export default function counter(field) {
  const said = document.getElementById(field.dataset.counter);
  const limit = Number(field.dataset.limit);
  const say = () => {
    const left = limit - [...field.value].length;
    const sentence = left < 0 ? said.dataset.over : said.dataset.left;
    said.textContent = sentence.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    said.dataset.state = left < 0 ? "over" : "within";
  };
  field.addEventListener("input", say);
  say();
}
