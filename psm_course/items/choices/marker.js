import {isTexts} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Centang pilihan Anda',
  partly: ({correct}, response) => (isTexts(response) && response.every((id) => correct.includes(id)) ? 'Pilihan Anda tepat, tetapi masih ada yang kurang.' : ''),
  mark: (scoring, response) => {
    if (!isTexts(response) || !response.every((id) => scoring.choices.includes(id))) return null;
    const ticked = [...new Set(response)], correct = scoring.correct.length, everything = scoring.choices.length;
    const right = ticked.filter((id) => scoring.correct.includes(id)).length, wrong = ticked.length - right;
    /** @type {Record<string, [number | boolean, number]>} */
    const shares = {
      net: [Math.max(right - wrong, 0), correct],
      exact: [right === correct && !wrong, 1],
      share: [right + everything - correct - wrong, everything],
    };
    return [...shares[scoring.rule], ticked.some((id) => scoring.critical.includes(id))];
  },
};
