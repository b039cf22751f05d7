// The answer to "is this certificate genuine?": what was handed in, the office's publications and the time of day in; one verdict out.
// The same verdicts and sentences as psm_course/credentials/verification/verification.py (decision 0019); it never throws because of what is handed in.
import {need, say} from './parts.js';
import {Doubt, endOf, markOf, placesOf, signerOfToken} from './published.js';
import {json, Unreadable} from './signed/json.js';
import {parseToken} from './signed/token.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {import('./published.js').Issuer} Issuer */
/** @typedef {import('./published.js').Office} Office */
/** @typedef {import('./published.js').Place} Place */
/**
 * What was handed in says this: facts, whose they are, where their status stands, when they hold, by when it was signed and the signature's mark.
 * @typedef {{issuer: Issuer, facts: Json, places: Place[], from: number, until: number | null, lacks: boolean, signedBy: number, mark: string,
 *   inclusion?: import('./log.js').Said | null}} Statement
 */
/**
 * @typedef {object} Verdict as psm_course/credentials/verification/verification.py has it
 * @property {string} verdict
 * @property {Json | null} record
 * @property {string | null} status_as_of
 * @property {string} reason
 * @property {string | null} superseded_by
 * @property {Json | null} receipt
 * @property {(verdict: Verdict) => void} [show] how it is shown, where that is not the usual way
 * @property {Json} [log] where in the open log it was found
 * @property {Statement} [statement] of a certificate that was entered in the open log
 */
/** @typedef {[import('./published.js').Corrections | null, ...(import('./published.js').StatusList | null)[]]} Standing */

/**
 * @param {ReturnType<typeof parseToken>} token
 * @param {Issuer} issuer
 * @param {Place[]} places
 * @param {import('./published.js').Issuance | null} issuance
 * @returns {Promise<Statement>}
 */
const readToken = async (token, issuer, places, issuance) => {
  const shared = issuance && {number: issuance.before + token.numberPart + issuance.after, ...issuance.facts};
  return {
    issuer, facts: {...shared, ...token.facts}, places,
    from: json.startOf(token.facts.issued_on), until: token.expires === null ? null : token.expires * 1000, lacks: !issuance,
    signedBy: endOf(token.signedOn), mark: await markOf(token.signature), inclusion: issuance && issuance.log && {log: issuance.log, token},
  };
};

// ---- do the facts still stand? -------------------------------------------------------------------------------------------------------

/**
 * @param {string} kind
 * @param {string} reason
 * @param {number | null} [asOf]
 * @param {string | null} [by]
 * @returns {Verdict}
 */
export const verdict = (kind, reason, asOf = null, by = null) => (
  {verdict: kind, record: null, status_as_of: asOf === null ? null : json.written(asOf), reason, superseded_by: by, receipt: null});

/**
 * What speaks against a statement.
 * @param {Statement} statement
 * @param {import('./published.js').Correction | null | undefined} correction
 * @param {Set<string>} bits purposes of the lists in which it stands
 * @param {number} now
 * @returns {[string, string, string?] | null} verdict, reason, and the number that stands in its place
 */
const findAgainst = ({issuer, from, until}, correction, bits, now) => {
  if (correction && correction.supersededBy) {
    return ['superseded', json.sentence(say('replaced-by', correction.supersededBy, json.dayWords(correction.on), correction.reason)), correction.supersededBy];
  }
  if (correction) return ['revoked', json.sentence(say('revoked', json.dayWords(correction.on), correction.reason))];
  if (bits.has('refresh')) return ['superseded', say('replaced', issuer.name)];
  if (bits.size) return ['revoked', say('revoked-unsaid', issuer.name)];
  if (until !== null && now > until) return ['revoked', say('expired', json.day(until))];
  return now < from ? ['revoked', say('early', json.day(from))] : null;
};

/**
 * What the office says of it now: its list of corrections and its status lists, all asked for at once.
 * @param {Issuer} issuer
 * @param {Place[]} places
 * @param {Office} office
 * @returns {Promise<Standing>}
 */
