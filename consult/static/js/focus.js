// Brings the reader to a summary of errors as soon as the page is there.
export default function focus(element) {
  element.focus();
}
