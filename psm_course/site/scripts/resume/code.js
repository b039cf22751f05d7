// The resume code: which lessons were read and which practice items were right, in as few letters as a person can type.
//
// Two letters name the list of lessons and items that the code counts along, three are a checksum. In between stands a few bits for each
// lesson, in the order of that list: 0 nothing · 10 read, and all right · 110 begun · 1110 read · 1111 read?, all tried?, right? an item.
// What is still untouched at the end costs nothing.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's: no I, L, O, U; who types one meant 1, 1, 0, V
const MISREAD = {I: '1', L: '1', O: '0', U: 'V'};
const LIST = 10, CHECK = 15;

// CRC-15: it notices every wrong letter and every two neighbours that changed places.
const checksum = (bits) => {
  let rest = 0;
  for (const bit of bits) {
    const out = ((rest >> 14) & 1) ^ Number(bit);
    rest = ((rest << 1) & 0x7fff) ^ (out ? 0x4599 : 0);
  }
  return rest;
};
const binary = (number, width) => number.toString(2).padStart(width, '0');
const bitsOf = (text) => [...text].map((letter) => binary(letter.charCodeAt(0) & 255, 8)).join('');
const listBits = (layout) => binary(checksum(bitsOf('psm1' + JSON.stringify(layout))) >> 5, LIST);

// `progress`: {docname: {begun, read, right: {quiz: {item: true}}, tried: true when every item was}}.
const lessonBits = ([id, practices], progress) => {
  const {begun, read, right, tried} = Object.assign({right: {}}, progress[id]);
  const items = practices.reduce((found, [quiz, names]) => found.concat(names.map((name) => ((right[quiz] || {})[name] ? '1' : '0'))), []);
  const all = items.every((bit) => bit === '1'), none = items.every((bit) => bit === '0');
  if (read && all) return '10';
  if (none && !tried) return read ? '1110' : begun ? '110' : '0';
  return `1111${read ? 1 : 0}${tried ? 1 : 0}${items.join('')}`;
};

const write = (layout, progress) => {
  let told = listBits(layout) + layout.map((lesson) => lessonBits(lesson, progress)).join('').replace(/0+$/, '');
  told = told.padEnd(Math.ceil(told.length / 5) * 5, '0');
  const letters = (told + binary(checksum(told), CHECK)).match(/.{5}/g).map((bits) => LETTERS[parseInt(bits, 2)]);
  return letters.join('').match(/.{1,4}/g).join('-');
};

// {progress} or {trouble: 'letters' | 'check' | 'list'}.
const read = (layout, typed) => {
  const letters = [...typed.toUpperCase().replace(/[^0-9A-Z]/g, '')].map((letter) => LETTERS.indexOf(MISREAD[letter] || letter));
  if (letters.length * 5 < LIST + CHECK) return {trouble: 'letters'};
  const bits = letters.map((value) => binary(value, 5)).join(''), told = bits.slice(0, -CHECK);
  if (checksum(told) !== parseInt(bits.slice(-CHECK), 2)) return {trouble: 'check'};
  if (told.slice(0, LIST) !== listBits(layout)) return {trouble: 'list'};
  let at = LIST;
  const next = () => { at += 1; return told[at - 1] === '1'; };
  const progress = {};
  for (const [id, practices] of layout) progress[id] = lessonFrom(practices, next);
  return {progress};
};

const lessonFrom = (practices, next) => {
  const lesson = {begun: false, read: false, tried: false, right: {}};
  const fill = (isRight) => practices.forEach(([quiz, names]) => {
    lesson.right[quiz] = {};
    names.forEach((name) => { if (isRight()) lesson.right[quiz][name] = true; });
  });
  lesson.begun = next();
  if (!lesson.begun) return lesson;
  if (!next()) { lesson.read = lesson.tried = true; fill(() => true); return lesson; }
  if (!next()) return lesson;
  if (!next()) { lesson.read = true; return lesson; }
  lesson.read = next();
  lesson.tried = next();
  fill(next);
  return lesson;
};

export const code = {write, read};
