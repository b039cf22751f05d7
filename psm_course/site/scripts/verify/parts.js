// What this page's program finds in the page's templates: the words it says, and parts of itself that few visits need. These come when they
// are first asked for.
(() => {
  const inTemplate = (kind, name) => document.querySelector(`[data-${kind}s]`).content.querySelector(`[data-${kind}="${name}"]`), coming = new Map();

  // A sentence, with what is given put in the place of each pair of braces.
  PSM.say = (name, ...given) => inTemplate('word', name).textContent.replace(/{}/g, () => given.shift());

  // A part could not be fetched. It may come another time.
  PSM.Missing = class extends Error {};

  const fetched = (name) => new Promise((resolve, reject) => {
    const script = document.importNode(inTemplate('part', name));
    script.onload = resolve;
    script.onerror = () => { script.remove(); coming.delete(name); reject(new PSM.Missing(name)); };
    document.head.append(script);
  });

  PSM.part = (name) => {
    if (!coming.has(name)) coming.set(name, fetched(name));
    return coming.get(name);
  };
})();
