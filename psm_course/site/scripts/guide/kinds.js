// Signs ticked become possible kinds: all of them stand in the page already; the script picks and orders.
import {announce, element, every, must, refill} from '../core/start.js';
import {begin} from './guide.js';

/** @typedef {{place: number, kind: HTMLElement, signs: string[], fits: HTMLElement[], copy?: HTMLElement}} Kind */

const PREFIX = 'tanda=';

/** @type {Parameters<typeof begin>[2]} */
const kinds = ({form, within, all, keep}) => {
  const boxes = /** @type {HTMLInputElement[]} */ (every('input', form));
  const found = within('[data-found]'), list = within('[data-list]'), first = within('[data-first]');
  const bar = within('[data-bar]'), jump = within('[data-jump]');
  /** @type {Kind[]} */
  const entries = all('.kind').map((kind, place) => ({place, kind, signs: (kind.dataset.signs || '').split(' '), fits: []}));

  /**
   * The found kinds are copies, each made once, so that one a person has opened stays open while more is ticked.
   * @param {Kind} entry
   */
  const copy = (entry) => {
    if (!entry.copy) {
      entry.copy = /** @type {HTMLElement} */ (entry.kind.cloneNode(true));
      entry.copy.removeAttribute('id');
      must('summary > span', entry.copy).append(element('span', {class: 'matched'}));
    }
    must('.matched', entry.copy).textContent = `Cocok: ${entry.fits.map(label).join('; ')}`;
    return entry.copy;
  };
  /** @param {HTMLElement} box */
  const label = (box) => (/** @type {HTMLElement} */ (box.parentNode).textContent || '').trim();

  /** @param {HTMLInputElement[]} ticked @param {boolean} danger */
  const showFirst = (ticked, danger) => {
    const routes = new Map(ticked.filter((box) => box.dataset.route).map((box) => [box.dataset.route, box.dataset.title]));
    first.hidden = !routes.size;
    first.className = danger ? 'urgent' : 'soon';
    refill(first,
      element('p', {}, element('strong', {}, danger ? 'Tanda bahaya. Hubungi bantuan dulu, jenisnya belakangan.' : 'Ada langkah khusus. Buka ini dulu.')),
      danger ? within('.danger .calls').cloneNode(true) : '',
      element('ul', {}, ...[...routes].map(([id, title]) => element('li', {}, element('a', {href: `ke-mana-merujuk.html#${id}`}, title || '')))));
  };

  /** @param {boolean} announced */
  const show = (announced) => {
    const ticked = boxes.filter((box) => box.checked);
    const fitting = entries
      .map((entry) => Object.assign(entry, {fits: ticked.filter((box) => entry.signs.includes(box.value))}))
      .filter((entry) => entry.fits.length)
      .sort((a, b) => b.fits.length - a.fits.length || b.fits.length / b.signs.length - a.fits.length / a.signs.length || a.place - b.place);
    refill(list, ...fitting.map(copy));
    for (const group of /** @type {HTMLDetailsElement[]} */ (every('details', form))) {
      const count = every(':checked', group).length;
      must('[data-ticked]', group).textContent = count ? count + ' dipilih' : '';
      if (count) group.open = true;
    }
    const danger = ticked.some((box) => 'urgent' in box.dataset);
    showFirst(ticked, danger);
    found.hidden = bar.hidden = !ticked.length;
    within('[data-guesses]').hidden = !fitting.length;
    const said = [danger && 'bahaya dulu', (fitting.length || !danger) && fitting.length + ' dugaan'].filter(Boolean).join(', ');
    jump.textContent = 'Lihat: ' + said;
    if (announced) {
      keep(ticked.length ? PREFIX + ticked.map((box) => box.value).join(',') : '');
      announce(ticked.length ? said + (fitting.length ? ', pertama ' + must('.name', fitting[0].kind).textContent : '') : 'Pilihan dikosongkan');
    }
  };

  form.addEventListener('change', () => show(true));
  form.addEventListener('reset', () => setTimeout(() => { show(true); must('summary', form).focus(); }));
  jump.addEventListener('click', (event) => {
    event.preventDefault(); // the address keeps what was ticked
    found.focus();
    found.scrollIntoView();
  });
  return (picked) => {
    const wanted = picked.split(',');
    for (const box of boxes) box.checked = wanted.includes(box.value);
    show(false);
  };
};

begin('kategori', PREFIX, kinds);
