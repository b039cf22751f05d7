// How markers compare: letters, words and shares, as the office does (Python has the same in its markers).

// Python's idea of white space, which is not quite JavaScript's.
const SPACE = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g'), GAPS = new RegExp(`${SPACE}+`, 'g');

/** @param {string} text */
export const strip = (text) => text.replace(ENDS, '');

/**
 * Without case, accents and extra space, and with `sign` in the place of every punctuation mark and symbol.
 * Upper then lower case is JavaScript's nearest to folding case.
 * @param {string} text
 */
export const folded = (text, sign = '$&') => text.normalize('NFKD').toUpperCase().toLowerCase().replace(/ς/g, 'σ')
  .replace(/\p{M}/gu, '').replace(/[\p{P}\p{S}]/gu, sign).replace(GAPS, ' ').replace(/^ | $/g, '');

/** @type {(value: unknown) => value is string[]} */
export const isTexts = (value) => Array.isArray(value) && value.every((part) => typeof part === 'string');

/**
 * Whether a map from JSON has this key of its own.
 * @type {(map: object, key: any) => boolean}
 */
export const has = (map, key) => Object.keys(map).includes(key);

/**
 * The id that a label stands for; an id stands for itself. The page knows labels only, which do not tell the key.
 * @type {(labels: Record<string, string>, given: string) => string}
 */
export const meant = (labels, given) => (has(labels, given) ? labels[given] : given);

/**
 * A credit as a whole number of millionths; it has six decimals at most (psm_course/authoring/fields.py).
 * @param {string} credit
 */
export const millionths = (credit) => Math.round(Number(credit) * 1e6);
