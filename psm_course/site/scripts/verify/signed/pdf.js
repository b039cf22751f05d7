// The credential that travels inside a certificate's PDF. The same verdicts as psm_course/credentials/formats/attachment.py, with a reader that
// follows a PDF's own table to the attached files and looks at nothing else. Locked files stay locked: ours never are.
import {fromHex, latin} from './bytes.js';
import {refuse, Unreadable} from './json.js';

const BROKEN = 'Berkas PDF ini rusak atau tidak dapat dibaca.';
const NOTHING = 'PDF ini tidak memuat sertifikat digital. Mungkin hasil pindai, cetak ulang, atau konversi. Minta berkas PDF aslinya, atau periksa lewat kode QR-nya.';
const MORE = 'PDF ini memuat lampiran lain di samping sertifikat digitalnya: bukan berkas seperti yang diterbitkan. Minta berkas PDF aslinya.';

const LARGEST = 10000000, LARGEST_FILE = 1000001; // one more than a credential may have: then it says so
/**
 * @template Value
 * @param {Value} is
 * @returns {NonNullable<Value>}
 */
const need = (is) => is || refuse(BROKEN);

/** @typedef {Map<string | symbol, any>} Dict its stream, where it has one, stands under STREAM */
/** @typedef {any} Value a Dict, an array, a symbol for a name, a function for a reference, a string, a number, a boolean or null */
/** @typedef {(packed: Uint8Array, limit: number) => Uint8Array} Unzlib */

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
const SPACE = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y, REF = /(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R(?![A-Za-z])/y, NUMBER = /([-+]?(?:\d+\.?\d*|\.\d+))/y;
const NAME = /\/([^\0\t\n\f\r ()<>[\]{}/%]*)/y, HEX = /<([0-9A-Fa-f\0\t\n\f\r ]*)>/y, WORD = /(true|false|null)/y;
const SIMPLE = new RegExp([NAME, HEX, REF, NUMBER, WORD].map(({source}) => source).join('|'), 'y'), STREAM = Symbol('stream');
const PIECE = /\\([0-7]{1,3})|\\([^])|[()]|[^\\()]+/y;
/** @type {Record<string, string>} */
const ESCAPED = {n: '\n', r: '\r', t: '\t', b: '\b', f: '\f'};

/**
 * @param {string} text
 * @param {number} start
 * @param {(number: number) => Value} object gives what a reference is to
 */
const reader = (text, start, object) => {
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
    const [, name, digits, reference, number, word] = need(token(SIMPLE));
    if (name !== undefined) return Symbol.for(name);
    if (digits !== undefined) return Array.from(fromHex(`${digits.replace(/[^0-9A-Fa-f]/g, '')}0`), (byte) => String.fromCharCode(byte)).join('');
    if (reference) return () => object(Number(reference));
    return number ? Number(number) : JSON.parse(word);
  };
  return {value, take, token, place: () => at};
};

