// Words typed become situations: all of them stand in the page already; the script hides the others.
import {announce, must} from '../core/start.js';
import {begin} from './guide.js';

const PREFIX = 'cari=';

/** @type {Parameters<typeof begin>[2]} */
const situations = ({within, all, asked, keep}) => {
  const box = /** @type {HTMLInputElement} */ (within('[data-ask]')), count = within('[data-count]');
  const entries = all('.situations > li').map((place) => ({place, text: (place.textContent + ' ' + place.dataset.words).toLowerCase()}));
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;

  const show = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const {place, text} of entries) place.hidden = !words.every((word) => text.includes(word));
    const left = entries.filter(({place}) => !place.hidden).length;
    for (const level of all('[data-level]')) level.hidden = !level.querySelector('.situations > li:not([hidden])');
    for (const told of all('[data-level] > p')) must(words.length ? '.situations' : 'h2', /** @type {Element} */ (told.parentElement)).after(told); // what was asked for comes first
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
  return (picked) => {
    box.value = picked;
    show();
  };
};

begin('rujukan', PREFIX, situations);
