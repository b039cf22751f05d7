// The field guide: signs ticked become possible kinds; words typed become situations. All of it stands in the page already; the script
// picks, orders and opens. What was picked stands in the address (#...), so that it can be kept and shared; nothing about a person does.
import {announce, element, every, must, refill} from '../core/start.js';

/** @typedef {{place: number, kind: HTMLElement, signs: string[], fits: HTMLElement[], copy?: HTMLElement}} Kind */

/** @param {HTMLElement} guide */
const setUp = (guide) => {
  /** @param {string} selector */
  const within = (selector) => must(selector, guide);
  /** @param {string} selector */
  const all = (selector) => every(selector, guide);
  const form = /** @type {HTMLFormElement} */ (within('[data-form]'));
  form.hidden = false;

  const asked = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch (_) { return ''; } };
  /** @param {string} text */
  const keep = (text) => history.replaceState(null, '', '#' + text);
  /** @param {string} prefix @param {(text: string) => void} restore what stands behind that in the address */
  const kept = (prefix, restore) => () => { if (asked().startsWith(prefix)) restore(asked().slice(prefix.length)); };

  // Open what the address names: a kind or a situation, also one that another page links to.
  const openNamed = () => {
    const place = asked() && document.getElementById(asked());
    const details = place && guide.contains(place) && place.querySelector('details');
    if (!details) return;
    details.open = true;
    place.scrollIntoView();
    must('summary', details).focus({preventScroll: true});
  };

  const kinds = () => {
    const PREFIX = 'tanda=';
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
    return kept(PREFIX, (text) => {
      const wanted = text.split(',');
      for (const box of boxes) box.checked = wanted.includes(box.value);
      show(false);
    });
  };

  const situations = () => {
    const PREFIX = 'cari=';
    const box = /** @type {HTMLInputElement} */ (within('[data-ask]')), count = within('[data-count]');
    const entries = all('.situations > li').map((place) => ({place, text: (place.textContent + ' ' + place.dataset.words).toLowerCase()}));
    /** @type {ReturnType<typeof setTimeout>} */
    let waiting;

    const show = () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const {place, text} of entries) place.hidden = !words.every((word) => text.includes(word));
      const left = entries.filter(({place}) => !place.hidden).length;
      for (const level of all('[data-level]')) level.hidden = !level.querySelector('.situations > li:not([hidden])');
      count.textContent = !words.length ? '' : left ? left + ' situasi cocok' : 'Tidak ada yang cocok. Coba kata lain, atau tanyakan ke Puskesos kelurahan. Ada bahaya: NTPD 112.';
      return words.length ? PREFIX + encodeURIComponent(box.value.trim()) : '';
    };

    box.addEventListener('input', () => {
      keep(show());
      clearTimeout(waiting); // said once the person pauses, not with every letter
      waiting = setTimeout(() => announce(count.textContent || 'Semua situasi ditampilkan'), 600);
    });
    for (const {place} of entries) {
      const details = /** @type {HTMLDetailsElement} */ (must('details', place));
      details.addEventListener('toggle', () => {
        if (details.open && asked() !== place.id) keep(place.id);
        else if (!details.open && asked() === place.id) keep(show());
      });
    }
    return kept(PREFIX, (text) => {
      box.value = text;
      show();
    });
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  const restore = guide.dataset.guide === 'kategori' ? kinds() : situations(); // what was picked, from the address
  restore();
  window.addEventListener('hashchange', restore);
  // The browser's own way to the named place, on load, would take the focus away again.
  if (document.readyState === 'complete') openNamed(); else window.addEventListener('load', openNamed);
  window.addEventListener('hashchange', openNamed);
};

every('[data-guide]').forEach(setUp);
