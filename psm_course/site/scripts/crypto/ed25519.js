// Whether somebody signed a message (Ed25519, RFC 8032), for browsers whose own cryptography lacks it (it came in 2025) and pages on plain
// http, where there is none. Needs BigInt. The points of the curve and SHA-512 are noble's; the rule of what counts is stricter than noble's
// own `verify`, and the same as OpenSSL's, by which the office checks (decision 0101).
import {Point} from '../../vendor/noble-ed25519/index.js';
import {sha512} from '../../vendor/noble-hashes/sha2.js';

const {n: ORDER} = Point.CURVE(), TEETH = [0n, 64n, 128n, 192n];

/** @param {Uint8Array} bytes lowest first */
const number = (bytes) => BigInt(`0x${[...bytes].reverse().map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);

/**
 * A comb of four teeth: the sums of a point's multiples by 2^0, 2^64, 2^128 and 2^192, sixteen points where noble's own `multiply` makes
 * four thousand. It takes as long as one signature did without; every further one by the key, a third. Nothing here is secret.
 * @param {Point} point
 */
const combOf = (point) => {
  let tooth = point;
  return TEETH.reduce((sums, from) => {
    for (let at = 0n; from && at < 64n; at += 1n) tooth = tooth.double();
    return sums.concat(sums.map((sum) => sum.add(tooth)));
  }, [Point.ZERO]);
};
/** @param {bigint} times @param {bigint} bit @returns {number} the place in a comb: the number's bits under its teeth */
const under = (times, bit) => TEETH.reduce((place, from, at) => place + (Number((times >> (from + bit)) & 1n) << at), 0);

const base = combOf(Point.BASE);
/** @type {Map<string, Point[]>} of a page's keys, which are few */
const combs = new Map();

/**
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} signature 64 bytes
 * @param {Uint8Array} message
 */
export const hasSigned = (key, signature, message) => {
  if (key.length !== 32 || signature.length !== 64) return false;
  const first = signature.subarray(0, 32), s = number(signature.subarray(32)), name = key.join();
  if (s >= ORDER) return false;
  try { if (!combs.has(name)) combs.set(name, combOf(Point.fromBytes(key, true).negate())); } catch { return false; } // no point of the curve
  const own = /** @type {Point[]} */ (combs.get(name)), h = number(sha512(Uint8Array.from([...first, ...key, ...message]))) % ORDER;
  let sum = Point.ZERO;
  for (let bit = 63n; bit >= 0n; bit -= 1n) sum = sum.double().add(base[under(s, bit)]).add(own[under(h, bit)]);
  // Byte for byte, and without a cofactor: what noble takes for good beyond that, no other checker does.
  return sum.toBytes().every((byte, at) => byte === first[at]);
};
