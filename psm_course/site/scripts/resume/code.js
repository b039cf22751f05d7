// The resume code: which lessons were read and which practice items were right, in as few letters as a person can type.
//
// Two letters name the list of lessons and items that the code counts along, three are a checksum. In between stands a few bits for each
// lesson, in the order of that list: 0 nothing · 10 read, and all right · 110 begun · 1110 read · 1111 read?, all tried?, right? an item.
// What is still untouched at the end costs nothing.
/** @typedef {[docname: string, practices: [quiz: string, items: string[]][]][]} Layout the lessons with their practice items, in order */
/** @typedef {{pages: Record<string, KeptPage>, quizzes: Record<string, KeptQuiz>}} Progress as the phone keeps it, by the names of pages and quizzes */

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
 * @param {Layout[number]} lesson
 * @param {Progress} progress
 */
const lessonBits = ([id, practices], {pages, quizzes}) => {
  /** @type {KeptPage} */
  const {begun, read: isRead} = pages[id] || {};
  const items = practices.flatMap(([quiz, names]) => {
    const {right, tries} = Object.assign({right: {}, tries: {}}, quizzes[quiz]);
    return names.map((name) => (right[name] ? 'right' : tries[name] ? 'tried' : 'open'));
  });
  const isTried = items.length > 0 && !items.includes('open'), bits = items.map((item) => (item === 'right' ? '1' : '0')).join('');
  if (isRead && !bits.includes('0')) return '10';
  if (!isTried && !bits.includes('1')) return isRead ? '1110' : begun ? '110' : '0';
  return `1111${isRead ? 1 : 0}${isTried ? 1 : 0}${bits}`;
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
  const rest = [...told.slice(LIST)];
  /** @type {Progress} */
  const progress = {pages: {}, quizzes: {}};
  for (const lesson of layout) addLesson(lesson, progress, () => rest.shift() === '1');
  return {progress};
};

/** @template Value @param {string[]} names @param {Value} value @returns {Record<string, Value>} */
const recordOf = (names, value) => names.reduce((all, name) => ({...all, [name]: value}), {});

/** @param {Layout[number]} lesson @param {Progress} progress @param {() => boolean} next */
const addLesson = ([id, practices], {pages, quizzes}, next) => {
  let ones = 0;
  while (ones < 4 && next()) ones += 1;
  const asked = () => (ones === 4 ? next() : ones === 1); // bit by bit, or all alike
  const isRead = ones === 3 || asked(), isTried = asked();
  if (ones) pages[id] = {begun: true, ...(isRead && {read: true})};
  for (const [quiz, names] of practices) {
    const right = names.filter(asked), done = isTried ? names : right;
    if (done.length) quizzes[quiz] = {right: recordOf(right, true), tries: recordOf(done, 1)};
  }
};

export const code = {write, read};
