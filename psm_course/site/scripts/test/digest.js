// The office's receipt code and the card's MAC. Runs under Node too.
import {digestOf, keyOf, macOf} from '../crypto/hashes.js';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

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

/**
 * The office's receipt_code: anybody's typing error is noticed on the phone itself.
 * @param {object} document
 */
const receiptCode = (document) => {
  const number = digestOf(bytes(canonical(document))).slice(0, 8); // written to the base 256; divided until eight digits to the base 31 are left over
  const digits = [...number].map(() => number.reduce((left, byte, at) => {
    const whole = left * 256 + byte;
    number[at] = Math.floor(whole / ALPHABET.length);
    return whole % ALPHABET.length;
  }, 0));
  return digits.map((digit) => ALPHABET[digit]).join('').replace(/^.{4}/, '$&-');
};

/**
 * What signs with a card's code: psm_course/domain/card.py, `mac_key`.
 * @param {string} code
 */
const key = (code) => keyOf(bytes(code), bytes('psm-mac/1'));

export const digest = {
  canonical,
  receiptCode,
  /** @param {string} text */
  sha256: (text) => hex(digestOf(bytes(text))),
  /** @param {string} code @param {object} document */
  mac: (code, document) => hex(macOf(key(code), bytes(canonical(document)))),
  /** @param {string} code @param {string} number */
  proof: (code, number) => hex(macOf(key(code), bytes(`psm-pair/1|${number}`))),
};
