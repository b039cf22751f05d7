// Signs ticked become possible kinds: all of them stand in the page already; the script picks and orders.
import {announce, element, every, must, refill} from '../core/start.js';
import {begin, keep} from './guide.js';

const PREFIX = 'tanda=';
const form = /** @type {HTMLFormElement} */ (must('[data-form]')), boxes = /** @type {HTMLInputElement[]} */ (every('input', form));
const found = must('[data-found]'), first = must('[data-first]'), jump = must('[data-jump]');

// The found kinds are copies, each made once, so that one a person has opened stays open while more is ticked.
const entries = every('.kind').map((kind) => {
  const copy = /** @type {HTMLElement} */ (kind.cloneNode(true)), matched = element('span', {class: 'matched'});
  copy.removeAttribute('id');
  must('summary > span', copy).append(matched);
  return {copy, matched, signs: (kind.dataset.signs || '').split(' ')};
});
/** @param {HTMLElement} box */
const label = (box) => (/** @type {HTMLElement} */ (box.parentNode).textContent || '').trim();

/** @param {HTMLInputElement[]} ticked @param {boolean} danger */
const showFirst = (ticked, danger) => {
  const routes = new Map(ticked.filter((box) => box.dataset.route).map((box) => [box.dataset.route, box.dataset.title]));
  first.hidden = !routes.size;
  first.className = danger ? 'urgent' : 'soon';
  refill(first,
    element('p', {}, element('strong', {}, danger ? 'Tanda bahaya. Hubungi bantuan dulu, jenisnya belakangan.' : 'Ada langkah khusus. Buka ini dulu.')),
    danger ? must('.danger .calls').cloneNode(true) : '',
    element('ul', {}, ...[...routes].map(([id, title]) => element('li', {}, element('a', {href: `ke-mana-merujuk.html#${id}`}, title || '')))));
};

/** @param {boolean} announced */
const show = (announced) => {
  const ticked = boxes.filter((box) => box.checked);
  const fitting = entries
    .map((entry) => ({...entry, fits: ticked.filter((box) => entry.signs.includes(box.value))}))
    .filter(({fits}) => fits.length)
    .sort((a, b) => b.fits.length - a.fits.length || b.fits.length / b.signs.length - a.fits.length / a.signs.length); // else as in the page
  for (const {matched, fits} of fitting) matched.textContent = `Cocok: ${fits.map(label).join('; ')}`;
  refill(must('[data-list]'), ...fitting.map(({copy}) => copy));
  for (const group of /** @type {HTMLDetailsElement[]} */ (every('details', form))) {
    const count = every(':checked', group).length;
    must('[data-ticked]', group).textContent = count ? count + ' dipilih' : '';
    if (count) group.open = true;
  }
  const danger = ticked.some((box) => 'urgent' in box.dataset);
  showFirst(ticked, danger);
  found.hidden = must('[data-bar]').hidden = !ticked.length;
  must('[data-guesses]').hidden = !fitting.length;
  const said = [danger && 'bahaya dulu', (fitting.length || !danger) && fitting.length + ' dugaan'].filter(Boolean).join(', ');
  jump.textContent = 'Lihat: ' + said;
  if (!announced) return;
  keep(ticked.length ? PREFIX + ticked.map((box) => box.value).join(',') : '');
  announce(ticked.length ? said + (fitting.length ? ', pertama ' + must('.name', fitting[0].copy).textContent : '') : 'Pilihan dikosongkan');
};

form.addEventListener('change', () => show(true));
form.addEventListener('reset', () => setTimeout(() => { show(true); must('summary', form).focus(); }));
jump.addEventListener('click', (event) => {
  event.preventDefault(); // the address keeps what was ticked
  found.focus();
  found.scrollIntoView();
});
begin(PREFIX, (picked) => {
  const wanted = picked.split(',');
  for (const box of boxes) box.checked = wanted.includes(box.value);
  show(false);
});
