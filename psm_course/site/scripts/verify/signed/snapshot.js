// Which keys count where an office's snapshot was renewed since somebody last looked. Part of "documents". The same as
// psm_course/credentials/verification/trust.py, and run over the same table.
import {readIssuer} from '../published.js';
import {fromMultibase} from './bytes.js';
import {json} from './json.js';
import {isAssertion, isSignedBy, proofsOf, SUITE} from './proofs.js';

/** @typedef {import('./json.js').Json} Json */
/** @typedef {import('../published.js').Issuer} Issuer */
/** @typedef {import('../published.js').Key} Key */

/** @param {(key: Key) => boolean} counts */
const named = (counts) => (/** @type {Issuer} */ {keys}) => keys.filter(counts).map(({multikey}) => multikey);
const struckOf = named(({compromisedAt}) => compromisedAt !== null);
const inUse = named(({retiredAt, compromisedAt}) => retiredAt === null && compromisedAt === null);

/**
 * Those of an office's keys that signed a document of many signatures; null in the place of a signature by none of them.
 * @param {Issuer} issuer @param {string[]} multikeys @returns {Promise<(string | null)[]>}
 */
const signersOf = ({did, document}, multikeys) => Promise.all(proofsOf(document).slice(0, 8).map(async (proof) => {
  const isOurs = json.isObject(proof) && proof.cryptosuite === SUITE && isAssertion(proof);
  const by = isOurs && multikeys.find((each) => fromMultibase(each) && proof.verificationMethod === `${did}#${each}`);
  return by && await isSignedBy(/** @type {Uint8Array} */ (fromMultibase(by)).slice(2), document, proof) ? by : null;
}));

/**
 * What was listed stays listed, what was retired or struck off stays so.
 * @param {Issuer} known @param {Issuer} next
 */
const keepsKeys = (known, next) => known.keys.every(({multikey, retiredAt, compromisedAt}) => {
  const later = next.keys.find((each) => each.multikey === multikey);
  return later && (compromisedAt === null || later.compromisedAt !== null) && (retiredAt === null || later.retiredAt === retiredAt);
});

/**
 * Whether who knows the one takes the other by the word of these.
 * @param {Issuer} known @param {Issuer} next @param {(string | null)[]} signers
 */
const follows = (known, next, signers) => {
  const before = struckOf(known), struck = struckOf(next), byRoot = known.root && signers.includes(known.root);
  if (byRoot && struck.length > before.length && before.every((each) => struck.includes(each))) return true; // whatever a thief made of the known one since
  if (next.version <= known.version || !keepsKeys(known, next)) return false;
  if (byRoot) return true;
  if (known.root && (struck.length > before.length || next.root !== known.root)) return false;
  const left = inUse(known).filter((each) => !struck.includes(each));
  return left.some((each) => signers.includes(each)) || (!known.root && !left.length);
};

/** @param {Issuer} known @param {Json | null} document @returns {Promise<Issuer>} the office of this snapshot, where it may follow the known one */
const successor = async (known, document) => {
  const next = document && readIssuer(document), before = struckOf(known);
  if (!next || !next.version || next.did !== known.did || (next.version <= known.version && struckOf(next).every((each) => before.includes(each)))) return known;
  const signs = inUse(next).pop() || '', signers = await signersOf(next, [signs, known.root || '', ...inUse(known)].filter(Boolean));
  return signers.includes(signs) && follows(known, next, signers) ? next : known;
};

/**
 * @param {Issuer} known
 * @param {Json | null} document the snapshot that was found
 * @param {(path: string) => Promise<Json | null>} find what was missed meanwhile, where keys changed
 */
export const renewed = async (known, document, find) => {
  const found = await successor(known, document), {version, turns} = (document && readIssuer(document)) || known;
  if (found !== known || version === known.version) return found;
  let last = known;
  for (const turn of turns) last = await successor(last, await find(`snapshot/${turn}.json`));
  return successor(last, document);
};
