// Bytes put together, and out of the text that keys and signatures are written in. Also for the page of a test, which checks receipts.
(() => {
  const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

  PSM.joined = (...parts) => Uint8Array.from(parts.reduce((all, part) => all.concat([...part]), []));

  PSM.fromMultibase = (text) => { // base58btc; null when it is not
    if (typeof text !== 'string' || text[0] !== 'z' || text.length > 128) return null;
    const bytes = [], letters = [...text.slice(1)];
    for (const letter of letters) {
      let carry = ALPHABET.indexOf(letter);
      if (carry < 0) return null;
      for (let at = 0; at < bytes.length; at += 1) { carry += bytes[at] * 58; bytes[at] = carry & 255; carry >>= 8; }
      for (; carry; carry >>= 8) bytes.push(carry & 255);
    }
    const first = letters.findIndex((letter) => letter !== '1');
    return Uint8Array.from([...new Array(first < 0 ? letters.length : first).fill(0), ...bytes.reverse()]);
  };
})();
