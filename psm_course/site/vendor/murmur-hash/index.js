// src/encoding.ts
var encoder = new TextEncoder();
function toBytes(input) {
  if (input instanceof Uint8Array) {
    return input;
  }
  return encoder.encode(input);
}
function hexToBigInt(hex) {
  return BigInt("0x" + hex);
}

// src/hash32.ts
var C1 = 3432918353;
var C2 = 461845907;
function multiply(a, b) {
  return (a & 65535) * b + (((a >>> 16) * b & 65535) << 16) | 0;
}
function rotl(value, shift) {
  return value << shift | value >>> 32 - shift;
}
function fmix(h) {
  h ^= h >>> 16;
  h = multiply(h, 2246822507);
  h ^= h >>> 13;
  h = multiply(h, 3266489909);
  h ^= h >>> 16;
  return h;
}
function compute(bytes, seed) {
  const len = bytes.length;
  const blocks = len >>> 2;
  let h1 = seed;
  for (let i = 0; i < blocks; i++) {
    const offset = i * 4;
    let k12 = bytes[offset] | bytes[offset + 1] << 8 | bytes[offset + 2] << 16 | bytes[offset + 3] << 24;
    k12 = multiply(k12, C1);
    k12 = rotl(k12, 15);
    k12 = multiply(k12, C2);
    h1 ^= k12;
    h1 = rotl(h1, 13);
    h1 = multiply(h1, 5) + 3864292196;
  }
  const tailOffset = blocks * 4;
  let k1 = 0;
  switch (len & 3) {
    case 3:
      k1 ^= bytes[tailOffset + 2] << 16;
    // fallthrough
    case 2:
      k1 ^= bytes[tailOffset + 1] << 8;
    // fallthrough
    case 1:
      k1 ^= bytes[tailOffset];
      k1 = multiply(k1, C1);
      k1 = rotl(k1, 15);
      k1 = multiply(k1, C2);
      h1 ^= k1;
  }
  h1 ^= len;
  h1 = fmix(h1);
  return h1 >>> 0;
}
function hash32(input, seed = 0) {
  return compute(toBytes(input), seed);
}
var Hash32Stream = class {
  constructor(seed = 0) {
    this.chunks = [];
    this.totalLength = 0;
    this.seed = seed;
  }
  update(input) {
    const bytes = toBytes(input);
    this.chunks.push(bytes);
    this.totalLength += bytes.length;
    return this;
  }
  digest() {
    const result = new Uint8Array(this.totalLength);
    let offset = 0;
    for (const chunk of this.chunks) {
      result.set(chunk, offset);
      offset += chunk.length;
    }
    return compute(result, this.seed);
  }
};
function createHash32(seed = 0) {
  return new Hash32Stream(seed);
}

