// SHA-256 without WebCrypto, which a page on a hall's plain HTTP does not have.

/** @param {number} count */
export const primes = (count) => {
  /** @type {number[]} */
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime)) found.push(n);
  return found;
};
const bits = (/** @type {number} */ value) => ((value - Math.floor(value)) * 0x100000000) | 0; // the first 32 bits of the fraction, as FIPS 180-4 defines
const ROUNDS = primes(64).map((prime) => bits(Math.cbrt(prime))), START = primes(8).map((prime) => bits(Math.sqrt(prime)));
const turn = (/** @type {number} */ word, /** @type {number} */ by) => (word >>> by) | (word << (32 - by));

/** @param {Uint8Array} data @returns {Uint8Array} of 32 bytes */
export const sha256 = (data) => {
  const padded = new Uint8Array((((data.length + 8) >> 6) + 1) << 6), view = new DataView(padded.buffer);
  padded.set(data);
  padded[data.length] = 0x80;
  view.setUint32(padded.length - 4, data.length << 3);
  const state = [...START], words = new Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let at = 0; at < 64; at += 1) {
      if (at < 16) words[at] = view.getInt32(block + 4 * at);
      else {
        const a = words[at - 15], b = words[at - 2];
        words[at] = ((turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[at - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)) + words[at - 16]) | 0;
      }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at] + words[at]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] = (state[at] + word) | 0; });
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => out.setInt32(4 * at, word));
  return new Uint8Array(out.buffer);
};