const standing = (issuer, places, office) => Promise.all([office.corrections(issuer), ...places.map((place) => office.list(issuer, place))]);

/**
 * @param {Statement} statement
 * @param {Office} office
 * @param {number} now
 */
export const judge = async (statement, office, now) => {
  const {issuer, facts, places} = statement, documents = await need('documents');
  const [[corrections, ...lists], unlisted] = await Promise.all([standing(issuer, places, office), documents.unlisted(office, statement)]);
  const dated = typeof facts.number === 'string' ? corrections : null;
  const bits = new Set(places.filter((place, at) => { const list = lists[at]; return list && list.isSet(place.index); }).map(({purpose}) => purpose));
  const dates = [...lists, dated].filter((each) => each !== null).map(({asOf}) => asOf);
  const against = findAgainst(statement, dated && dated.byNumber.get(facts.number), bits, now);
  const genuine = say('genuine', issuer.name);
  /** @param {string} kind @param {string} word @param {number} asOf */
  const known = (kind, word, asOf) => verdict(kind, `${genuine} ${say(word, json.day(asOf))}`, asOf);
  const standingNow = () => {
    if (unlisted !== null) return verdict('unlisted', say('unlisted', issuer.name, json.day(unlisted)), unlisted);
    if (!lists.every(Boolean)) return verdict('stale', `${genuine} ${say('no-status')}`);
    const asOf = Math.min(...dates);
    if (statement.lacks || lists.some((list) => list && now > list.until)) return known('stale', 'last-known', asOf);
    // However new a list is: whether the key that signed it still counts is known as of the snapshot only.
    return now > issuer.until ? known('stale', 'not-renewed', issuer.made) : known('valid', 'stands', asOf);
  };
  const found = against ? verdict(against[0], against[1], dates.length ? Math.max(...dates) : null, against[2]) : standingNow();
  if (statement.lacks) found.reason += ` ${say('lacks')}`;
  if (statement.inclusion) Object.defineProperty(found, 'statement', {value: statement}); // no part of the verdict
  return Object.assign(found, {record: facts});
};

// ---- whatever a person may hand in ------------------------------------------------------------------------------------------------------

/**
 * @param {string} text
 * @param {Office} office
 * @param {number} now
 */
export const verifyText = async (text, office, now) => {
  const token = parseToken(text);
  for (const each of office.issuers) office.issuance(each, token.digest).catch(() => null); // on its way while the signature is checked
  const issuer = await signerOfToken(token, office.issuers), places = placesOf(issuer.site, token.position);
  const [issuance] = await Promise.all([ // the others are asked for with it, for the judge
    office.issuance(issuer, token.digest), standing(issuer, places, office), office.newest(issuer, 'sidik.json', Boolean),
  ]);
  return judge(await readToken(token, issuer, places, issuance), office, now);
};

const OF_A_FILE = /^\ufeff?[\t-\r ]*[{[]|^[\t-\r ]*%PDF-/;
/**
 * @param {Uint8Array | string} given bytes of a file, or the text of a QR
 * @param {Office} office
 * @param {number} clock milliseconds since 1970
 * @returns {Promise<Verdict>}
 * @throws {Missing | TypeError} a part cannot be had now, or this browser can check no signature
 */
export const verify = async (given, office, clock) => {
  const now = Math.max(clock, ...office.issuers.map(({made}) => made)); // it is later than that, whatever a phone's clock says
  try {
    if (typeof given === 'string' && !OF_A_FILE.test(given)) return await verifyText(given, office, now);
    const [files] = await Promise.all([need('files'), need('documents')]);
    return await files.verifyFile(typeof given === 'string' ? new TextEncoder().encode(given) : given, office, now);
  } catch (error) {
    if (error instanceof Unreadable) return verdict('unreadable', error.message);
    if (error instanceof Doubt) return verdict(error.verdict, error.message);
    throw error;
  }
};