// src/hash128.ts
var C12 = 597399067;
var C22 = 2869860233;
var C3 = 951274213;
var C4 = 2716044179;
function multiply2(a, b) {
  return (a & 65535) * b + (((a >>> 16) * b & 65535) << 16) | 0;
}
function rotl2(value, shift) {
  return value << shift | value >>> 32 - shift;
}
function fmix2(h) {
  h ^= h >>> 16;
  h = multiply2(h, 2246822507);
  h ^= h >>> 13;
  h = multiply2(h, 3266489909);
  h ^= h >>> 16;
  return h;
}
function compute2(bytes, seed) {
  const len = bytes.length;
  const blocks = len >>> 4;
  let h1 = seed;
  let h2 = seed;
  let h3 = seed;
  let h4 = seed;
  for (let i = 0; i < blocks; i++) {
    const offset = i * 16;
    let k12 = bytes[offset] | bytes[offset + 1] << 8 | bytes[offset + 2] << 16 | bytes[offset + 3] << 24;
    let k22 = bytes[offset + 4] | bytes[offset + 5] << 8 | bytes[offset + 6] << 16 | bytes[offset + 7] << 24;
    let k32 = bytes[offset + 8] | bytes[offset + 9] << 8 | bytes[offset + 10] << 16 | bytes[offset + 11] << 24;
    let k42 = bytes[offset + 12] | bytes[offset + 13] << 8 | bytes[offset + 14] << 16 | bytes[offset + 15] << 24;
    k12 = multiply2(k12, C12);
    k12 = rotl2(k12, 15);
    k12 = multiply2(k12, C22);
    h1 ^= k12;
    h1 = rotl2(h1, 19);
    h1 += h2;
    h1 = multiply2(h1, 5) + 1444728091;
    k22 = multiply2(k22, C22);
    k22 = rotl2(k22, 16);
    k22 = multiply2(k22, C3);
    h2 ^= k22;
    h2 = rotl2(h2, 17);
    h2 += h3;
    h2 = multiply2(h2, 5) + 197830471;
    k32 = multiply2(k32, C3);
    k32 = rotl2(k32, 17);
    k32 = multiply2(k32, C4);
    h3 ^= k32;
    h3 = rotl2(h3, 15);
    h3 += h4;
    h3 = multiply2(h3, 5) + 2530024501;
    k42 = multiply2(k42, C4);
    k42 = rotl2(k42, 18);
    k42 = multiply2(k42, C12);
    h4 ^= k42;
    h4 = rotl2(h4, 13);
    h4 += h1;
    h4 = multiply2(h4, 5) + 850148119;
  }
  const tailOffset = blocks * 16;
  let k1 = 0;
  let k2 = 0;
  let k3 = 0;
  let k4 = 0;
  switch (len & 15) {
    case 15:
      k4 ^= bytes[tailOffset + 14] << 16;
    // fallthrough
    case 14:
      k4 ^= bytes[tailOffset + 13] << 8;
    // fallthrough
    case 13:
      k4 ^= bytes[tailOffset + 12];
      k4 = multiply2(k4, C4);
      k4 = rotl2(k4, 18);
      k4 = multiply2(k4, C12);
      h4 ^= k4;
    // fallthrough
    case 12:
      k3 ^= bytes[tailOffset + 11] << 24;
    // fallthrough
    case 11:
      k3 ^= bytes[tailOffset + 10] << 16;
    // fallthrough
    case 10:
      k3 ^= bytes[tailOffset + 9] << 8;
    // fallthrough
    case 9:
      k3 ^= bytes[tailOffset + 8];
      k3 = multiply2(k3, C3);
      k3 = rotl2(k3, 17);
      k3 = multiply2(k3, C4);
      h3 ^= k3;
    // fallthrough
    case 8:
      k2 ^= bytes[tailOffset + 7] << 24;
    // fallthrough
    case 7:
      k2 ^= bytes[tailOffset + 6] << 16;
    // fallthrough
    case 6:
      k2 ^= bytes[tailOffset + 5] << 8;
    // fallthrough
    case 5:
      k2 ^= bytes[tailOffset + 4];
      k2 = multiply2(k2, C22);
      k2 = rotl2(k2, 16);
      k2 = multiply2(k2, C3);
      h2 ^= k2;
    // fallthrough
    case 4:
      k1 ^= bytes[tailOffset + 3] << 24;
    // fallthrough
    case 3:
      k1 ^= bytes[tailOffset + 2] << 16;
    // fallthrough
    case 2:
      k1 ^= bytes[tailOffset + 1] << 8;
    // fallthrough
    case 1:
      k1 ^= bytes[tailOffset];
      k1 = multiply2(k1, C12);
      k1 = rotl2(k1, 15);
      k1 = multiply2(k1, C22);
      h1 ^= k1;
  }
  h1 ^= len;
  h2 ^= len;
  h3 ^= len;
  h4 ^= len;
  h1 += h2;
  h1 += h3;
  h1 += h4;
  h2 += h1;
  h3 += h1;
  h4 += h1;
  h1 = fmix2(h1);
  h2 = fmix2(h2);
  h3 = fmix2(h3);
  h4 = fmix2(h4);
  h1 += h2;
  h1 += h3;
  h1 += h4;
  h2 += h1;
  h3 += h1;
  h4 += h1;
  return ("00000000" + (h1 >>> 0).toString(16)).slice(-8) + ("00000000" + (h2 >>> 0).toString(16)).slice(-8) + ("00000000" + (h3 >>> 0).toString(16)).slice(-8) + ("00000000" + (h4 >>> 0).toString(16)).slice(-8);
}
function hash128(input, options) {
  const seed = options?.seed ?? 0;
  const hex = compute2(toBytes(input), seed);
  if (options?.output === "bigint") {
    return hexToBigInt(hex);
  }
  return hex;
}
var Hash128Stream = class {
  constructor(options) {
    this.chunks = [];
    this.totalLength = 0;
    this.seed = options?.seed ?? 0;
    this.outputFormat = options?.output ?? "hex";
  }
  update(input) {
    const bytes = toBytes(input);
    this.chunks.push(bytes);
    this.totalLength += bytes.length;
    return this;
  }
  digest() {
    const result = new Uint8Array(this.totalLength);
    let offset = 0;
    for (const chunk of this.chunks) {
      result.set(chunk, offset);
      offset += chunk.length;
    }
    const hex = compute2(result, this.seed);
    if (this.outputFormat === "bigint") {
      return hexToBigInt(hex);
    }
    return hex;
  }
};
function createHash128(options) {
  return new Hash128Stream(options);
}

