// What the office promises for a hand-in (psm_course/credentials/log/receipt.py): whether a receipt is for this very document, and signed with a
// key that the office lists on the site the page came from. By arithmetic of our own: a page on plain HTTP has no other.
import {load, root} from '../core/start.js';
import {digest} from './digest.js';

/** @param {object} value */
const bytes = (value) => new TextEncoder().encode(digest.canonical(value));

// Nothing where the list cannot be had, or is of before there were receipts.
const keys = () => fetch(`${root}keys.json`).then((answer) => answer.json()).then((list) => list.log_keys).catch(() => null);

/**
 * What checks signatures waits on the page of a test. Where it is not to be had (a card's link opens any page; phones without BigInt) nothing
 * is checked.
 * @param {object} signed
 */
const verdict = async (signed) => {
  const listed = await keys(), part = listed && typeof BigInt === 'function' && await load('receipts').catch(() => null);
  return part ? (await part.receiptSigner(signed, listed, bytes, part.hasSigned))[0] : 'unchecked';
};

/** @param {Record<string, unknown>} signed @param {Submission} document */
const isAbout = (signed, document) => signed.format === 'psm-receipt/1' && signed.quiz === document.quiz && signed.participant === document.participant
  && signed.document === `sha256:${digest.sha256(digest.canonical(document))}`;

/**
 * What to keep of a receipt that stands for one of these documents; null when it is of another hand-in or office, or not what was signed.
 * @param {any} signed
 * @param {Submission[]} documents
 * @returns {Promise<KeptReceipt | null>}
 */
export const readReceipt = async (signed, documents) => {
  const document = documents.find((each) => isAbout(signed, each)), found = document && await verdict(signed);
  if (!document || found !== 'valid' && found !== 'unchecked') return null;
  return {code: digest.receiptCode(document), standing: signed.standing, signed, checked: found === 'valid'};
};
