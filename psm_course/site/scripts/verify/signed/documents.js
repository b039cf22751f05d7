// The part "documents": whether somebody we know signed a document with a key that counted then. The same as
// psm_course/credentials/{proof,signer,digests}.py.
import {provide} from '../../core/start.js';
import {say} from '../parts.js';
import {DAY, Doubt, LENGTH, markOf, noList, refuseKeyOutOfUse} from '../published.js';
import {fromBase64Url, fromMultibase, hex} from './bytes.js';
import {areTexts, json} from './json.js';
import {findProof, isAssertion, isSignedBy, proofsOf} from './proofs.js';
import {digest, gunzip} from './signature.js';
import {renewed} from './snapshot.js';

/** @typedef {import('./json.js').Json} Json */
/** @typedef {import('../published.js').Issuer} Issuer */
/** @typedef {{issuer: string, asOf: number, pdfs: Record<string, string[]>, marks: Record<string, string[]> | null, letters: number, part: string}} Digests */


/**
 * Whether just those proofs stand on a document that were made together with this one, which is believed already.
 * @param {Json} document @param {Json} proof
 */
const isOneOfItsSet = async (document, proof) => json.same('nonce' in proof ? [hex(fromMultibase(proof.nonce) || [])] : [], await Promise.all(
  proofsOf(document).filter((each) => each !== proof).map(async (each) => json.isObject(each) && hex(await digest(json.bytes(each))))));

/** @returns {never} */
const changed = () => { throw new Doubt('tampered', say('changed')); };
/** @param {unknown} text */
const madeAt = (text) => { try { return json.instant(text); } catch { return changed(); } };

/**
 * @param {Json} document
 * @param {Issuer[]} issuers
 * @param {boolean} [isNamed] its digest stands in a snapshot that its office signed, which proves its bytes as well as its own signature would
 * @returns {Promise<Issuer>}
 * @throws {Doubt}
 */
const signerOf = async (document, issuers, isNamed = false) => {
  const did = json.isObject(document.issuer) ? document.issuer.id : document.issuer, issuer = issuers.find((each) => each.did === did);
  if (!issuer) throw new Doubt('unknown_issuer', say('unknown'));
  const proof = findProof(document);
  if (!proof) throw new Doubt('tampered', say('unsigned'));
  const method = typeof proof.verificationMethod === 'string' ? proof.verificationMethod : '', cut = method.indexOf('#');
  const key = method.slice(0, cut) === issuer.did && issuer.keys.find((each) => each.multikey === method.slice(cut + 1));
  if (!key) throw new Doubt('unknown_issuer', say('unknown'));
  if (!isAssertion(proof) || !(isNamed || await isSignedBy(key.raw, document, proof)) || !await isOneOfItsSet(document, proof)) return changed();
  refuseKeyOutOfUse(key, madeAt(proof.created));
  return issuer;
};

/**
 * @param {Json} document
 * @returns {Promise<import('../published.js').StatusList>}
 */
const readStatusList = async (document) => {
  const {id, issuer, credentialSubject: {statusPurpose: purpose, encodedList}} = document;
  if (!document.type.includes('BitstringStatusListCredential') || !areTexts(id, issuer, purpose)) noList();
  const bits = await gunzip(fromBase64Url(encodedList.slice(1)) || noList(), LENGTH / 8 + 1), asOf = json.instant(document.validFrom);
  if (encodedList[0] !== 'u' || bits.length !== LENGTH / 8) noList();
  const until = 'validUntil' in document ? json.instant(document.validUntil) : asOf + 180 * DAY;
  return {id, issuer, purpose, asOf, until, isSet: (index) => Boolean(bits[index >> 3] & (0x80 >> (index & 7)))};
};

/**
 * Where a number stands among digests that are cut into parts, however its letters and blanks were typed.
 * @param {unknown} number
 * @param {number} letters
 */
