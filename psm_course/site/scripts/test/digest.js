// The office's receipt code and the card's MAC.
import {digestOf, keyOf, macOf} from '../crypto/hashes.js';

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);
/** @param {Uint8Array} data */
const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * JSON with sorted keys and no space: the form the office computes over (psm_course/grading/submission.py, `canonical`).
 * @param {any} value
 * @returns {string}
 */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
};

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/**
 * Divide a number written in bytes, highest first, in place.
 * @param {Uint8Array} number
 * @param {number} by at most 256
 * @returns {number} what is left over
 */
const divide = (number, by) => number.reduce((rest, byte, at) => {
  number[at] = Math.floor((rest * 256 + byte) / by);
  return (rest * 256 + byte) % by;
}, 0);

/**
 * The office's receipt_code: anybody's typing error is noticed on the phone itself.
 * @param {object} document
 */
const receiptCode = (document) => {
  const number = digestOf(bytes(canonical(document))).slice(0, 8);
  const code = Array.from({length: 8}, () => ALPHABET[divide(number, ALPHABET.length)]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
};

/**
 * What signs with a card's code: psm_course/domain/card.py, `mac_key`.
 * @param {string} code
 */
const key = (code) => keyOf(bytes(code), bytes('psm-mac/1'));

export const digest = {
  /** @param {string} text */
  sha256: (text) => hex(digestOf(bytes(text))),
  /** @param {string} code @param {object} document */
  mac: (code, document) => hex(macOf(key(code), bytes(canonical(document)))),
  /** @param {string} code @param {string} number */
  proof: (code, number) => hex(macOf(key(code), bytes(`psm-pair/1|${number}`))),
  canonical,
  receiptCode,
};
