// The credential that travels inside a certificate's PDF. The same verdicts as psm_course/credentials/formats/attachment.py, with a reader that
// follows a PDF's own table to the attached files and looks at nothing else. Locked files stay locked: ours never are.
import {Unreadable} from './json.js';

const BROKEN = 'Berkas PDF ini rusak atau tidak dapat dibaca.';
const LOCKED = 'PDF ini terkunci kata sandi. Minta berkas PDF aslinya.';
const NOTHING = 'PDF ini tidak memuat sertifikat digital. Mungkin hasil pindai, cetak ulang, atau konversi. Minta berkas PDF aslinya, atau periksa lewat kode QR-nya.';
const SEVERAL = 'PDF ini memuat lebih dari satu sertifikat digital, jadi tidak jelas yang mana yang berlaku.';
const MORE = 'PDF ini memuat lampiran lain di samping sertifikat digitalnya: bukan berkas seperti yang diterbitkan. Minta berkas PDF aslinya.';

const LARGEST = 10000000, LARGEST_FILE = 1000001; // one more than a credential may have: then it says so
/**
 * @param {string} why
 * @returns {never}
 */
const refuse = (why) => { throw new Unreadable(why); };
/**
 * @template Value
 * @param {Value} is
 * @returns {NonNullable<Value>}
 */
const need = (is) => is || refuse(BROKEN);

class Ref {
  /** @param {number} number */
  constructor(number) { this.number = number; }
}

/** @typedef {Map<string, any>} Dict */
/** @typedef {any} Value a Dict, an array, a symbol for a name, a Ref, a string, a number, a boolean or null */
/** @typedef {{value: Value, stream: Uint8Array | null}} Found an object of the file */
/** @typedef {(packed: Uint8Array, limit: number) => Uint8Array} Unzlib */
/** @typedef {{at: number} | {holder: number, index: number} | null} Place where an object stands: in the file, or in a stream of objects */

/** @param {Uint8Array} bytes */
const latin = (bytes) => new TextDecoder('latin1').decode(bytes); // one letter a byte; those above ASCII may be other letters
/**
 * @param {Value} value
 * @returns {value is Dict}
 */
const isDict = (value) => value instanceof Map;

/**
 * What may be one or several.
 * @param {Value} value
 * @returns {Value[]}
 */
const listed = (value) => (Array.isArray(value) ? value : value ? [value] : []);

// ---- the values a PDF is made of -------------------------------------------------------------------------------------------------
const SPACE = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y, REF = /(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R(?![A-Za-z])/y, NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)/y;
const NAME = /\/([^\0\t\n\f\r ()<>[\]{}/%]*)/y, HEX = /<([0-9A-Fa-f\0\t\n\f\r ]*)>/y, WORD = /true|false|null/y;
const PIECE = /\\([0-7]{1,3})|\\([^])|[()]|[^\\()]+/y;
/** @type {Record<string, string>} */
const ESCAPED = {n: '\n', r: '\r', t: '\t', b: '\b', f: '\f'};

/**
 * @param {string} text
 * @param {number} start
 */
const reader = (text, start) => {
  let at = start;
  /** @param {RegExp} form */
  const token = (form) => {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found) at = form.lastIndex;
    return found;
  };
  /** @param {string} mark */
  const take = (mark) => { token(SPACE); if (!text.startsWith(mark, at)) return false; at += mark.length; return true; };
  const string = () => {
    let found = '', depth = 1;
    for (;;) {
      const [piece, octal, escaped] = need(token(PIECE));
      depth += piece === '(' ? 1 : piece === ')' ? -1 : 0;
      if (!depth) return found;
      found += octal ? String.fromCharCode(parseInt(octal, 8)) : escaped ? ESCAPED[escaped] || escaped : piece;
    }
  };
  /** @returns {Value} */
  const value = (depth = 0) => {
    need(depth < 50);
    if (take('<<')) {
      const found = new Map();
      while (!take('>>')) { const name = need(token(NAME)); found.set(name[1], value(depth + 1)); }
      return found;
    }
    if (take('[')) { const found = []; while (!take(']')) found.push(value(depth + 1)); return found; }
    if (take('(')) return string();
    let found = token(NAME);
    if (found) return Symbol.for(found[1]);
    found = token(HEX);
    if (found) return need(`${found[1].replace(/[^0-9A-Fa-f]/g, '')}0`.match(/../g)).map((pair) => String.fromCharCode(parseInt(pair, 16))).join('');
    found = token(REF);
    if (found) return new Ref(Number(found[1]));
    found = token(NUMBER);
    return found ? Number(found[0]) : JSON.parse(need(token(WORD))[0]);
  };
  return {value, take, token, place: () => at};
};

