import {has, isTexts} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Beri nomor pada semua baris',
  mark: ({labels, rule, sequence}, response) => {
    if (!isTexts(response)) return null;
    const placed = response.map((part) => (has(labels, part) ? labels[part] : part));
    if (!placed.every((part) => sequence.includes(part)) || new Set(placed).size < placed.length) return null;
    if (rule === 'exact') return [placed.join() === sequence.join(), 1];
    const kept = placed.slice(1).filter((part, at) => sequence.indexOf(placed[at]) + 1 === sequence.indexOf(part)).length;
    return [kept, sequence.length - 1];
  },
};
