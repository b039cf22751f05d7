// SHA-256 and what is made of it, without WebCrypto, which a page on a hall's plain HTTP does not have. No BigInt in here: practice and tests
// run in browsers that have none.
import './older_browsers.js';
import {hmac} from '../../vendor/noble-hashes/hmac.js';
import {sha256} from '../../vendor/noble-hashes/sha2.js';

/** Of bytes, 32 bytes. @type {(data: Uint8Array) => Uint8Array} */
export const digestOf = sha256;

/**
 * HMAC-SHA256 (RFC 2104).
 * @param {Uint8Array} key
 * @param {Uint8Array} data
 * @returns {Uint8Array} 32 bytes
 */
export const macOf = (key, data) => hmac(sha256, key, data);

/**
 * HKDF-SHA256 (RFC 5869) without a salt, its first 32 bytes: that is two times HMAC. noble's own would cost 390 bytes more.
 * @param {Uint8Array} secret
 * @param {Uint8Array} purpose
 */
export const keyOf = (secret, purpose) => macOf(macOf(new Uint8Array(32), secret), Uint8Array.from([...purpose, 1]));
