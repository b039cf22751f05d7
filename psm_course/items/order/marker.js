import {isTexts, meant} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker['lines']} */
const lines = ({labels, rule, sequence}, response) => {
  const places = response.map((/** @type {string} */ part) => sequence.indexOf(meant(labels, part)));
  // Of neighbours, a line is right where it follows the one before it; else it is right in its own place.
  return response.map((/** @type {string} */ part, /** @type {number} */ at) => [part, places[at] === (at && rule === 'pairs' ? places[at - 1] + 1 : at)]);
};

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Ketuk semua baris',
  lines,
  partly: (_scoring, response, right) => (right ? `${right} dari ${response.length} baris sudah tepat.` : ''),
  mark: (scoring, response) => {
    if (!isTexts(response)) return null;
    const {labels, rule, sequence} = scoring, placed = response.map((part) => meant(labels, part));
    if (!placed.every((part) => sequence.includes(part)) || new Set(placed).size < placed.length) return null;
    if (rule === 'exact') return [placed.join() === sequence.join(), 1];
    return [lines(scoring, response).slice(1).filter(([, isRight]) => isRight).length, sequence.length - 1];
  },
};
