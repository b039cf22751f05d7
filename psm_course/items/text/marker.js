import {folded} from '../../site/scripts/practice/comparing.js';

/**
 * What is left between their common beginning and their common end is one letter at most, on either side.
 * @param {string} one @param {string} other
 */
const isOneEditApart = (one, other) => {
  const a = [...one], b = [...other];
  while (a.length && a[0] === b[0]) { a.shift(); b.shift(); }
  while (a.length && a[a.length - 1] === b[b.length - 1]) { a.pop(); b.pop(); }
  return Math.max(a.length, b.length) === 1;
};

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Tulis jawaban Anda',
  mark: ({accept}, response) => {
    if (typeof response !== 'string' || [...response].length > 200) return null;
    const written = ['', ' '].map((sign) => folded(response, sign)); // Jum'at is Jumat, and UPTD-PPA is UPTD PPA
    if (written.some((spelling) => accept.includes(spelling))) return [1, 1];
    return written.some((spelling) => accept.some((/** @type {string} */ accepted) => isOneEditApart(spelling, accepted))) ? 'review' : [0, 1];
  },
};
