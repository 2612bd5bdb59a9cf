// Brings the reader to a summary of errors as soon as the page is there; over a slow line she may have gone on from it before this module is.
export default function focus(element) {
  if (document.activeElement === document.body) element.focus();
}
