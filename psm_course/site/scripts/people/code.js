// A card's code, as a person types it or a link holds it. The office's own is psm_course/domain/card.py; both are held to the same examples.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's: no I, L, O, U; who types I, L, O meant 1, 1, 0
/** @param {number} element */
const doubled = (element) => (element << 1) ^ (element & 16 ? 0b100101 : 0);

/**
 * 17 letters, of which the last checks the others; null where a letter is wrong, missing or in another's place.
 * @param {string} typed
 * @returns {string | null}
 */
export const readCode = (typed) => {
  const code = typed.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  if (!/^[0-9A-HJKMNP-TV-Z]{17}$/.test(code)) return null;
  const check = [...code.slice(0, -1)].reduce((sum, letter) => doubled(sum ^ LETTERS.indexOf(letter)), 0);
  return LETTERS[check] === code[16] ? code : null;
};