const partOf = async (number, letters) => hex(await digest(new TextEncoder().encode(String(number).toUpperCase().replace(/\s/g, '')))).slice(0, letters);

/**
 * @param {Json} document
 * @returns {Digests}
 */
const readDigests = (document) => {
  const {format, issuer, as_of: asOf, pdfs, marks = null, letters = 0, part = ''} = document;
  if (format !== 'psm-pdf-digests/1' || !json.isObject(pdfs)) noList();
  return {issuer, asOf: json.instant(asOf), pdfs, marks, letters, part};
};

/**
 * @param {Json} document
 * @returns {import('../published.js').Corrections}
 */
const readCorrections = (document) => {
  const byNumber = new Map(document.corrections.map((/** @type {Json} */ entry) => {
    json.startOf(entry.on);
    return [entry.number, {reason: entry.reason, on: entry.on, supersededBy: entry.superseded_by === undefined ? null : entry.superseded_by}];
  }));
  if (document.format !== 'psm-corrections/1' || typeof document.issuer !== 'string') noList();
  return {issuer: document.issuer, asOf: json.instant(document.as_of), byNumber};
};

/**
 * The digests of the PDFs that were given out and the marks of the signatures, of many numbers those of the part with this one: then the
 * first file says only by how many letters they are cut into parts, and of when all of them are.
 * @param {import('../published.js').Office} office
 * @param {Issuer} issuer
 * @param {unknown} number
 * @returns {Promise<Digests | null>}
 */
const digestsOf = async (office, issuer, number) => {
  const first = await office.newest(issuer, 'sidik.json', ({part}) => part === '');
  if (!first || !first.letters) return first;
  const name = await partOf(number, first.letters);
  const found = await office.newest(issuer, `sidik/${name}.json`, ({part}) => part === name);
  return found && {...found, asOf: first.asOf};
};

/** @param {Json} listed @param {string} number @returns {string[] | null} what stands under a number */
const under = (listed, number) => (Object.prototype.hasOwnProperty.call(listed, number) ? listed[number] : null);

/**
 * Whether an office's own lists, newer than the certificate, do not know it: its number, or its signature under that number.
 * @param {import('../published.js').Office} office
 * @param {import('../verdict.js').Statement} statement
 * @returns {Promise<number | null>} of when these lists are; null: it is known, or that cannot be told
 */
const unlisted = async (office, {issuer, facts: {number}, signedBy, mark}) => {
  const listed = typeof number === 'string' ? await digestsOf(office, issuer, number) : null;
  if (!listed || !listed.marks || signedBy > listed.asOf) return null;
  const marks = under(listed.marks, number);
  return !marks || (marks.length && !marks.includes(mark)) ? listed.asOf : null;
};

/** By when a document was signed, and the mark of its signature. @param {Json} document */
const signingOf = async (document) => {
  const {created, proofValue} = /** @type {Json} */ (findProof(document));
  return {signedBy: json.instant(created), mark: await markOf(/** @type {Uint8Array} */ (fromMultibase(proofValue)))};
};

/**
 * @param {Json} document
 * @returns {Promise<import('../published.js').Issuance>}
 */
const readIssuance = async (document) => {
  const {issuer, number: {before, after}, facts, log} = document;
  const proper = Object.assign({format: 'psm-issuance/1', issuer, number: {before, after}, facts}, log && {log});
  if (!areTexts(issuer, before, after) || !json.isObject(facts) || !json.same(proper, document)) noList();
  return {issuer, before, after, facts, log, digest: hex((await digest(json.bytes(document))).slice(0, 12))};
};

/**
 * How documents are read, by the first part of their path.
 * @type {Record<string, (document: Json) => any>}
 */
const READERS = {status: readStatusList, terbitan: readIssuance, 'perbaikan.json': readCorrections, 'sidik.json': readDigests, sidik: readDigests};
export const documents = provide('documents', {READERS, digestsOf, renewed, signerOf, signingOf, unlisted});
