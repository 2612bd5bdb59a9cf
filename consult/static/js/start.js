// Loads static/js/<name>.js for every element with data-module="<name>" and calls its default export with the element.
// Pages are complete without scripts; what is loaded here only adds to them.
const TRIES = 4;

// A browser remembers a module that did not come over a bad line as missing: another address asks for it again.
async function load(name) {
  for (let n = 1; ; n++) {
    try {
      return await import(n === 1 ? `./${name}.js` : `./${name}.js?${n}`);
    } catch (error) {
      if (n === TRIES || !(error instanceof TypeError)) throw error;
      await new Promise((go) => setTimeout(go, 1000 * n));
    }
  }
}

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    load(name).then((module) => module.default(element));
  }
}
