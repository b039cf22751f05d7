// "Periksa sertifikat": what the office has published, as this page finds it, and the way from something handed in to a verdict on the screen.
// Nothing that is handed in leaves the phone.
import {root} from '../core/start.js';
import {factRows} from './facts.js';
import {Missing, need, say} from './parts.js';
import {officeOf} from './published.js';
import {listIn, part, show} from './shown.js';
import {json, Unreadable} from './signed/json.js';
import {canCheck} from './signed/signature.js';
import {verify} from './verdict.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {import('./verdict.js').Verdict} Verdict */

const FRESH = 600000; // milliseconds that what was fetched counts as new: a page may stay open for days

// ---- what the office has published -----------------------------------------------------------------------------------------------------

/** @type {Record<string, Json>} */
const embedded = JSON.parse(part('published').textContent);
const isServed = location.protocol !== 'file:';

/** @param {string} path @returns {Promise<Json>} */
const fetched = async (path) => (await fetch(root + path, {credentials: 'omit'})).json(); // "not found" is no JSON
/** @param {string} path @returns {Promise<Json | undefined>} */
const written = async (path) => (await need('published'))[path]; // a folder cannot be fetched from: there, a script holds the documents
/** @param {unknown} _ @param {string} path */
const documents = async (_, path) => {
  const found = await (isServed ? fetched : written)(path).catch(() => null);
  return found && !json.same(found, embedded[path]) ? [found] : []; // mostly what is found is what stands in the page
};

const office = officeOf(embedded['keys.json'] ? [embedded['keys.json']] : [], documents, embedded);
let since = Date.now();
export const current = () => {
  if (Date.now() - since > FRESH) { office.askAgain(); since = Date.now(); }
  return office;
};

// ---- the verdict --------------------------------------------------------------------------------------------------------------------------

/** @param {Verdict} verdict */
const showVerdict = ({verdict, record, status_as_of: asOf, reason}) => {
  const kind = verdict === 'tampered' && record ? 'edited' : verdict;
  /** @type {Parameters<typeof show>[1]} */
  const filled = {reason};
  const names = office.issuers.map(({name}) => name).join(', ');
  if (kind === 'unknown_issuer' && names) filled.advice = say('only-these', names);
  if (kind === 'stale' && asOf) filled.title = say('known', json.day(json.instant(asOf)));
  if (record) {
    filled.status = asOf ? say('as-of', json.day(json.instant(asOf))) : say('no-date');
    filled.signed = (there) => listIn(there).append(...factRows(record));
  }
  show(kind, filled);
};

/** @param {any} error @param {() => void} again */
export const failed = (error, again) => {
  if (error instanceof Missing) show('missing', {again: (there) => there.addEventListener('click', () => { part('outcome').hidden = true; again(); })});
  else if (error instanceof Unreadable) show('unreadable', {reason: error.message});
  else if (canCheck) show('unreadable', {reason: say('failed', error.name)});
  else show('too_old', {});
};

let turn = 0;
/**
 * Of two that were handed in, the later one counts.
 * @param {() => Promise<() => void>} work what gives what is to be shown
 */
export const judged = async (work) => {
  const mine = turn += 1;
  part('outcome').hidden = true;
  part('busy').hidden = false;
  const done = await work().catch((error) => () => failed(error, () => judged(work)));
  if (mine !== turn) return;
  part('busy').hidden = true;
  done();
};

/** @param {Uint8Array | string} given */
export const said = async (given) => {
  const found = await verify(given, current(), Date.now());
  return () => (found.show || showVerdict)(found);
};
