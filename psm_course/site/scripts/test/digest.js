// The office's receipt code and the card's MAC. Runs under Node too.
import {sha256} from '../core/sha256.js';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);
/** @param {Uint8Array} data */
const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {Uint8Array} one @param {Uint8Array} other */
const joined = (one, other) => { const all = new Uint8Array(one.length + other.length); all.set(one); all.set(other, one.length); return all; };

/** @param {Uint8Array} key @param {Uint8Array} data */
const hmac = (key, data) => { // RFC 2104
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const padded = (/** @type {number} */ sign) => block.map((byte) => byte ^ sign);
  return sha256(joined(padded(0x5c), sha256(joined(padded(0x36), data))));
};

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
  const number = sha256(bytes(canonical(document))).slice(0, 8); // written to the base 256; divided until eight digits to the base 31 are left over
  const digits = [...number].map(() => number.reduce((left, byte, at) => {
    const whole = left * 256 + byte;
    number[at] = Math.floor(whole / ALPHABET.length);
    return whole % ALPHABET.length;
  }, 0));
  return digits.map((digit) => ALPHABET[digit]).join('').replace(/^.{4}/, '$&-');
};

/**
 * HKDF-SHA256 (RFC 5869) of a card's code: psm_course/domain/card.py, `mac_key`.
 * @param {string} code
 */
const key = (code) => hmac(hmac(new Uint8Array(32), bytes(code)), bytes('psm-mac/1\u0001'));

export const digest = {
  canonical,
  receiptCode,
  /** @param {string} text */
  sha256: (text) => hex(sha256(bytes(text))),
  /** @param {string} code @param {object} document */
  mac: (code, document) => hex(hmac(key(code), bytes(canonical(document)))),
  /** @param {string} code @param {string} number */
  proof: (code, number) => hex(hmac(key(code), bytes(`psm-pair/1|${number}`))),
};
