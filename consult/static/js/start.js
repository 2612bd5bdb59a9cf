// Loads static/js/<name>.js for every element with data-module="<name>" and calls its default export with the element.
// Pages are complete without scripts; what is loaded here only adds to them.
for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    import(`./${name}.js`).then((module) => module.default(element));
  }
}
