// The page that stands in for one that is not stored: the way to try again, and what is at hand meanwhile.
(() => {
  const {element} = PSM, again = document.querySelector('[data-again]');
  if (location.hash.length > 1) again.href = (PSM.root || './') + decodeURIComponent(location.hash.slice(1));

  PSM.listStored = (stored) => {
    const list = document.querySelector('[data-stored]');
    const has = new Set(stored), root = new URL(PSM.root || './', location.href).href;
    const links = [...document.querySelectorAll('.brand, .menu a[href]')].filter((link) => has.has(link.href.slice(root.length).split('#')[0]));
    const items = links.map((link) => element('li', {}, element('a', {href: link.href}, (link.querySelector('span') || link).textContent)));
    list.textContent = '';
    if (items.length) list.append(element('h2', {}, 'Yang sudah tersimpan'), element('ul', {}, ...items));
  };
})();
