// The page that stands in for one that is not stored: the way to try again, and what is at hand meanwhile.
import {element, every, must, provide, refill} from '../core/start.js';

const again = /** @type {HTMLAnchorElement} */ (must('[data-again]'));
if (location.hash.length > 1) again.href = `./${decodeURIComponent(location.hash.slice(1))}`;

/** @param {string[]} addresses relative to the root */
const listStored = (addresses) => {
  const links = every('.brand, .menu a[href]').filter((link) => addresses.includes(link.getAttribute('href') || '')); // this page stands there too
  const items = links.map((link) => element('li', {}, element('a', {href: link.getAttribute('href')}, (link.querySelector('span') || link).textContent || '')));
  refill(must('[data-stored]'), ...(items.length ? [element('h2', {}, 'Yang sudah tersimpan'), element('ul', {}, ...items)] : []));
};

export const stored = provide('stored', {listStored});