// ---- the file: where its objects stand, and what they are --------------------------------------------------------------------------
/** @param {Uint8Array} bytes @param {Unzlib} unzlib */
const opened = (bytes, unzlib) => {
  const text = latin(bytes);
  const nothing = () => null;
  /** @type {Map<number, () => Value>} how each object is come by; what the newest table says counts */
  const places = new Map();

  /**
   * @param {number} number
   * @returns {Value}
   */
  const object = (number) => {
    const find = places.get(number) || nothing;
    places.set(number, nothing); // what asks for itself gets nothing
    const found = find();
    places.set(number, () => found);
    return found;
  };
  /**
   * @param {Value} value
   * @returns {Value}
   */
  const resolved = (value) => {
    let found = value;
    for (let steps = 0; typeof found === 'function'; steps += 1) { need(steps < 10); found = found(); }
    return found;
  };
  /**
   * @param {number} at
   * @param {number} [number] what stands there, where that is known
   */
  const objectAt = (at, number) => {
    const from = reader(text, at, object), head = need(from.token(/[\0\t\n\f\r ]*(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj/y));
    need(Number(head[1]) === number || number === undefined);
    const value = from.value();
    if (!isDict(value) || !from.token(/[\0\t\n\f\r ]*stream(?:\r\n|\n|\r)/y)) return value;
    const start = from.place(), length = resolved(value.get('Length'));
    const isRight = Number.isInteger(length) && length >= 0 && /^[\r\n]*endstream/.test(text.substr(start + length, 12));
    const end = isRight ? start + length : text.indexOf('endstream', start);
    need(end >= start);
    return value.set(STREAM, bytes.subarray(start, end));
  };
  /**
   * PNG's "up", the one that tables of objects are written with.
   * @param {Uint8Array} data
   * @param {number} columns
   */
  const unpredicted = (data, columns) => {
    const width = columns + 1, out = data.slice(0, data.length - data.length % width);
    out.forEach((byte, at) => {
      const kind = data[at - at % width];
      need(kind === 2 || kind === 0);
      if (kind === 2 && at >= width) out[at] = byte + out[at - width];
    });
    return out.filter((_, at) => at % width);
  };
  /**
   * @param {Dict} dict
   * @param {number} limit
   * @returns {Uint8Array}
   */
  const unpacked = (dict, limit) => {
    const stream = need(dict.get(STREAM)), filters = listed(resolved(dict.get('Filter'))).map(resolved);
    if (!filters.length) return stream.slice(0, limit);
    need(filters.length === 1 && filters[0] === Symbol.for('FlateDecode'));
    const [parms] = listed(resolved(dict.get('DecodeParms'))), plain = unzlib(stream, limit);
    return isDict(parms) && parms.get('Predictor') > 1 ? unpredicted(plain, parms.get('Columns') || 1) : plain;
  };
  /**
   * An object in a stream of objects.
   * @param {number} holder
   * @param {number} index
   */
  const inside = (holder, index) => {
    const packed = object(holder), data = latin(unpacked(packed, LARGEST)), first = need(resolved(packed.get('First')));
    const numbers = data.slice(0, first).trim().split(/[\0\t\n\f\r ]+/).map(Number);
    return reader(data, first + numbers[2 * index + 1], object).value();
  };

  /**
   * The old form: lines of twenty letters.
   * @param {ReturnType<typeof reader>} from
   */
  const table = (from) => {
    while (!from.take('trailer')) {
      const [, first, count] = need(from.token(/(\d+)[\0\t\n\f\r ]+(\d+)[\0\t\n\f\r ]+/y));
      for (let number = Number(first); number < Number(first) + Number(count); number += 1) {
        const [, at, kind] = need(from.token(/[\0\t\n\f\r ]*(\d{10}) \d{5} ([nf])[\0\t\n\f\r ]*/y));
        if (!places.has(number)) places.set(number, kind === 'n' ? () => objectAt(Number(at), number) : nothing);
      }
    }
    return from.value();
  };
  /**
   * The new form: a stream.
   * @param {number} at
   */
  const packedTable = (at) => {
    const dict = objectAt(at);
    need(dict.get('Type') === Symbol.for('XRef'));
    const widths = need(dict.get('W')), data = unpacked(dict, LARGEST), index = dict.get('Index') || [0, dict.get('Size')];
    let from = 0;
    /** @param {number} width @param {number} otherwise */
    const field = (width, otherwise) => {
      from += width;
      return width ? data.subarray(from - width, from).reduce((sum, byte) => sum * 256 + byte, 0) : otherwise;
    };
    for (let section = 0; section < index.length; section += 2) {
      for (let number = index[section]; number < index[section] + index[section + 1] && from < data.length; number += 1) {
        const kind = field(widths[0], 1), one = field(widths[1], 0), two = field(widths[2], 0);
        if (!places.has(number)) places.set(number, kind === 1 ? () => objectAt(one, number) : kind === 2 ? () => inside(one, two) : nothing);
      }
    }
    return dict;
  };
  /**
   * The tables from this one back.
   * @param {number} at
   * @param {number[]} newer
   * @returns {Dict} what stands at the end of the newest
   */
  const tables = (at, newer = []) => {
    need(Number.isInteger(at) && at < text.length && !newer.includes(at));
    const from = reader(text, at, object), trailer = from.take('xref') ? table(from) : packedTable(at);
    if (Number.isInteger(trailer.get('XRefStm'))) packedTable(trailer.get('XRefStm'));
    if (trailer.has('Prev')) tables(trailer.get('Prev'), [...newer, at]);
    return trailer;
  };
  const starts = need(text.slice(-LARGEST_FILE).match(/startxref[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+%%EOF/g));
  return {trailer: tables(Number(starts[starts.length - 1].replace(/\D/g, ''))), resolved, unpacked};
};

// Names may be written in two bytes a letter; those that count are in ASCII. Beside the credential the proof of its record may stand.
const PROOF = /^(?:\xfe\xff)?bukti-catatan\.json$/;
/** @param {Value} name */
const kindOf = (name) => (typeof name !== 'string' || !/\.json$/i.test(name) ? 'other' : PROOF.test(name) ? 'proof' : 'credential');

/** @param {Uint8Array} bytes @param {Unzlib} unzlib */
const attached = (bytes, unzlib) => {
  const begins = latin(bytes.subarray(0, 1024)).indexOf('%PDF-'); // places count from there
  const {trailer, resolved, unpacked} = opened(bytes.subarray(begins), unzlib);
  if (resolved(trailer.get('Encrypt'))) refuse('PDF ini terkunci kata sandi. Minta berkas PDF aslinya.');
  /** @param {Value} dict @param {string} name */
  const part = (dict, name) => (isDict(dict) ? resolved(dict.get(name)) : undefined);
  const root = resolved(trailer.get('Root'));
  need(isDict(root));
  const files = part(part(root, 'Names'), 'EmbeddedFiles'), kids = part(files, 'Kids');
  const lists = (Array.isArray(kids) ? kids.map(resolved) : [files]).map((each) => part(each, 'Names')).filter(Array.isArray);
  /** @type {Record<string, Dict[]>} */
  const found = {credential: [], proof: [], other: []};
  lists.forEach((/** @type {Value[]} */ names) => names.forEach((entry, index) => {
    const spec = resolved(entry), name = resolved(names[index - 1]);
    if (isDict(spec)) found[kindOf(typeof name === 'string' ? name.replace(/\0/g, '') : name)].push(spec);
  }));
  const {credential: [credential, second], proof, other} = found;
  if (!credential) return refuse(NOTHING);
  if (second) return refuse('PDF ini memuat lebih dari satu sertifikat digital, jadi tidak jelas yang mana yang berlaku.');
  if (other.length || proof.length > 1) return refuse(MORE);
  /** @param {Dict} spec */
  const content = (spec) => {
    const ways = part(spec, 'EF');
    return unpacked(resolved(ways.get('UF') || ways.get('F')), LARGEST_FILE);
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
