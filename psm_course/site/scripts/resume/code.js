// The resume code: which lessons were read and which practice items were right, in as few letters as a person can type.
//
// Two letters name the list of lessons and items that the code counts along, three are a checksum. In between stands a few bits for each
// lesson, in the order of that list: 0 nothing · 10 read, and all right · 110 begun · 1110 read · 1111 read?, all tried?, right? an item.
// What is still untouched at the end costs nothing.
/** @typedef {[docname: string, practices: [quiz: string, items: string[]][]][]} Layout the lessons with their practice items, in order */
/** @typedef {{begun?: boolean, read?: boolean, tried?: boolean, right: Record<string, Record<string, boolean>>}} Gathered */
/** @typedef {Record<string, Gathered>} Progress */

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's: no I, L, O, U; who types one meant 1, 1, 0, V
/** @type {Record<string, string>} */
const MISREAD = {I: '1', L: '1', O: '0', U: 'V'};
const LIST = 10, CHECK = 15;

/**
 * CRC-15: it notices every wrong letter and every two neighbours that changed places.
 * @param {string} bits
 */
const checksum = (bits) => [...bits].reduce((rest, bit) => {
  const out = ((rest >> 14) & 1) ^ Number(bit);
  return ((rest << 1) & 0x7fff) ^ (out ? 0x4599 : 0);
}, 0);
/** @param {number} number @param {number} width */
const binary = (number, width) => number.toString(2).padStart(width, '0');
/** @param {string} text */
const bitsOf = (text) => [...text].map((letter) => binary(letter.charCodeAt(0) & 255, 8)).join('');
/** @param {string} text @param {number} size @returns {string[]} */
const inPieces = (text, size) => text.match(new RegExp(`.{1,${size}}`, 'g')) || [];
/** @param {Layout} layout */
const listBits = (layout) => binary(checksum(bitsOf('psm1' + JSON.stringify(layout))) >> 5, LIST);

/**
 * `progress`: {docname: {begun, read, right: {quiz: {item: true}}, tried: true when every item was}}.
 * @param {Layout[number]} lesson
 * @param {Progress} progress
 */
const lessonBits = ([id, practices], progress) => {
  /** @type {Gathered} */
  const {begun, read: isRead, right, tried} = Object.assign({right: {}}, progress[id]);
  const items = practices.flatMap(([quiz, names]) => names.map((name) => ((right[quiz] || {})[name] ? '1' : '0')));
  const all = items.every((bit) => bit === '1'), none = items.every((bit) => bit === '0');
  if (isRead && all) return '10';
  if (none && !tried) return isRead ? '1110' : begun ? '110' : '0';
  return `1111${isRead ? 1 : 0}${tried ? 1 : 0}${items.join('')}`;
};

/** @param {Layout} layout @param {Progress} progress @returns {string} */
const write = (layout, progress) => {
  let told = listBits(layout) + layout.map((lesson) => lessonBits(lesson, progress)).join('').replace(/0+$/, '');
  told = told.padEnd(Math.ceil(told.length / 5) * 5, '0');
  const letters = inPieces(told + binary(checksum(told), CHECK), 5).map((bits) => LETTERS[parseInt(bits, 2)]);
  return inPieces(letters.join(''), 4).join('-');
};

/**
 * {progress} or {trouble: 'letters' | 'check' | 'list'}.
 * @param {Layout} layout
 * @param {string} typed
 * @returns {{progress: Progress, trouble?: undefined} | {trouble: 'letters' | 'check' | 'list', progress?: undefined}}
 */
const read = (layout, typed) => {
  const letters = [...typed.toUpperCase().replace(/[^0-9A-Z]/g, '')].map((letter) => LETTERS.indexOf(MISREAD[letter] || letter));
  if (letters.length * 5 < LIST + CHECK) return {trouble: 'letters'};
  const bits = letters.map((value) => binary(value, 5)).join(''), told = bits.slice(0, -CHECK);
  if (checksum(told) !== parseInt(bits.slice(-CHECK), 2)) return {trouble: 'check'};
  if (told.slice(0, LIST) !== listBits(layout)) return {trouble: 'list'};
  let at = LIST;
  const next = () => { at += 1; return told[at - 1] === '1'; };
  /** @type {Progress} */
  const progress = {};
  for (const [id, practices] of layout) progress[id] = lessonFrom(practices, next);
  return {progress};
};

/** @param {Layout[number][1]} practices @param {() => boolean} next */
const lessonFrom = (practices, next) => {
  /** @type {Gathered} */
  const lesson = {begun: false, read: false, tried: false, right: {}};
  /** @param {() => boolean} isRight */
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
