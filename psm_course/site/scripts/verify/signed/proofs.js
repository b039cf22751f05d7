// Part of "documents": the proofs on a document, and whether a key made one. The same as psm_course/credentials/signing/proof.py.
import {fromMultibase, joined} from './bytes.js';
import {json} from './json.js';
import {digest, hasSigned} from './signature.js';

/** @typedef {import('./json.js').Json} Json */

export const SUITE = 'eddsa-jcs-2022';

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
  const {proofValue, ...options} = proof, {proof: all, ...unsigned} = document;
  if (!json.same(orNull(options['@context']), orNull(document['@context']))) return false;
  const signature = fromMultibase(proofValue);
  if (!signature) return false;
  const hashes = await Promise.all([options, unsigned].map((each) => digest(json.bytes(each))));
  return hasSigned(key, signature, joined(...hashes));
};
