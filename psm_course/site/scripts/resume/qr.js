// QR codes (ISO/IEC 18004) of short texts: bytes, error correction M, versions 1 to 15. A test reads them with another's decoder.
const CHECKING = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24]; // check bytes a block, by version
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];
const QUIET = 4;

const alignments = (version) => {
  const many = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (many * 2 - 2)) * 2;
  return Array.from({length: many}, (_, at) => (at ? version * 4 + 10 - (many - 1 - at) * step : 6));
};
const capacity = (version) => { // bytes that stand in a code, data and checks
  const many = alignments(version).length;
  const taken = many ? (25 * many - 10) * many - 55 + (version > 6 ? 36 : 0) : 0;
  return Math.floor(((16 * version + 128) * version + 64 - taken) / 8);
};
const room = (version) => capacity(version) - CHECKING[version] * BLOCKS[version];

const packed = (data, version) => {
  let bits = '0100' + data.length.toString(2).padStart(version < 10 ? 8 : 16, '0');
  data.forEach((byte) => { bits += byte.toString(2).padStart(8, '0'); });
  bits = (bits + '0000').slice(0, room(version) * 8);
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  const bytes = bits.match(/.{8}/g).map((byte) => parseInt(byte, 2));
  for (let pad = 0xec; bytes.length < room(version); pad ^= 0xfd) bytes.push(pad);
  return bytes;
};

// Reed and Solomon's check bytes, in the field of 256 elements.
const times = (a, b) => {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
};
const generator = (degree) => {
  const made = Array(degree).fill(0);
  made[degree - 1] = 1;
  for (let round = 0, root = 1; round < degree; round += 1, root = times(root, 2)) {
    for (let at = 0; at < degree; at += 1) made[at] = times(made[at], root) ^ (made[at + 1] || 0);
  }
  return made;
};
const checks = (data, divisor) => {
  const rest = divisor.map(() => 0);
  data.forEach((byte) => {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((coefficient, at) => { rest[at] ^= times(coefficient, factor); });
  });
  return rest;
};

// Blocks with their checks, laid over each other byte by byte. The last blocks may be a byte longer.
const woven = (bytes, version) => {
  const many = BLOCKS[version], divisor = generator(CHECKING[version]), blocks = [];
  const length = Math.floor(bytes.length / many), short = many - (bytes.length % many);
  for (let block = 0, at = 0; block < many; block += 1) {
    const data = bytes.slice(at, at += length + (block < short ? 0 : 1));
    blocks.push([data, checks(data, divisor)]);
  }
  const laid = [];
  [0, 1].forEach((part) => {
    const longest = Math.max(...blocks.map((block) => block[part].length));
    for (let at = 0; at < longest; at += 1) blocks.forEach((block) => { if (at < block[part].length) laid.push(block[part][at]); });
  });
  return laid;
};

const remainder = (value, divisor, width) => {
  let rest = value;
  for (let round = 0; round < width; round += 1) rest = (rest << 1) ^ ((rest >>> (width - 1)) * divisor);
  return rest;
};
const shape = (mask) => ((mask << 10) | remainder(mask, 0x537, 10)) ^ 0x5412; // error correction M counts as 0
const naming = (version) => (version << 12) | remainder(version, 0x1f25, 12);

// The fixed parts; what is undefined is left for the data.
const frame = (version) => {
  const size = version * 4 + 17, places = alignments(version), last = places.length - 1;
  const grid = Array.from({length: size}, () => Array(size));
  const set = (x, y, dark) => { if (x >= 0 && y >= 0 && x < size && y < size) grid[y][x] = Boolean(dark); };
  const square = (x, y, reach, light) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  };
  for (let at = 0; at < size; at += 1) { set(6, at, at % 2 === 0); set(at, 6, at % 2 === 0); }
  [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => square(x, y, 4, [2, 4]));
  places.forEach((x, column) => places.forEach((y, row) => {
    const inCorner = (column === 0 && row === 0) || (column === 0 && row === last) || (column === last && row === 0);
    if (!inCorner) square(x, y, 2, [1]);
  }));
  setShape(grid, 0);
  for (let bit = 0; version > 6 && bit < 18; bit += 1) {
    const dark = (naming(version) >>> bit) & 1, far = size - 11 + (bit % 3), near = Math.floor(bit / 3);
    set(far, near, dark);
    set(near, far, dark);
  }
  return grid;
};

// Which mask and correction are used, written twice.
const setShape = (grid, mask) => {
  const size = grid.length, bits = shape(mask);
  for (let bit = 0; bit < 15; bit += 1) {
    const dark = Boolean((bits >>> bit) & 1);
    if (bit < 8) grid[bit < 6 ? bit : bit + 1][8] = grid[8][size - 1 - bit] = dark;
    else grid[8][bit === 8 ? 7 : 14 - bit] = grid[size - 15 + bit][8] = dark;
  }
  grid[size - 8][8] = true;
};

const MASKS = [
  (x, y) => (x + y) % 2, (x, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2, (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

// Two columns at a time from the right, up and down in turn.
const filled = (fixed, bytes, mask) => {
  const size = fixed.length, grid = fixed.map((row) => row.slice());
  let at = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y][x] !== undefined) continue;
        const bit = at < bytes.length * 8 && (bytes[at >>> 3] >>> (7 - (at & 7))) & 1;
        grid[y][x] = Boolean(bit) !== (MASKS[mask](x, y) === 0);
        at += 1;
      }
    }
  }
  setShape(grid, mask);
  return grid;
};

// How hard a code is to read: long runs, blocks, false corners, too dark or too light.
const hardness = (grid) => {
  const lines = grid.concat(grid.map((_, x) => grid.map((row) => row[x]))).map((line) => line.map(Number).join(''));
  let found = 0;
  lines.forEach((line) => {
    (line.match(/0{5,}|1{5,}/g) || []).forEach((run) => { found += run.length - 2; });
    found += 40 * (line.match(/(?=10111010000|00001011101)/g) || []).length;
  });
  for (let y = 1; y < grid.length; y += 1) {
    for (let x = 1; x < grid.length; x += 1) {
      const dark = grid[y][x] + grid[y - 1][x] + grid[y][x - 1] + grid[y - 1][x - 1];
      if (dark % 4 === 0) found += 3;
    }
  }
  const dark = grid.reduce((sum, row) => sum + row.filter(Boolean).length, 0) / grid.length ** 2;
  return found + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
};

// Rows of dark (true) and light; null when the text is too long.
const rows = (text) => {
  const data = [...new TextEncoder().encode(text)];
  const version = BLOCKS.findIndex((_, at) => at && room(at) >= data.length + (at < 10 ? 2 : 3));
  if (version < 0) return null;
  const fixed = frame(version), bytes = woven(packed(data, version), version);
  const grids = MASKS.map((_, mask) => filled(fixed, bytes, mask));
  return grids.map((grid) => [hardness(grid), grid]).sort((a, b) => a[0] - b[0])[0][1];
};

const drawn = (text, label) => {
  const grid = qr(text);
  if (!grid) return null;
  const SVG = 'http://www.w3.org/2000/svg', size = grid.length + 2 * QUIET;
  const made = (tag, attributes) => {
    const one = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => one.setAttribute(name, value));
    return one;
  };
  const svg = made('svg', {viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, class: 'qr', 'shape-rendering': 'crispEdges'});
  const path = grid.map((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')).join('')).join('');
  svg.append(made('path', {d: `M0 0h${size}v${size}H0z`, fill: '#fff'}), made('path', {d: path, fill: '#000'}));
  return svg;
};

export const qr = {rows, drawn};
