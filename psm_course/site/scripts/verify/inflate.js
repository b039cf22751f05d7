// The part "inflate": unpacks what was packed by Deflate (RFC 1951), in the streams of a PDF, and in lists of status where the browser has no
// DecompressionStream. It is given strangers' files, so it stops at a limit: a few bytes can be packed to unpack into gigabytes.
import {Inflate} from '../../vendor/fflate/browser.js';
import {provide} from '../core/start.js';
import {joined} from './signed/bytes.js';

const PIECE = 8192; // what unpacks to eight megabytes at most

/** @returns {never} */
const wrong = () => { throw new RangeError('not deflated'); };

/**
 * @param {Uint8Array} packed
 * @param {number} limit the most bytes to unpack; what goes on after that is not looked at
 */
const inflate = (packed, limit) => {
  /** @type {Uint8Array[]} */
  const found = [];
  let size = 0;
  const stream = new Inflate((piece) => { found.push(piece); size += piece.length; });
  if (!packed.length) wrong();
  for (let at = 0; at < packed.length && size < limit; at += PIECE) stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  return joined(...found).slice(0, limit);
};

// What stands before the packed bytes: RFC 1950 (zlib) and RFC 1952 (gzip, as we write it: no name, no comment).
export const inflating = provide('inflate', {
  /** @param {Uint8Array} bytes @param {number} limit */
  unzlib: (bytes, limit) => ((bytes[0] & 15) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0 ? inflate(bytes.subarray(2), limit) : wrong()),
  /** @param {Uint8Array} bytes @param {number} limit */
  gunzip: (bytes, limit) => (bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 && bytes[3] === 0 ? inflate(bytes.subarray(10), limit) : wrong()),
});
