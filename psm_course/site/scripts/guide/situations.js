// Words typed become situations: all of them stand in the page already; the script hides the others.
import {every, must} from '../core/start.js';
import {announceAtPause, asked, begin, keep} from './guide.js';

const PREFIX = 'cari=';
const box = /** @type {HTMLInputElement} */ (must('[data-ask]')), count = must('[data-count]');
const entries = every('.situations > li').map((place) => ({place, text: (place.textContent + ' ' + place.dataset.words).toLowerCase()}));

const show = () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const {place, text} of entries) place.hidden = !words.every((word) => text.includes(word));
  const left = entries.filter(({place}) => !place.hidden).length;
  for (const level of every('[data-level]')) level.hidden = !level.querySelector('.situations > li:not([hidden])');
  for (const told of every('[data-level] > p')) must(words.length ? '.situations' : 'h2', /** @type {Element} */ (told.parentElement)).after(told); // what was asked for comes first
  count.textContent = !words.length ? '' : left ? left + ' situasi cocok' : 'Tidak ada yang cocok. Coba kata lain, atau tanyakan ke Puskesos kelurahan. Ada bahaya: NTPD 112.';
  return words.length ? PREFIX + encodeURIComponent(box.value.trim()) : '';
};

box.addEventListener('input', () => {
  keep(show());
  announceAtPause(count.textContent || 'Semua situasi ditampilkan');
});
for (const {place} of entries) {
  const details = /** @type {HTMLDetailsElement} */ (must('details', place));
  details.addEventListener('toggle', () => {
    if (details.open !== (asked() === place.id)) keep(details.open ? place.id : show());
  });
}
begin(PREFIX, (picked) => {
  box.value = picked;
  show();
});
