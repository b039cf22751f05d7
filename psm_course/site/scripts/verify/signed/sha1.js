// SHA-1, which names things only: a credential's id is a UUID of version 5 (RFC 9562). Nothing is proved by it.

/** @param {number} word @param {number} by */
const turn = (word, by) => (word << by) | (word >>> (32 - by));

/**
 * @param {number} at the round
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
const mixed = (at, b, c, d) => {
  if (at < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (at < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  return at < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
};

/**
 * @param {Uint8Array} data
 * @returns {string} 40 letters
 */
export const sha1 = (data) => {
  const padded = new Uint8Array((((data.length + 8) >> 6) + 1) << 6), view = new DataView(padded.buffer), state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  /** @type {number[]} */
  const words = [];
  padded.set(data);
  padded[data.length] = 0x80;
  view.setUint32(padded.length - 4, data.length << 3);
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d, e] = state;
    for (let at = 0; at < 80; at += 1) {
      words[at] = at < 16 ? view.getInt32(block + 4 * at) : turn(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], 1);
      const next = (turn(a, 5) + mixed(at, b, c, d) + e + words[at]) | 0;
      e = d; d = c; c = turn(b, 30); b = a; a = next;
    }
    [a, b, c, d, e].forEach((word, at) => { state[at] = (state[at] + word) | 0; });
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
