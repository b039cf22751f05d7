// "Periksa sertifikat": what the office has published, as this page finds it, and the way from something handed in to a verdict on the screen.
// Nothing that is handed in leaves the phone.
import {root} from '../core/start.js';
import {factRows} from './facts.js';
import {Missing, need, recall, remember, say} from './parts.js';
import {officeOf, readIssuer} from './published.js';
import {listing, part, show} from './shown.js';
import {json, Unreadable} from './signed/json.js';
import {canCheck, isLacking} from './signed/signature.js';
import {verify} from './verdict.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {import('./verdict.js').Verdict} Verdict */

const FRESH = 600000; // milliseconds that what was fetched counts as new: a page may stay open for days

// ---- what the office has published -----------------------------------------------------------------------------------------------------

/** @type {Json | null} its snapshot, or before there is one its keys.json; pinned when the site was built */
const baked = JSON.parse(part('published').textContent);
const isServed = location.protocol !== 'file:';

let since = 0;
/** @type {Promise<void> | undefined} */
let asking;
/**
 * A document, null where there is none. Where no answer came, or the phone's own store gave it (203), the next scan asks again.
 * @param {string} path @param {RequestCache} [cache] @returns {Promise<Json | null>}
 */
const fetched = (path, cache = 'no-cache') => fetch(root + path, {credentials: 'omit', cache}).then((answer) => {
  if (answer.status !== 200 && answer.status !== 404) since = 0;
  return answer.json(); // "not found" is no JSON
}, () => { since = 0; }).catch(() => null);
/** A folder cannot be fetched from: there, a script holds the documents. @param {unknown} _ @param {string} path */
const documents = (_, path) => (isServed ? fetched(path) : need('published').then((all) => all[path])).then((found) => (found ? [found] : []), () => []);

let office = officeOf(baked ? [baked] : [], documents);
export const current = () => office;

/**
 * Ask whether keys were changed, the network first.
 * @param {RequestCache} cache `reload`: wait for the network, however weak
 */
const renew = async (cache) => {
  const [page] = office.issuers;
  if (!isServed || !page) return;
  /** @param {string} path */
  const find = (path) => fetched(path, cache);
  const [{renewed}, found] = await Promise.all([need('documents'), find('snapshot.json')]);
  const kept = readIssuer(recall('snapshot') || {}); // the newest that this phone has seen; an older one counts no more
  const known = kept && kept.did === page.did && kept.version > page.version ? await renewed(kept, page.document, find) : page;
  const last = await renewed(known, found, find);
  if (last.version && (!kept || kept.version !== last.version)) remember('snapshot', last.document);
  if (last !== page) office = officeOf([last.document], documents);
};
/** What the office says now: asked for again after a while, for a page may stay open for days. */
const refresh = () => {
  if (asking && Math.abs(Date.now() - since) < FRESH) return asking; // a clock may be set back
  if (asking) office.askAgain();
  since = Date.now();
  asking = renew('no-cache');
  asking.catch(() => { since = 0; });
  return asking;
};
export const fresh = () => refresh().then(() => office);

// ---- the verdict --------------------------------------------------------------------------------------------------------------------------

/** @param {Verdict} verdict */
const showVerdict = ({verdict, record, status_as_of: asOf, reason}) => {
  const kind = verdict === 'tampered' && record ? 'edited' : verdict, day = asOf && json.day(json.instant(asOf));
  const names = office.issuers.map(({name}) => name).join(', ');
  show(kind, {
    reason,
    title: kind === 'stale' && day && say('known', day),
    status: record && (day ? say('as-of', day) : say('no-date')),
    advice: kind === 'unknown_issuer' && names && say('only-these', names),
    signed: record && listing(factRows(record)),
  });
};

/**
 * Draws nobody's verdict where it goes before it could be painted: what is drawn first is slow.
 * @param {Json} record
 */
export const rehearsed = (record) => {
  const stage = part('outcome').cloneNode();
  part('ways').after(stage);
  show('valid', {reason: '-', status: '-', signed: listing(factRows(record))}, stage);
  stage.getBoundingClientRect();
  stage.remove();
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
  const slow = setTimeout(() => { part('busy').hidden = mine !== turn; }, 100); // sooner it would only flash
  const done = await work().catch((error) => () => failed(error, () => judged(work)));
  clearTimeout(slow);
  if (mine !== turn) return;
  part('busy').hidden = true;
  done();
};

/** @param {Uint8Array | string} given */
export const said = async (given) => {
  if (isLacking && canCheck) need('ed25519').catch(() => null); // on its way while the rest is; asked for again when it is needed
  const judge = () => verify(given, office, Date.now()), before = office;
  let [found] = await Promise.all([judge(), refresh()]); // both at once: mostly nothing is new
  if (office !== before) found = await judge();
  if (found.verdict === 'unknown_issuer' && isServed) found = await renew('reload').then(judge);
  return () => {
    (found.show || showVerdict)(found);
    if (found.statement) need('log').then(({follow}) => follow(found)).catch(() => null);
  };
};
