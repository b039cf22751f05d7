// Unpacking what was packed by Deflate (RFC 1951): status lists and the streams of a PDF. Small packages only, so that phones whose browser
// has no DecompressionStream read the same lists as all others.
(() => {
  const BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const FAR = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const wrong = () => { throw new RangeError('not deflated'); };

  // A Huffman code from the lengths of its words: how many words have each length, and what they stand for, in order.
  const code = (lengths) => {
    const counts = new Uint16Array(16), starts = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
    lengths.forEach((length) => { counts[length] += 1; });
    counts[0] = 0;
    for (let length = 1; length < 15; length += 1) starts[length + 1] = starts[length] + counts[length];
    lengths.forEach((length, symbol) => { if (length) { symbols[starts[length]] = symbol; starts[length] += 1; } });
    return {counts, symbols};
  };
  const FIXED = code([...new Array(144).fill(8), ...new Array(112).fill(9), ...new Array(24).fill(7), ...new Array(8).fill(8)]);
  const FIXED_FAR = code(new Array(30).fill(5));

  // `limit`: the most bytes to unpack; what goes on after that is not looked at.
  const inflate = (packed, limit) => {
    const out = new Uint8Array(limit);
    let size = 0, at = 0, held = 0, many = 0;
    const bits = (count) => {
      while (many < count) {
        if (at >= packed.length) wrong();
        held |= packed[at] << many;
        at += 1;
        many += 8;
      }
      const found = held & ((1 << count) - 1);
      held >>>= count;
      many -= count;
      return found;
    };
    const symbol = ({counts, symbols}) => {
      let word = 0, first = 0, index = 0;
      for (let length = 1; length < 16; length += 1) {
        word |= bits(1);
        const count = counts[length];
        if (word - count < first) return symbols[index + word - first];
        index += count;
        first = (first + count) << 1;
        word <<= 1;
      }
      return wrong();
    };
    const put = (byte) => { if (size < limit) out[size] = byte; size += 1; };
    const copy = (near, far) => {
      for (;;) {
        const found = symbol(near);
        if (found === 256 || size >= limit) return;
        if (found < 256) put(found);
        else {
          const which = found - 257;
          if (which > 28) wrong();
          const length = BASE[which] + bits(EXTRA[which]), step = symbol(far);
          if (step > 29) wrong();
          const back = FAR[step] + bits(step < 2 ? 0 : (step >> 1) - 1);
          if (back > size) wrong();
          if (back === 1 && size + length <= limit) { // long runs of one byte: nearly all of a status list
            out.fill(out[size - 1], size, size + length);
            size += length;
          } else for (let left = length; left > 0; left -= 1) put(out[size - back]);
        }
      }
    };
    const plain = () => {
      held = 0; many = 0;
      const length = bits(16), check = bits(16);
      if (length !== (~check & 0xffff) || at + length > packed.length) wrong();
      for (let left = length; left > 0; left -= 1) { put(packed[at]); at += 1; }
    };
    const coded = () => {
      const near = bits(5) + 257, far = bits(5) + 1, many_ = bits(4) + 4, short = new Array(19).fill(0), lengths = [];
      for (let each = 0; each < many_; each += 1) short[ORDER[each]] = bits(3);
      const words = code(short);
      while (lengths.length < near + far) {
        const found = symbol(words);
        if (found < 16) lengths.push(found);
        else {
          if (found === 16 && !lengths.length) wrong();
          const again = found === 16 ? lengths[lengths.length - 1] : 0, times = found === 16 ? 3 + bits(2) : found === 17 ? 3 + bits(3) : 11 + bits(7);
          for (let left = times; left > 0; left -= 1) lengths.push(again);
        }
      }
      copy(code(lengths.slice(0, near)), code(lengths.slice(near, near + far)));
    };
    let last = 0;
    while (!last && size <= limit) {
      last = bits(1);
      const kind = bits(2);
      if (kind === 0) plain();
      else if (kind === 1) copy(FIXED, FIXED_FAR);
      else if (kind === 2) coded();
      else wrong();
      if (size >= limit && !last) break;
    }
    return out.slice(0, Math.min(size, limit));
  };

  // What stands before the packed bytes: RFC 1950 (zlib) and RFC 1952 (gzip, as we write it: no name, no comment).
  PSM.inflate = {
    zlib: (bytes, limit) => ((bytes[0] & 15) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0 ? inflate(bytes.subarray(2), limit) : wrong()),
    gzip: (bytes, limit) => (bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 && bytes[3] === 0 ? inflate(bytes.subarray(10), limit) : wrong()),
  };
})();
