// Whether a receipt is signed by one of these log keys, over exactly what stands there. The same as psm_course/credentials/verification/receipts.py.
import {fromMultibase} from './bytes.js';

/** @typedef {{multikey: string, retired: string | null}} LogKey as it is listed */
/** @typedef {(key: Uint8Array, signature: Uint8Array, message: Uint8Array) => boolean | Promise<boolean>} Check */

/**
 * The page of a test has another `bytes` and `hasSigned` than the page for checking.
 * @param {Record<string, any>} receipt
 * @param {LogKey[]} keys
 * @param {(value: object) => Uint8Array} bytes gives an object's canonical form
 * @param {Check} hasSigned
 * @returns {Promise<['tampered'] | ['unknown_issuer'] | ['valid', LogKey]>} verdict, and the key that signed
 */
export const receiptSigner = async (receipt, keys, bytes, hasSigned) => {
  if (typeof receipt.key !== 'string') return ['tampered'];
  const key = keys.find(({multikey}) => multikey === receipt.key);
  if (!key) return ['unknown_issuer'];
  const {signature: written, ...unsigned} = receipt;
  const message = bytes(unsigned), signature = fromMultibase(written), listed = fromMultibase(key.multikey);
  return signature && listed && await hasSigned(listed.slice(2), signature, message) ? ['valid', key] : ['tampered'];
};
