// Every fact that is printed on a certificate, in the order and the words of the print, for the eye to compare. The words and their order
// stand in the page's template.
import {element} from '../core/start.js';
import {say} from './parts.js';
import {json} from './signed/json.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {string | HTMLElement | undefined} Shown */

/** @type {Record<string, string>} */
const KINDS = {passed: 'Telah mengikuti dan dinyatakan lulus', attended: 'Telah mengikuti'};
/** @param {unknown} value @returns {value is string} */
const isDay = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
/** @param {unknown} value */
const plain = (value) => (isDay(value) ? json.dayWords(value) : typeof value === 'string' ? value : JSON.stringify(value));
/** @param {unknown} value */
const has = (value) => value !== undefined && value !== null;
/** @param {'ul' | 'ol'} tag @param {unknown} list @param {(each: any) => string} line */
const listed = (tag, list, line) => (Array.isArray(list) ? element(tag, {}, ...list.map((each) => element('li', {}, line(each)))) : undefined);

/**
 * What is not printed as it stands; `undefined` when there is nothing to print.
 * @type {Record<string, (record: Json) => Shown>}
 */
const SHOWN = {
  kind: ({kind}) => (has(kind) ? KINDS[/** @type {string} */ (kind)] || plain(kind) : undefined),
  hours: ({hours}) => (has(hours) ? `${plain(hours)} JP` : undefined),
  days: ({starts_on: from, ends_on: to}) => (!has(from) ? undefined : !has(to) ? `mulai ${plain(from)}` : from === to ? plain(from) : `${plain(from)} sampai ${plain(to)}`),
  issued: ({place, issued_on: on}) => (has(place) ? `${plain(place)}, ${plain(on)}` : has(on) ? plain(on) : undefined),
  signatory_name: ({signatory_name: name}) => (name === '' ? say('nameless') : name),
  letterhead: ({letterhead}) => listed('ul', letterhead, plain),
  sessions: ({sessions}) => listed('ol', sessions, ({title, hours}) => `${plain(title)} – ${plain(hours)}\u00a0JP`),
  minutes_per_hour: ({minutes_per_hour: minutes}) => (has(minutes) ? `${plain(minutes)} menit` : undefined),
  score: ({score, show_score: shown}) => (has(score) && shown !== false ? `${plain(score).replace('.', ',')} dari 100` : undefined),
  tte_note: ({tte_note: noted}) => (noted === true ? say('tte') : undefined),
};
const PARTS = ['starts_on', 'ends_on', 'place', 'issued_on', 'show_score']; // printed together with others
/** @param {Json} record @param {string} name */
const asItStands = (record, name) => (has(record[name]) ? plain(record[name]) : undefined);

/**
 * The rows of a description list. A fact that the page does not know is shown under its own name: nothing that was signed is held back.
 * @param {Json} record
 */
export const factRows = (record) => {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector('[data-rows]'));
  const rows = /** @type {HTMLElement[]} */ ([...document.importNode(template.content, true).children]);
  const known = new Set([...PARTS, ...rows.map(({dataset}) => dataset.fact)]);
  const others = Object.keys(record).filter((name) => !known.has(name)).map((name) => element('div', {'data-fact': name}, element('dt', {}, name.replace(/_/g, ' '))));
  return rows.concat(others).filter((row) => {
    const name = /** @type {string} */ (row.dataset.fact), shown = known.has(name) && SHOWN[name] ? SHOWN[name](record) : asItStands(record, name);
    if (shown !== undefined) row.append(element('dd', {}, shown));
    return shown !== undefined;
  });
};
