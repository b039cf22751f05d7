// The page that stands in for one that is not stored: the way to try again, and what is at hand meanwhile.
import {element, every, must, provide, refill, root} from '../core/start.js';

const again = /** @type {HTMLAnchorElement} */ (must('[data-again]')), base = root || './';
if (location.hash.length > 1) again.href = base + decodeURIComponent(location.hash.slice(1));

/** @param {string[]} addresses relative to the root */
const listStored = (addresses) => {
  const has = new Set(addresses), start = new URL(base, location.href).href.length;
  const all = /** @type {HTMLAnchorElement[]} */ (every('.brand, .menu a[href]'));
  const links = all.filter((link) => has.has(link.href.slice(start).split('#')[0]));
  const items = links.map((link) => element('li', {}, element('a', {href: link.href}, (link.querySelector('span') || link).textContent || '')));
  refill(must('[data-stored]'), ...(items.length ? [element('h2', {}, 'Yang sudah tersimpan'), element('ul', {}, ...items)] : []));
};

export const stored = provide('stored', {listStored});
