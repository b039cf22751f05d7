// The strict reader for JSON that strangers hand in: what could be read in two ways is refused. The same as `read_document` in
// psm_course/credentials/documents.py; tests/site/verification runs both over one table.
import {json, Unreadable} from './json.js';

const LARGEST = 1000000, DEEPEST = 32, BEYOND = 990; // where Python's own reader gives up
const BROKEN = 'Berkas ini bukan JSON yang utuh.';
const TWINS = 'Berkas JSON memuat nama isian yang sama dua kali, sehingga isinya dapat dibaca dengan dua cara.';

/**
 * @param {string} why
 * @returns {never}
 */
const refuse = (why) => { throw new Unreadable(why); };

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y, LITERAL = /true|false|null/y;
/** @type {Record<string, boolean | null>} */
const LITERALS = {true: true, false: false, null: null};

/** @param {string} text */
const parse = (text) => {
  let at = 0;
  const space = () => { while (at < text.length && ' \t\n\r'.includes(text[at])) at += 1; };
  /** @param {RegExp} form */
  const token = (form) => {
    form.lastIndex = at;
    const found = form.exec(text);
    if (!found) return refuse(BROKEN);
    at = form.lastIndex;
    return found[0];
  };
  /** @param {string} letter */
  const take = (letter) => { space(); if (text[at] !== letter) return false; at += 1; return true; };
  /** @param {string} letter */
  const need = (letter) => { if (!take(letter)) refuse(BROKEN); };
  const string = () => {
    const from = at;
    for (at += 1; text[at] !== '"'; at += text[at] === '\\' ? 2 : 1) if (at >= text.length) refuse(BROKEN);
    at += 1;
    try { return JSON.parse(text.slice(from, at)); } catch { return refuse(BROKEN); }
  };
  /** @param {number} depth */
  const list = (depth) => {
    /** @type {any[]} */
    const found = [];
    if (take(']')) return found;
    do found.push(value(depth)); while (take(','));
    need(']');
    return found;
  };
  /** @param {number} depth */
  const object = (depth) => {
    /** @type {import('./json.js').Json} */
    const found = Object.create(null);
    let count = 0;
    if (take('}')) return found;
    do {
      space();
      if (text[at] !== '"') refuse(BROKEN);
      const name = string();
      need(':');
      found[name] = value(depth);
      count += 1;
    } while (take(','));
    need('}');
    if (Object.keys(found).length !== count) refuse(TWINS);
    return found;
  };
  /**
   * @param {number} depth
   * @returns {any}
   */
  const value = (depth) => {
    if (depth > BEYOND) refuse(BROKEN);
    if (take('{')) return object(depth + 1);
    if (take('[')) return list(depth + 1);
    if (text[at] === '"') return string();
    if (text[at] === '-' || (text[at] >= '0' && text[at] <= '9')) return Number(token(NUMBER));
    return LITERALS[token(LITERAL)];
  };
  const whole = value(0);
  space();
  return at === text.length ? whole : refuse(BROKEN);
};

/**
 * @param {any} value
 * @param {number} left how many layers more it may have
 */
const refuseDepth = (value, left) => {
  if (left === 0) refuse('Isi berkas terlalu berlapis-lapis.');
  if (value !== null && typeof value === 'object') Object.keys(value).forEach((name) => refuseDepth(value[name], left - 1));
};

/** @param {Uint8Array} bytes */
const utf8 = (bytes) => { try { return new TextDecoder('utf-8', {fatal: true}).decode(bytes); } catch { return refuse(BROKEN); } };

/**
 * One JSON object, without a prototype: any name may stand in it.
 * @param {Uint8Array} bytes
 * @returns {import('./json.js').Json}
 * @throws {Unreadable}
 */
export const readJson = (bytes) => {
  if (bytes.length > LARGEST) refuse('Berkas terlalu besar: paling banyak 1 MB.');
  const document = parse(utf8(bytes));
  if (!json.isObject(document)) return refuse('Berkas JSON ini bukan sertifikat.');
  refuseDepth(document, DEEPEST);
  return document;
};
