import {meant} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Pilih pasangan untuk semua baris',
  lines: ({labels}, response) => Object.keys(response).map((left) => [left, meant(labels, response[left]) === left]),
  partly: ({pairs}, _response, right) => (right ? `${right} dari ${pairs.length} pasangan sudah tepat.` : ''),
  mark: ({labels, pairs}, response) => {
    if (typeof response !== 'object' || Array.isArray(response)) return null;
    const joined = Object.entries(response).filter(([, chosen]) => chosen !== null && chosen !== '').map(([left, chosen]) => [left, meant(labels, chosen)]);
    const sides = Object.keys(response).concat(joined.map(([, right]) => right));
    if (!sides.every((side) => pairs.includes(side))) return null;
    return joined.length ? [joined.filter(([left, right]) => left === right).length, pairs.length] : 'blank';
  },
};
