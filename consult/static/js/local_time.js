// Adds the reader's own time to a closing or opening time: data-sentence="Your time: {time}". Nothing where it would say the same.
export default function localTime(element) {
  const instant = new Date(element.dateTime);
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (here === element.dataset.zone) return;
  let time = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(instant);
  if (language === "fr") time = time.replace(/^1 /, "1er ").replace(/0?(\d+):(\d\d)$/, "$1\u00a0h\u00a0$2");  // as the pages write it
  const said = document.createElement("span");
  said.className = "own-time";
  said.textContent = element.dataset.sentence.replace("{time}", time);
  element.parentElement.append(said);  // behind the whole sentence, wherever the time stands in it
}
