// The strict reader for JSON that strangers hand in: what could be read in two ways is refused. The same as `read_document` in
// psm_course/credentials/documents.py; tests/site/verification runs both over one table.
import {json, refuse} from './json.js';

const LARGEST = 1000000, DEEPEST = 32, BEYOND = 990; // where Python's own reader gives up
const BROKEN = 'Berkas ini bukan JSON yang utuh.';

// In whole JSON nothing else can stand: what opens and closes, and texts, with a colon behind those that name something.
const TOKENS = /[{}[\]]|"[^"\\]*(?:\\[^][^"\\]*)*"(?:[ \t\n\r]*:)?/g;

/**
 * Whole JSON, by the browser's own reader.
 * @param {string} text
 * @param {(name: string, value: any) => any} [changed]
 * @returns {any}
 */
const parsed = (text, changed) => { try { return JSON.parse(text, changed); } catch { return refuse(BROKEN); } };

/**
 * What that reader says nothing of: a name that stands twice in one object.
 * @param {string} text whole JSON
 */
const refuseTwins = (text) => {
  /** @type {Set<string>[]} the names in each object or list that is open */
  const open = [];
  for (const token of text.match(TOKENS) || []) {
    if ('{['.includes(token)) open.push(new Set());
    else if ('}]'.includes(token)) open.pop();
    if (open.length > BEYOND) refuse(BROKEN);
    if (!token.endsWith(':')) continue;
    const names = open[open.length - 1], name = parsed(token.slice(0, -1));
    if (names.has(name)) refuse('Berkas JSON memuat nama isian yang sama dua kali, sehingga isinya dapat dibaca dengan dua cara.');
    names.add(name);
  }
};

/** @param {any} value @param {number} left @returns {boolean} whether it has more layers than are left */
const isDeeper = (value, left) => (
  !left || (value !== null && typeof value === 'object' && Object.values(value).some((each) => isDeeper(each, left - 1))));

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
  const text = utf8(bytes), document = parsed(text, (_, value) => (json.isObject(value) ? Object.assign(Object.create(null), value) : value));
  refuseTwins(text);
  if (!json.isObject(document)) return refuse('Berkas JSON ini bukan sertifikat.');
  if (isDeeper(document, DEEPEST)) refuse('Isi berkas terlalu berlapis-lapis.');
  return document;
};
