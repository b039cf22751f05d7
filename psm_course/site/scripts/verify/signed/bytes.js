// Bytes put together, and out of and into the texts that keys, signatures and digests are written in.
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** @param {...ArrayLike<number>} parts */
export const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
  return all;
};

/** @param {Uint8Array} bytes */
export const latin = (bytes) => new TextDecoder('latin1').decode(bytes); // one letter a byte, as Windows-1252 has them

/** @param {ArrayLike<number>} bytes */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {string} text pairs of digits */
export const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));

/**
 * From base64 in its one proper form; null when it is not.
 * @param {string} text
 */
export const fromBase64 = (text) => {
  try {
    const raw = atob(text);
    return btoa(raw) === text ? Uint8Array.from(raw, (letter) => letter.charCodeAt(0)) : null;
  } catch { return null; }
};

/**
 * From base64url without padding; null when it is not.
 * @param {string} text
 */
export const fromBase64Url = (text) => (
  /[+/=]/.test(text) ? null : fromBase64(text.replace(/-/g, '+').replace(/_/g, '/').padEnd(Math.ceil(text.length / 4) * 4, '=')));

/**
 * From base58btc; null when it is not.
 * @param {unknown} text
 */
export const fromMultibase = (text) => {
  if (typeof text !== 'string' || text[0] !== 'z' || text.length > 128) return null;
  /** @type {number[]} the lowest first */
  const bytes = [], [, ones, letters] = /** @type {string[]} */ (/^z(1*)([^]*)$/.exec(text));
  for (const letter of letters) {
    let carry = ALPHABET.indexOf(letter);
    if (carry < 0) return null;
    for (let at = 0; at < bytes.length || carry; at += 1) { carry += (bytes[at] || 0) * 58; bytes[at] = carry & 255; carry >>= 8; }
  }
  return Uint8Array.from([...new Array(ones.length).fill(0), ...bytes.reverse()]);
};
