// Whether somebody signed a message (Ed25519, RFC 8032), for browsers whose own cryptography lacks it (it came in 2025) and pages on plain
// http, where there is none. Needs BigInt. The points of the curve and SHA-512 are noble's; the rule of what counts is stricter than noble's
// own `verify`, and the same as OpenSSL's, by which the office checks (decision 0101).
import {Point} from '../../vendor/noble-ed25519/index.js';
import {sha512} from '../../vendor/noble-hashes/sha2.js';

const {n: ORDER} = Point.CURVE();

/** @param {Uint8Array} bytes lowest first */
const number = (bytes) => BigInt(`0x${[...bytes].reverse().map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);

/**
 * A multiple of a point, by doubling. Nothing here is secret, so it does not matter what its time tells; noble's `multiply` would first
 * make a table of four thousand points.
 * @param {Point} point
 * @param {bigint} times
 */
const multiple = (point, times) => {
  let sum = Point.ZERO, power = point;
  for (let left = times; left; left >>= 1n) {
    if (left & 1n) sum = sum.add(power);
    power = power.double();
  }
  return sum;
};

/**
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} signature 64 bytes
 * @param {Uint8Array} message
 */
export const hasSigned = (key, signature, message) => {
  if (key.length !== 32 || signature.length !== 64) return false;
  const first = signature.subarray(0, 32), s = number(signature.subarray(32));
  if (s >= ORDER) return false;
  /** @type {Point} */
  let own;
  try { own = Point.fromBytes(key, true); } catch { return false; } // no point of the curve
  const h = number(sha512(Uint8Array.from([...first, ...key, ...message]))) % ORDER;
  // Byte for byte, and without a cofactor: what noble takes for good beyond that, no other checker does.
  return multiple(Point.BASE, s).add(multiple(own.negate(), h)).toBytes().every((byte, at) => byte === first[at]);
};
