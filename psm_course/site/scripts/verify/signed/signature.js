// Digests, signatures (Ed25519, RFC 8032) and unpacking: by the browser itself where it can; else by a part that then comes along.
import {need} from '../parts.js';

/** @typedef {Uint8Array<ArrayBuffer>} Bytes as the browser's own cryptography wants them */

const subtle = self.crypto && crypto.subtle, NAME = {name: 'Ed25519'};
export let isLacking = !subtle;

/** Chrome of before 2018 and Safari of before 2020 have no BigInt: they can check no signature. */
export const canCheck = typeof BigInt === 'function';

/** @param {string} algorithm @param {Uint8Array} bytes */
const summed = async (algorithm, bytes) => new Uint8Array(await subtle.digest(algorithm, /** @type {Bytes} */ (bytes)));

/**
 * SHA-256.
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 */
export const digest = async (bytes) => (subtle ? summed('SHA-256', bytes) : (await need('hashes')).digestOf(bytes));

/**
 * SHA-1, which names things only.
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 */
export const nameOf = async (bytes) => (subtle ? summed('SHA-1', bytes) : (await need('hashes')).nameOf(bytes));

/**
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} signature
 * @param {Uint8Array} message
 * @returns {Promise<boolean>}
 * @throws {Missing | TypeError} this browser can check no signature
 */
export const hasSigned = async (key, signature, message) => {
  if (!isLacking) {
    try { return await subtle.verify(NAME, await subtle.importKey('raw', /** @type {Bytes} */ (key), NAME, false, ['verify']), /** @type {Bytes} */ (signature), /** @type {Bytes} */ (message)); } catch { isLacking = true; }
  }
  if (!canCheck) throw new TypeError('no BigInt');
  return (await need('ed25519')).hasSigned(key, signature, message);
};

/**
 * What gzip packed, whole: only what the office has signed is unpacked.
 * @param {Uint8Array} packed
 * @param {number} limit where unpacking stops that is not the browser's
 */
export const gunzip = async (packed, limit) => {
  if (!self.DecompressionStream) return (await need('inflate')).gunzip(packed, limit);
  const {readable, writable} = new DecompressionStream('gzip'), writer = writable.getWriter();
  const [all] = await Promise.all([new Response(readable).arrayBuffer(), writer.write(/** @type {Bytes} */ (packed)), writer.close()]);
  return new Uint8Array(all);
};
