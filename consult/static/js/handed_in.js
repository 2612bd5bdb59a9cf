// On the receipt and in the basket: what this tab was sending has arrived, so a form opened anew begins empty. Back still finds the words, and the
// same key.
export default function handedIn() {
  for (const place of Object.keys(sessionStorage).filter((key) => key.startsWith("typed:"))) {
    const kept = JSON.parse(sessionStorage.getItem(place));
    if (kept.state === "submitting") sessionStorage.setItem(place, JSON.stringify({ ...kept, state: "arrived" }));
  }
  for (const place of Object.keys(localStorage).filter((key) => key.startsWith("unsent:"))) {
    if (JSON.parse(localStorage.getItem(place)).state === "submitting") localStorage.removeItem(place);
  }
}
