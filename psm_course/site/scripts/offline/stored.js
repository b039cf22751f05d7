// The page that stands in for one that is not stored: the way to try again, and what is at hand meanwhile.
import {element, provide, root as base} from '../core/start.js';

const again = document.querySelector('[data-again]');
if (location.hash.length > 1) again.href = (base || './') + decodeURIComponent(location.hash.slice(1));

const listStored = (stored) => {
  const list = document.querySelector('[data-stored]');
  const has = new Set(stored), root = new URL(base || './', location.href).href;
  const links = [...document.querySelectorAll('.brand, .menu a[href]')].filter((link) => has.has(link.href.slice(root.length).split('#')[0]));
  const items = links.map((link) => element('li', {}, element('a', {href: link.href}, (link.querySelector('span') || link).textContent)));
  list.textContent = '';
  if (items.length) list.append(element('h2', {}, 'Yang sudah tersimpan'), element('ul', {}, ...items));
};

export const stored = {listStored};
provide('stored', stored);
