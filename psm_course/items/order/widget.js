// Tap the line that comes next: it moves up to the others that have their place. Tapped again it is taken back, and the others close up.
import {announce, every, must} from '../../site/scripts/core/start.js';
import {list, tick, ticked} from '../../site/scripts/practice/fields.js';

/** @param {HTMLElement} item */
const lines = (item) => every('.placed', item);

/** @type {(item: HTMLElement, placed: string[]) => void} */
const put = (item, placed) => {
  const rank = (/** @type {HTMLElement} */ line) => (placed.indexOf(must('input', line, HTMLInputElement).value) + 1 || placed.length + 1);
  tick(item, placed);
  lines(item).sort((one, other) => rank(one) - rank(other)).forEach((line, at) => {
    const there = lines(item)[at];
    if (there !== line) there.before(line); // a slow phone feels every line that is moved without need
  });
};

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: ticked,
  fill: (item, response) => put(item, list(response)),
  isWhole: (item, response) => list(response).filter(Boolean).length >= lines(item).length,
  watch: (item) => (changed) => {
    const placed = ticked(item); // the one ticked last comes last, for those placed before stand above all others
    put(item, placed);
    changed.focus({preventScroll: true}); // it lost the focus as it moved
    announce(changed.checked ? `Urutan ke-${placed.length} dari ${lines(item).length}.` : 'Diambil kembali.');
  },
};