// ---- the file: where its objects stand, and what they are --------------------------------------------------------------------------
/** @param {Uint8Array} bytes @param {Unzlib} unzlib */
const opened = (bytes, unzlib) => {
  const text = latin(bytes);
  /** @type {Map<number, Place>} */
  const places = new Map();
  /** @type {Map<number, Found>} */
  const read = new Map();

  /**
   * The bytes of a stream whose dictionary ends at `at`; null when there is none.
   * @param {Dict} dict
   * @param {number} at
   */
  const streamAfter = (dict, at) => {
    const begins = /[\0\t\n\f\r ]*stream(?:\r\n|\n|\r)/y;
    begins.lastIndex = at;
    if (!begins.exec(text)) return null;
    const from = begins.lastIndex, length = resolved(dict.get('Length'));
    const isRight = Number.isInteger(length) && length >= 0 && /^[\r\n]*endstream/.test(text.substr(from + length, 12));
    const to = isRight ? from + length : text.indexOf('endstream', from);
    need(to >= from);
    return bytes.subarray(from, to);
  };
  /**
   * @param {number} at
   * @param {number | null} number
   * @returns {Found}
   */
  const objectAt = (at, number) => {
    const from = reader(text, at), head = need(from.token(/[\0\t\n\f\r ]*(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj/y));
    need(Number(head[1]) === number || number === null);
    const value = from.value(), stream = isDict(value) ? streamAfter(value, from.place()) : null;
    return {value, stream};
  };
  /**
   * @param {Found} packed
   * @param {number} limit
   */
  const unpacked = ({value, stream}, limit) => {
    if (!isDict(value) || !stream) return need(null);
    const filters = listed(resolved(value.get('Filter'))).map(resolved), [parms] = listed(resolved(value.get('DecodeParms')));
    if (!filters.length) return stream.slice(0, limit);
    need(filters.length === 1 && filters[0] === Symbol.for('FlateDecode'));
    /** @type {Uint8Array} */
    let plain;
    try { plain = unzlib(stream, limit); } catch { return need(null); }
    return isDict(parms) && parms.get('Predictor') > 1 ? unpredicted(plain, parms.get('Columns') || 1) : plain;
  };
  /**
   * PNG's "up", the one that tables of objects are written with.
   * @param {Uint8Array} data
   * @param {number} columns
   */
  const unpredicted = (data, columns) => {
    const rows = Math.floor(data.length / (columns + 1)), out = new Uint8Array(rows * columns);
    for (let row = 0; row < rows; row += 1) {
      need(data[row * (columns + 1)] === 2 || data[row * (columns + 1)] === 0);
      for (let column = 0; column < columns; column += 1) {
        const above = row && data[row * (columns + 1)] === 2 ? out[(row - 1) * columns + column] : 0;
        out[row * columns + column] = data[row * (columns + 1) + 1 + column] + above;
      }
    }
    return out;
  };
  /**
   * An object in a stream of objects.
   * @param {number} holder
   * @param {number} index
   * @returns {Found}
   */
  const inside = (holder, index) => {
    const packed = object(holder), data = latin(unpacked(packed, LARGEST)), first = resolved(packed.value.get('First'));
    const numbers = data.slice(0, first).trim().split(/[\0\t\n\f\r ]+/).map(Number);
    return {value: reader(data, need(first) + numbers[2 * index + 1]).value(), stream: null};
  };
  /**
   * @param {number} number
   * @returns {Found}
   */
  const object = (number) => {
    if (!read.has(number)) {
      const place = places.get(number);
      read.set(number, {value: null, stream: null}); // what asks for itself gets nothing
      if (place) read.set(number, 'at' in place ? objectAt(place.at, number) : inside(place.holder, place.index));
    }
    return /** @type {Found} */ (read.get(number));
  };
  /**
   * @param {Value} value
   * @returns {Value}
   */
  const resolved = (value) => {
    let found = value;
    for (let steps = 0; found instanceof Ref; steps += 1) { need(steps < 10); found = object(found.number).value; }
    return found;
  };

  /**
   * The old form: lines of twenty letters.
   * @param {ReturnType<typeof reader>} from
   */
  const table = (from) => {
    const next = () => from.token(/[\0\t\n\f\r ]*(\d+)[\0\t\n\f\r ]+(\d+)[\0\t\n\f\r ]+/y);
    for (let section = next(); section; section = next()) {
      for (let each = 0; each < Number(section[2]); each += 1) {
        const line = need(from.token(/[\0\t\n\f\r ]*(\d{10}) \d{5} ([nf])[\0\t\n\f\r ]*/y)), number = Number(section[1]) + each;
        if (!places.has(number)) places.set(number, line[2] === 'n' ? {at: Number(line[1])} : null);
      }
    }
    need(from.take('trailer'));
    return from.value();
  };
  /**
   * The new form: a stream.
   * @param {number} at
   */
  const packedTable = (at) => {
    const found = objectAt(at, null), dict = found.value;
    need(isDict(dict) && dict.get('Type') === Symbol.for('XRef'));
    const widths = need(dict.get('W')), data = unpacked(found, LARGEST), index = dict.get('Index') || [0, dict.get('Size')];
    let from = 0;
    /** @param {number} width @param {number} otherwise */
    const field = (width, otherwise) => { let sum = width ? 0 : otherwise; for (let left = width; left > 0; left -= 1) { sum = sum * 256 + data[from]; from += 1; } return sum; };
    for (let section = 0; section < index.length; section += 2) {
      for (let number = index[section]; number < index[section] + index[section + 1] && from < data.length; number += 1) {
        const kind = field(widths[0], 1), one = field(widths[1], 0), two = field(widths[2], 0);
        if (!places.has(number)) places.set(number, kind === 1 ? {at: one} : kind === 2 ? {holder: one, index: two} : null);
      }
    }
    return dict;
  };
  const tables = () => { // from the newest back; what a newer one says counts
    const all = need(text.slice(-LARGEST_FILE).match(/startxref[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+%%EOF/g)), seen = new Set();
    let at = Number(all[all.length - 1].replace(/\D/g, ''));
    /** @type {Dict | null} */
    let newest = null;
    while (at !== undefined) {
      need(Number.isInteger(at) && at < text.length && !seen.has(at));
      seen.add(at);
      const from = reader(text, at), trailer = from.take('xref') ? table(from) : packedTable(at);
      need(isDict(trailer));
      if (Number.isInteger(trailer.get('XRefStm'))) packedTable(trailer.get('XRefStm'));
      newest = newest || trailer;
      at = trailer.get('Prev');
    }
    return need(newest);
  };
  return {tables, resolved, object, unpacked};
};

// Names may be written in two bytes a letter; those that count are in ASCII. Beside the credential the proof of its record may stand.
const PROOF = /^(?:\xfe\xff)?bukti-catatan\.json$/;
/** @param {Value} name */
const kindOf = (name) => (typeof name !== 'string' || !/\.json$/i.test(name) ? 'other' : PROOF.test(name) ? 'proof' : 'credential');

/** @param {Uint8Array} bytes @param {Unzlib} unzlib */
const attached = (bytes, unzlib) => {
  const begins = latin(bytes.subarray(0, 1024)).indexOf('%PDF-'); // places count from there
  const file = opened(bytes.subarray(begins), unzlib), trailer = file.tables();
  if (file.resolved(trailer.get('Encrypt'))) refuse(LOCKED);
  /** @param {Value} dict @param {string} name */
  const part = (dict, name) => (isDict(dict) ? file.resolved(dict.get(name)) : undefined);
  const root = need(file.resolved(trailer.get('Root')));
  need(isDict(root));
  const files = part(part(root, 'Names'), 'EmbeddedFiles');
  const kids = part(files, 'Kids');
  const lists = (Array.isArray(kids) ? kids.map(file.resolved) : [files]).map((each) => part(each, 'Names')).filter(Array.isArray);
  /** @type {Record<string, Dict[]>} */
  const found = {credential: [], proof: [], other: []};
  lists.forEach((/** @type {Value[]} */ names) => names.forEach((entry, index) => {
    const spec = typeof entry === 'string' ? null : file.resolved(entry);
    const name = file.resolved(names[index - 1]);
    if (isDict(spec)) found[kindOf(typeof name === 'string' ? name.replace(/\0/g, '') : name)].push(spec);
  }));
  const {credential: [credential, second], proof, other} = found;
  if (!credential) return refuse(NOTHING);
  if (second) return refuse(SEVERAL);
  if (other.length || proof.length > 1) return refuse(MORE);
  /** @param {Dict} spec */
  const content = (spec) => {
    const ways = need(part(spec, 'EF')), way = isDict(ways) ? ways.get('UF') || ways.get('F') : null;
    need(way instanceof Ref);
    return file.unpacked(file.object(way.number), LARGEST_FILE);
  };
  return {credential: content(credential), proof: proof.length ? content(proof[0]) : null};
};

/**
 * @param {Uint8Array} pdf
 * @param {Unzlib} unzlib
 * @returns {{credential: Uint8Array, proof: Uint8Array | null}} the JSON file attached to it, and the proof beside it
 * @throws {Unreadable} there is none or more than one, or something else beside it; or the PDF is broken, locked or too large
 */
export const attachedTo = (pdf, unzlib) => {
  if (pdf.length > LARGEST) refuse(`Berkas PDF terlalu besar: paling banyak ${LARGEST / 1000000} MB.`);
  try { return attached(pdf, unzlib); } catch (error) { return refuse(error instanceof Unreadable ? error.message : BROKEN); }
};
