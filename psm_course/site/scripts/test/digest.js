// The office's receipt code and the card's MAC. Runs under Node too.
import {canonical} from '../crypto/canonical.js';
import {digestOf, keyOf, macOf} from '../crypto/hashes.js';
import {shortCode} from '../crypto/short_code.js';

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);
/** @param {Uint8Array} data */
const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What signs with a card's code: psm_course/domain/card.py, `mac_key`.
 * @param {string} code
 */
const key = (code) => keyOf(bytes(code), bytes('psm-mac/1'));

export const digest = {
  canonical, // as psm_course/grading/submission.py has it
  /** Anybody's typing error is noticed on the phone itself. @param {object} document */
  receiptCode: (document) => shortCode(digestOf(bytes(canonical(document)))),
  /** @param {string} text */
  sha256: (text) => hex(digestOf(bytes(text))),
  /** @param {string} code @param {object} document */
  mac: (code, document) => hex(macOf(key(code), bytes(canonical(document)))),
  /** @param {string} code @param {string} number */
  proof: (code, number) => hex(macOf(key(code), bytes(`psm-pair/1|${number}`))),
};
