// Ed25519 (RFC 8032) in plain arithmetic, for browsers whose own cryptography lacks it (it came in 2025) and pages on plain http, where there is
// none. Nothing here is secret, so it does not matter what its time tells.
(() => {
  const sha512 = () => {
    const N = BigInt, WORD = (N(1) << N(64)) - N(1);
    // The first 64 bits of the fraction of a root, as FIPS 180-4 defines: Newton's method in whole numbers, from the browser's own guess.
    const fraction = (prime, degree, guess) => {
      const wanted = N(prime) << N(64 * degree), less = N(degree - 1);
      let root = N(Math.floor(guess * 2 ** 40)) << N(24);
      for (let times = 0; times < 3; times += 1) root = (less * root + wanted / root ** less) / N(degree);
      while (root ** N(degree) > wanted) root -= N(1);
      return root & WORD;
    };
    const ROUNDS = PSM.primes(80).map((prime) => fraction(prime, 3, Math.cbrt(prime)));
    const START = PSM.primes(8).map((prime) => fraction(prime, 2, Math.sqrt(prime)));
    const turn = (word, by) => (word >> N(by)) | (word << N(64 - by));
    const mixed = (word, one, two, three) => (turn(word, one) ^ turn(word, two) ^ turn(word, three)) & WORD;
    const shifted = (word, one, two, by) => ((turn(word, one) ^ turn(word, two)) & WORD) ^ (word >> N(by));

    return (data) => {
      const padded = new Uint8Array((((data.length + 16) >> 7) + 1) << 7), view = new DataView(padded.buffer);
      padded.set(data);
      padded[data.length] = 0x80;
      view.setUint32(padded.length - 4, data.length * 8);
      const state = [...START], words = [];
      for (let block = 0; block < padded.length; block += 128) {
        for (let at = 0; at < 80; at += 1) {
          const place = block + 8 * at;
          words[at] = at < 16 ? (N(view.getUint32(place)) << N(32)) | N(view.getUint32(place + 4))
            : (shifted(words[at - 15], 1, 8, 7) + words[at - 7] + shifted(words[at - 2], 19, 61, 6) + words[at - 16]) & WORD;
        }
        let [a, b, c, d, e, f, g, h] = state;
        for (let at = 0; at < 80; at += 1) {
          const one = h + mixed(e, 14, 18, 41) + ((e & f) ^ (~e & g)) + ROUNDS[at] + words[at];
          const two = mixed(a, 28, 34, 39) + ((a & b) ^ (a & c) ^ (b & c));
          h = g; g = f; f = e; e = (d + one) & WORD; d = c; c = b; b = a; a = (one + two) & WORD;
        }
        [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] = (state[at] + word) & WORD; });
      }
      const hex = state.map((word) => word.toString(16).padStart(16, '0')).join('');
      return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
    };
  };

  const number = (bytes) => BigInt(`0x${[...bytes].reverse().map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);

  const curve = () => {
    const N = BigInt, ZERO = N(0), ONE = N(1), TWO = N(2), hash = sha512();
    const P = (ONE << N(255)) - N(19), ORDER = (ONE << N(252)) + N('27742317777372353535851937790883648493');
    const positive = (value) => ((value % P) + P) % P;
    const power = (base, exponent) => {
      let result = ONE, square = base;
      for (let left = exponent; left > ZERO; left >>= ONE) {
        if (left & ONE) result = (result * square) % P;
        square = (square * square) % P;
      }
      return result;
    };
    const D = positive(N(-121665) * power(N(121666), P - TWO)), ROOT_OF_MINUS_ONE = power(TWO, (P - ONE) / N(4));

    // Points as [x, y, z, t]: x/z and y/z are the place, t = xy/z. Remainders may be negative on the way.
    const finish = (e, f, g, h) => [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
    const add = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
      const a = ((y1 - x1) * (y2 - x2)) % P, b = ((y1 + x1) * (y2 + x2)) % P, c = (((TWO * t1 * t2) % P) * D) % P, d = (TWO * z1 * z2) % P;
      return finish(b - a, d - c, d + c, b + a);
    };
    const twice = ([x, y, z]) => {
      const a = (x * x) % P, b = (y * y) % P, c = (TWO * z * z) % P, sum = x + y, g = b - a;
      return finish(((sum * sum) % P) - a - b, g - c, g, -a - b);
    };
    const point = (bytes) => { // null when the bytes are no point
      const all = number(bytes), y = all & ((ONE << N(255)) - ONE), u = positive(y * y - ONE), v = positive(D * y * y + ONE);
      const v3 = positive(v * v * v);
      let x = positive(u * v3 * power(positive(u * v3 * v3 * v), (P - N(5)) / N(8)));
      if (positive(v * x * x + u) === ZERO) x = positive(x * ROOT_OF_MINUS_ONE);
      if (positive(v * x * x - u) !== ZERO) return null;
      if ((x & ONE) !== all >> N(255)) x = positive(-x);
      return [x, y, ONE, positive(x * y)];
    };
    const encoded = ([x, y, z]) => {
      const inverse = power(positive(z), P - TWO);
      return positive(y * inverse) | ((positive(x * inverse) & ONE) << N(255));
    };
    const BASE = point(Uint8Array.from([0x58, ...new Array(31).fill(0x66)]));

    return (key, signature, message) => {
      if (signature.length !== 64) return false;
      const s = number(signature.slice(32)), own = point(key);
      if (s >= ORDER || !own) return false;
      const h = number(hash(PSM.joined(signature.slice(0, 32), key, message))) % ORDER;
      const [x, y, z, t] = own, minus = [-x, y, z, -t], table = [null, BASE, minus, add(BASE, minus)];
      let sum = [ZERO, ONE, ONE, ZERO]; // s·B − h·A, both at once, from their highest bit down
      for (let bit = N(252); bit >= ZERO; bit -= ONE) {
        sum = twice(sum);
        const which = table[Number((s >> bit) & ONE) + 2 * Number((h >> bit) & ONE)];
        if (which) sum = add(sum, which);
      }
      return encoded(sum) === number(signature.slice(0, 32));
    };
  };

  let own = null; // made when it is first needed: old phones take a while, and very old ones cannot at all
  PSM.arithmetic = {hasSigned: (...given) => { own = own || curve(); return own(...given); }};
})();
