// Part of "documents": the proofs on a document, and whether a key made one. The same as psm_course/credentials/signing/proof.py.
import {fromMultibase, joined} from './bytes.js';
import {json} from './json.js';
import {digest, hasSigned} from './signature.js';

/** @typedef {import('./json.js').Json} Json */

export const SUITE = 'eddsa-jcs-2022';

/**
 * A copy without one of its members.
 * @param {Json} object
 * @param {string} left
 */
const without = (object, left) => {
  /** @type {Json} */
  const rest = Object.create(null);
  Object.keys(object).filter((name) => name !== left).forEach((name) => { rest[name] = object[name]; });
  return rest;
};

/** @param {unknown} value */
const orNull = (value) => (value === undefined ? null : value);

/** @param {Json} document @returns {any[]} */
export const proofsOf = ({proof}) => (Array.isArray(proof) ? proof : [proof]);
/** @param {Json} document @returns {Json | null} */
export const findProof = (document) => {
  const ours = proofsOf(document).filter((proof) => json.isObject(proof) && proof.cryptosuite === SUITE);
  return ours.length === 1 ? ours[0] : null;
};

/** @param {Json} proof */
export const isAssertion = ({type, proofPurpose}) => type === 'DataIntegrityProof' && proofPurpose === 'assertionMethod';

/**
 * @param {Uint8Array} key
 * @param {Json} document
 * @param {Json} proof
 */
export const isSignedBy = async (key, document, proof) => {
  const options = without(proof, 'proofValue');
  if (!json.same(orNull(options['@context']), orNull(document['@context']))) return false;
  const signature = fromMultibase(proof.proofValue);
  if (!signature) return false;
  const hashes = await Promise.all([options, without(document, 'proof')].map((each) => digest(json.bytes(each))));
  return hasSigned(key, signature, joined(...hashes));
};
