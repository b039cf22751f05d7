import {folded, strip} from '../../site/scripts/practice/comparing.js';
import {isWithin, PLACES} from './decimals.js';

const THOUSANDS = /^([+-]?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/;
const PLAIN = /^([+-]?\d+)(?:[.,](\d+))?$/;

/**
 * A number as the office writes it, with a point; null where the text is none.
 * @param {string} text
 */
const readNumber = (text) => {
  const writtenAs = strip(text).replace(/\u2212/g, '-');
  const found = THOUSANDS.exec(writtenAs) || PLAIN.exec(writtenAs);
  return found && writtenAs.length <= PLACES ? `${found[1].replace(/\./g, '')}.${found[2] || ''}` : null;
};

/**
 * With the item's own unit after it or before it, or with none.
 * @param {string} text @param {string} [unit]
 */
const read = (text, unit) => {
  const around = unit ? folded(text).split(unit).map((part) => part.replace(/^[ .]+|[ .]+$/g, '')) : [];
  return readNumber(text) || (around.length === 2 && around.includes('') ? readNumber(around.join('')) : null);
};

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Tulis angkanya',
  unreadable: 'Tulis angka saja, misalnya 12 atau 12,5.',
  mark: ({answer, tolerance, unit}, response) => {
    const written = typeof response === 'string' && read(response, unit);
    return written && [isWithin(written, answer, tolerance), 1];
  },
};
