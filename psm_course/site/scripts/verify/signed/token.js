// The QR's token: a COSE_Sign1 over deterministic CBOR, in the fragment of an address. The same as psm_course/credentials/formats/token.py.
import {say} from '../parts.js';
import {fromBase64Url, joined} from './bytes.js';
import {areTexts, refuse} from './json.js';

const KINDS = ['attended', 'passed'], CLAIM = -65537, EXPIRES = 4, ALGORITHM = 1, KID = 4, EDDSA = -8, SIGN1 = 18;
const LONGEST = 4000, DIGEST = 12, DAY = 86400000, FIRST_DAY = -719162, LAST_DAY = 2932896; // the years 1 to 9999
// What Python takes for space at the ends of a text.
const ENDS = /^(?:[^\S\ufeff]|[\x1c-\x1f\x85])+|(?:[^\S\ufeff]|[\x1c-\x1f\x85])+$/g;

/** @returns {never} */
const noCode = () => refuse(say('no-code'));
/** @param {unknown} is */
const check = (is) => { if (!is) noCode(); };

// ---- CBOR in its one proper form: what could be written in two ways could be changed unseen ----------------------------------------
/**
 * @param {Uint8Array} bytes
 * @returns {any}
 */
const load = (bytes) => {
  let at = 0;
  /** @param {number} size */
  const some = (size) => { check(size <= bytes.length - at); at += size; return bytes.subarray(at - size, at); };
  /**
   * A count in the fewest bytes that hold it; beyond exact numbers it is more than anything that is counted here, and rounded.
   * @param {number} info
   */
  const count = (info) => {
    if (info < 24) return info;
    check(info < 28);
    const found = some(1 << (info - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    check(found >= [24, 0x100, 0x10000, 0x100000000][info - 24]);
    return found;
  };
  /** @param {Uint8Array} raw */
  const text = (raw) => { try { return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(raw); } catch { return noCode(); } };
  /** @param {number} length @param {number} depth */
  const map = (length, depth) => {
    const found = new Map();
    let before = '';
    for (let left = length; left > 0; left -= 1) {
      const from = at, key = value(depth), raw = String.fromCharCode(at - from, ...bytes.subarray(from, at)); // the shorter ones first
      check(before < raw);
      before = raw;
      found.set(key, value(depth));
    }
    return found;
  };
  /**
   * @param {number} depth
   * @returns {any}
   */
  const value = (depth) => {
    check(depth < 8);
    const [first] = some(1), info = first & 31;
    if (first >> 5 === 7) { check(first === 0xf6); return null; }
    const size = count(info);
    switch (first >> 5) {
      case 0: return size;
      case 1: return -1 - size;
      case 2: return some(size);
      case 3: return text(some(size));
      case 4:
        check(size <= bytes.length);
        return Array.from({length: size}, () => value(depth + 1));
      case 5: return map(size, depth + 1);
      default: return {tag: size, value: value(depth + 1)};
    }
  };
  const whole = value(0);
  check(at === bytes.length);
  return whole;
};

/** @param {number} kind @param {number} length */
const head = (kind, length) => (length < 24 ? [kind | length] : length < 256 ? [kind | 24, length] : [kind | 25, length >> 8, length & 255]);
/** @param {Uint8Array} protectedPart @param {Uint8Array} payload */
const toSign = (protectedPart, payload) => joined(
  [0x84, 0x6a, ...new TextEncoder().encode('Signature1')], head(0x40, protectedPart.length), protectedPart, [0x40], head(0x40, payload.length), payload,
);

/** @param {unknown} value @returns {value is Uint8Array} */
const isBytes = (value) => value instanceof Uint8Array;
// A name with accents stands in the bytes of Windows-1252; five of them are no letter, and browsers make a control character of those.
/** @param {any} given */
const nameOf = (given) => {
  if (!isBytes(given) || given.every((byte) => byte < 128)) return given;
  const name = new TextDecoder('windows-1252').decode(given);
  check(!/[\x80-\x9f]/.test(name));
  return name;
};
/** @param {number} number */
const dayOf = (number) => {
  check(number >= FIRST_DAY && number <= LAST_DAY);
  return new Date(number * DAY).toISOString().slice(0, 10);
};

/**
 * @param {string} given the text of a QR, or what stands behind # in it
 * @throws {Unreadable}
 */
export const parseToken = (given) => {
  check(given.length <= LONGEST || (given.length <= 2 * LONGEST && [...given].length <= LONGEST));
  const fragment = /** @type {string} */ (given.replace(ENDS, '').split('#').pop());
  const whole = load(fromBase64Url(fragment) || noCode());
  check(whole && whole.tag === SIGN1 && Array.isArray(whole.value) && whole.value.length === 4);
  const [protectedPart, unprotected, payload, signature] = whole.value;
  check(isBytes(protectedPart) && unprotected instanceof Map && unprotected.size === 0 && isBytes(payload) && isBytes(signature));
  const header = load(protectedPart), claims = load(payload);
  check(header instanceof Map && header.size === 2 && header.get(ALGORITHM) === EDDSA && isBytes(header.get(KID)));
  check(claims instanceof Map && Array.isArray(claims.get(CLAIM)) && claims.size === (claims.has(EXPIRES) ? 2 : 1));
  const facts = claims.get(CLAIM), expires = claims.has(EXPIRES) ? claims.get(EXPIRES) : null;
  check(facts.length === 9 || facts.length === 10);
  const [digest, written, numberPart, participant, kelurahan, kind, issued, score, position, signed = issued] = facts, name = nameOf(written);
  check(isBytes(digest) && digest.length === DIGEST && areTexts(name, numberPart, participant, kelurahan) && (score === null || areTexts(score)));
  check([kind, issued, position, signed].every(Number.isInteger) && (expires === null || Number.isInteger(expires)) && kind >= 0 && kind < KINDS.length && position >= 0);
  return {
    kid: header.get(KID), digest, numberPart, position, expires, signature, signedOn: dayOf(signed), message: toSign(protectedPart, payload),
    facts: {kind: KINDS[kind], participant, name, kelurahan, issued_on: dayOf(issued), score},
  };
};
