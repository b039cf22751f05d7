// The part "documents": whether somebody we know signed a document with a key that counted then. The same as
// psm_course/credentials/{proof,signer,digests}.py.
import {provide} from '../../core/start.js';
import {say} from '../parts.js';
import {Doubt, noList, READERS, refuseKeyOutOfUse} from '../published.js';
import {fromMultibase, hex} from './bytes.js';
import {json} from './json.js';
import {findProof, isAssertion, isSignedBy, proofsOf} from './proofs.js';
import {digest} from './signature.js';
import {renewed} from './snapshot.js';

/** @typedef {import('./json.js').Json} Json */
/** @typedef {import('../published.js').Issuer} Issuer */
/** @typedef {{issuer: string, asOf: number, pdfs: Record<string, string[]>, letters: number, part: string}} Digests */

const UNSIGNED = 'Dokumen ini tidak ditandatangani. Jangan diterima.';

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
 * @returns {Promise<Issuer>}
 * @throws {Doubt}
 */
const signerOf = async (document, issuers) => {
  const did = json.isObject(document.issuer) ? document.issuer.id : document.issuer, issuer = issuers.find((each) => each.did === did);
  if (!issuer) throw new Doubt('unknown_issuer', say('unknown'));
  const proof = findProof(document);
  if (!proof) throw new Doubt('tampered', UNSIGNED);
  const method = typeof proof.verificationMethod === 'string' ? proof.verificationMethod : '', cut = method.indexOf('#');
  const key = method.slice(0, cut) === issuer.did && issuer.keys.find((each) => each.multikey === method.slice(cut + 1));
  if (!key) throw new Doubt('unknown_issuer', say('unknown'));
  if (!isAssertion(proof) || !await isSignedBy(key.raw, document, proof) || !await isOneOfItsSet(document, proof)) return changed();
  refuseKeyOutOfUse(key, madeAt(proof.created));
  return issuer;
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
  const {format, issuer, pdfs, letters = 0, part = ''} = document;
  if (format !== 'psm-pdf-digests/1' || !json.isObject(pdfs)) noList();
  return {issuer, asOf: json.instant(/** @type {Json} */ (findProof(document)).created), pdfs, letters, part};
};

/**
 * The digests of the PDFs that were given out, of many numbers those of the part with this one: then the first file says only by how many
 * letters they are cut into parts.
 * @param {import('../published.js').Office} office
 * @param {Issuer} issuer
 * @param {unknown} number
 * @returns {Promise<Digests | null>}
 */
const digestsOf = async (office, issuer, number) => {
  const first = await office.newest(issuer, 'sidik.json', ({part}) => part === '');
  if (!first || !first.letters) return first;
  const name = await partOf(number, first.letters);
  return office.newest(issuer, `sidik/${name}.json`, ({part}) => part === name);
};

Object.assign(READERS, {'sidik.json': readDigests, sidik: readDigests});
export const documents = {digestsOf, renewed, signerOf};
provide('documents', documents);