// src/hash128x64.ts
var C13 = [2277735313, 289559509];
var C23 = [1291169091, 658871167];
function add64(a, b) {
  const a0 = a[0] >>> 16, a1 = a[0] & 65535, a2 = a[1] >>> 16, a3 = a[1] & 65535;
  const b0 = b[0] >>> 16, b1 = b[0] & 65535, b2 = b[1] >>> 16, b3 = b[1] & 65535;
  let c0 = 0, c1 = 0, c2 = 0, c3 = 0;
  c3 += a3 + b3;
  c2 += c3 >>> 16;
  c3 &= 65535;
  c2 += a2 + b2;
  c1 += c2 >>> 16;
  c2 &= 65535;
  c1 += a1 + b1;
  c0 += c1 >>> 16;
  c1 &= 65535;
  c0 += a0 + b0;
  c0 &= 65535;
  return [c0 << 16 | c1, c2 << 16 | c3];
}
function multiply64(a, b) {
  const a0 = a[0] >>> 16, a1 = a[0] & 65535, a2 = a[1] >>> 16, a3 = a[1] & 65535;
  const b0 = b[0] >>> 16, b1 = b[0] & 65535, b2 = b[1] >>> 16, b3 = b[1] & 65535;
  let c0 = 0, c1 = 0, c2 = 0, c3 = 0;
  c3 += a3 * b3;
  c2 += c3 >>> 16;
  c3 &= 65535;
  c2 += a2 * b3;
  c1 += c2 >>> 16;
  c2 &= 65535;
  c2 += a3 * b2;
  c1 += c2 >>> 16;
  c2 &= 65535;
  c1 += a1 * b3;
  c0 += c1 >>> 16;
  c1 &= 65535;
  c1 += a2 * b2;
  c0 += c1 >>> 16;
  c1 &= 65535;
  c1 += a3 * b1;
  c0 += c1 >>> 16;
  c1 &= 65535;
  c0 += a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
  c0 &= 65535;
  return [c0 << 16 | c1, c2 << 16 | c3];
}
function rotl64(m, n) {
  n %= 64;
  if (n === 32) {
    return [m[1], m[0]];
  } else if (n < 32) {
    return [
      m[0] << n | m[1] >>> 32 - n,
      m[1] << n | m[0] >>> 32 - n
    ];
  } else {
    n -= 32;
    return [
      m[1] << n | m[0] >>> 32 - n,
      m[0] << n | m[1] >>> 32 - n
    ];
  }
}
function lshift64(m, n) {
  n %= 64;
  if (n === 0) {
    return m;
  } else if (n < 32) {
    return [m[0] << n | m[1] >>> 32 - n, m[1] << n];
  } else {
    return [m[1] << n - 32, 0];
  }
}
function xor64(a, b) {
  return [a[0] ^ b[0], a[1] ^ b[1]];
}
function fmix64(h) {
  h = xor64(h, [0, h[0] >>> 1]);
  h = multiply64(h, [4283543511, 3981806797]);
  h = xor64(h, [0, h[0] >>> 1]);
  h = multiply64(h, [3301882366, 444984403]);
  h = xor64(h, [0, h[0] >>> 1]);
  return h;
}
function compute3(bytes, seed) {
  const len = bytes.length;
  const blocks = len >>> 4;
  let h1 = [0, seed];
  let h2 = [0, seed];
  for (let i = 0; i < blocks; i++) {
    const offset = i * 16;
    let k12 = [
      bytes[offset + 4] | bytes[offset + 5] << 8 | bytes[offset + 6] << 16 | bytes[offset + 7] << 24,
      bytes[offset] | bytes[offset + 1] << 8 | bytes[offset + 2] << 16 | bytes[offset + 3] << 24
    ];
    let k22 = [
      bytes[offset + 12] | bytes[offset + 13] << 8 | bytes[offset + 14] << 16 | bytes[offset + 15] << 24,
      bytes[offset + 8] | bytes[offset + 9] << 8 | bytes[offset + 10] << 16 | bytes[offset + 11] << 24
    ];
    k12 = multiply64(k12, C13);
    k12 = rotl64(k12, 31);
    k12 = multiply64(k12, C23);
    h1 = xor64(h1, k12);
    h1 = rotl64(h1, 27);
    h1 = add64(h1, h2);
    h1 = add64(multiply64(h1, [0, 5]), [0, 1390208809]);
    k22 = multiply64(k22, C23);
    k22 = rotl64(k22, 33);
    k22 = multiply64(k22, C13);
    h2 = xor64(h2, k22);
    h2 = rotl64(h2, 31);
    h2 = add64(h2, h1);
    h2 = add64(multiply64(h2, [0, 5]), [0, 944331445]);
  }
  const tailOffset = blocks * 16;
  let k1 = [0, 0];
  let k2 = [0, 0];
  switch (len & 15) {
    case 15:
      k2 = xor64(k2, lshift64([0, bytes[tailOffset + 14]], 48));
    // fallthrough
    case 14:
      k2 = xor64(k2, lshift64([0, bytes[tailOffset + 13]], 40));
    // fallthrough
    case 13:
      k2 = xor64(k2, lshift64([0, bytes[tailOffset + 12]], 32));
    // fallthrough
    case 12:
      k2 = xor64(k2, lshift64([0, bytes[tailOffset + 11]], 24));
    // fallthrough
    case 11:
      k2 = xor64(k2, lshift64([0, bytes[tailOffset + 10]], 16));
    // fallthrough
    case 10:
      k2 = xor64(k2, lshift64([0, bytes[tailOffset + 9]], 8));
    // fallthrough
    case 9:
      k2 = xor64(k2, [0, bytes[tailOffset + 8]]);
      k2 = multiply64(k2, C23);
      k2 = rotl64(k2, 33);
      k2 = multiply64(k2, C13);
      h2 = xor64(h2, k2);
    // fallthrough
    case 8:
      k1 = xor64(k1, lshift64([0, bytes[tailOffset + 7]], 56));
    // fallthrough
    case 7:
      k1 = xor64(k1, lshift64([0, bytes[tailOffset + 6]], 48));
    // fallthrough
    case 6:
      k1 = xor64(k1, lshift64([0, bytes[tailOffset + 5]], 40));
    // fallthrough
    case 5:
      k1 = xor64(k1, lshift64([0, bytes[tailOffset + 4]], 32));
    // fallthrough
    case 4:
      k1 = xor64(k1, lshift64([0, bytes[tailOffset + 3]], 24));
    // fallthrough
    case 3:
      k1 = xor64(k1, lshift64([0, bytes[tailOffset + 2]], 16));
    // fallthrough
    case 2:
      k1 = xor64(k1, lshift64([0, bytes[tailOffset + 1]], 8));
    // fallthrough
    case 1:
      k1 = xor64(k1, [0, bytes[tailOffset]]);
      k1 = multiply64(k1, C13);
      k1 = rotl64(k1, 31);
      k1 = multiply64(k1, C23);
      h1 = xor64(h1, k1);
  }
  h1 = xor64(h1, [0, len]);
  h2 = xor64(h2, [0, len]);
  h1 = add64(h1, h2);
  h2 = add64(h2, h1);
  h1 = fmix64(h1);
  h2 = fmix64(h2);
  h1 = add64(h1, h2);
  h2 = add64(h2, h1);
  return ("00000000" + (h1[0] >>> 0).toString(16)).slice(-8) + ("00000000" + (h1[1] >>> 0).toString(16)).slice(-8) + ("00000000" + (h2[0] >>> 0).toString(16)).slice(-8) + ("00000000" + (h2[1] >>> 0).toString(16)).slice(-8);
}
function hash128x64(input, options) {
  const seed = options?.seed ?? 0;
  const hex = compute3(toBytes(input), seed);
  if (options?.output === "bigint") {
    return hexToBigInt(hex);
  }
  return hex;
}
var Hash128x64Stream = class {
  constructor(options) {
    this.chunks = [];
    this.totalLength = 0;
    this.seed = options?.seed ?? 0;
    this.outputFormat = options?.output ?? "hex";
  }
  update(input) {
    const bytes = toBytes(input);
    this.chunks.push(bytes);
    this.totalLength += bytes.length;
    return this;
  }
  digest() {
    const result = new Uint8Array(this.totalLength);
    let offset = 0;
    for (const chunk of this.chunks) {
      result.set(chunk, offset);
      offset += chunk.length;
    }
    const hex = compute3(result, this.seed);
    if (this.outputFormat === "bigint") {
      return hexToBigInt(hex);
    }
    return hex;
  }
};
function createHash128x64(options) {
  return new Hash128x64Stream(options);
}

// src/v1-compat.ts
var warned = false;
function warnDeprecation() {
  if (warned) return;
  if (typeof process !== "undefined" && process.env?.NODE_ENV === "production") return;
  warned = true;
  console.warn(
    "[murmur-hash] The v3.x86/v3.x64 API is deprecated. Use hash32(), hash128(), hash128x64() instead. See https://github.com/1mb-dev/murmur-hash#migration-from-v1"
  );
}
var v3 = {
  x86: {
    hash32(key, seed) {
      warnDeprecation();
      return hash32(key, seed);
    },
    hash128(key, seed) {
      warnDeprecation();
      return hash128(key, { seed });
    }
  },
  x64: {
    hash128(key, seed) {
      warnDeprecation();
      return hash128x64(key, { seed });
    }
  }
};
export {
  Hash128Stream,
  Hash128x64Stream,
  Hash32Stream,
  createHash128,
  createHash128x64,
  createHash32,
  hash128,
  hash128x64,
  hash32,
  v3
};
//# sourceMappingURL=index.js.map