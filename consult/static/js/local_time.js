// Adds the reader's own time to a closing or opening time: data-sentence="Your time: {time}". Nothing where it would say the same.
export default function localTime(element) {
  const instant = new Date(element.dateTime);
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (here === element.dataset.zone) return;
  const time = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(instant);
  const said = document.createElement("span");
  said.className = "own-time";
  said.textContent = element.dataset.sentence.replace("{time}", time);
  element.parentElement.append(said);  // behind the whole sentence, wherever the time stands in it
}
