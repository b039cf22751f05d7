// JSON as the office signs it, in one canonical form (RFC 8785), and its instants and days. The same as psm_course/credentials/documents.py.
import {canonical} from '../../crypto/canonical.js';
import {say} from '../parts.js';

/** What was handed in is not what it should be; the message says why. */
export class Unreadable extends Error {}

/** @typedef {Record<string, any>} Json an object */

/**
 * @param {unknown} value
 * @returns {value is Json}
 */
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** @param {unknown[]} values */
export const areTexts = (...values) => values.every((value) => typeof value === 'string');

/**
 * @param {string} why
 * @returns {never}
 */
export const refuse = (why) => { throw new Unreadable(why); };
/** @returns {never} */
const unclear = () => refuse(say('unclear'));
/** Half a letter has no such form, nor has a number that is too large. @param {any} leaf */
const clear = (leaf) => {
  if (typeof leaf === 'string' && /[\ud800-\udfff]/u.test(leaf)) return unclear();
  return typeof leaf === 'number' && !Number.isFinite(leaf) ? unclear() : JSON.stringify(leaf);
};
/** A number that is too large is not null, as JSON has it. @param {any} leaf */
const exact = (leaf) => (typeof leaf === 'number' ? String(leaf) : JSON.stringify(leaf));
/** @param {any} value */
const strict = (value) => canonical(value, clear);

// ---- instants and days: milliseconds since 1970, days by the office's clock (WIB) --------------------------------------------------
const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/, HOUR = 3600000, WIB = 7 * HOUR;
const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'];

/** @param {unknown} text */
const instant = (text) => {
  const at = typeof text === 'string' && FORM.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new TypeError('no zone');
  return at;
};
/** @param {string} day */
const dayWords = (day) => { const [year, month, date] = day.split('-').map(Number); return `${date} ${MONTHS[month - 1]} ${year}`; };

export const json = {
  canonical: strict, isObject, instant, dayWords,
  /** Whether both say the same. @param {any} one @param {any} other */
  same: (one, other) => canonical(one, exact) === canonical(other, exact),
  /** @param {unknown} day */
  startOf: (day) => instant(`${day}T00:00:00+07:00`),
  /** @param {number} at */
  written: (at) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
  /** @param {number} at */
  day: (at) => dayWords(new Date(at + WIB).toISOString().slice(0, 10)),
  /** @param {string} text */
  sentence: (text) => (/[.!?]$/.test(text) ? text : `${text}.`),
  /** @param {Json} value */
  bytes: (value) => new TextEncoder().encode(strict(value)),
};
