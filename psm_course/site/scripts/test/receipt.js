// What the office promises for a hand-in (psm_course/credentials/log/receipt.py): whether a receipt is for this very document, and signed with a
// key that the office lists on the site the page came from. By arithmetic of our own: a page on plain HTTP has no other.
import {load, root} from '../core/start.js';
import {digest} from './digest.js';

/**
 * The keys of the office's log. Null where the list cannot be had, or is of before there were receipts.
 * @returns {Promise<{multikey: string, retired: string | null}[] | null>}
 */
const listedKeys = async () => {
  const answer = await fetch(`${root}keys.json`);
  return answer.ok ? (await answer.json()).log_keys || null : null;
};

/**
 * What checks signatures waits on the page of a test. Where it is not to be had (a card's link opens any page; phones of before 2018; iPhones
 * of before 2020) nothing is checked.
 * @param {Record<string, any>} signed
 */
const verdict = async (signed) => {
  const keys = await listedKeys().catch(() => null);
  const receipts = keys && typeof BigInt === 'function' && await load('receipts').catch(() => null);
  if (!receipts || !keys) return 'unchecked';
  /** @param {object} value */
  const bytes = (value) => new TextEncoder().encode(digest.canonical(value));
  return (await receipts.receiptSigner(signed, keys, bytes, receipts.hasSigned))[0];
};

/**
 * @param {Record<string, any>} signed
 * @param {Record<string, any>} document
 */
const isAbout = (signed, document) => signed.format === 'psm-receipt/1' && ['quiz', 'participant'].every((name) => signed[name] === document[name])
  && (!document.office || signed.office === document.office) && signed.document === `sha256:${digest.sha256(digest.canonical(document))}`;

/**
 * What to keep of a receipt that stands for one of these documents; null when it is of another hand-in or office, or not what was signed.
 * @param {Record<string, any>} signed
 * @param {Record<string, any>[]} documents
 */
const read = async (signed, documents) => {
  const document = documents.find((each) => isAbout(signed, each)), found = document && await verdict(signed);
  if (!document || found !== 'valid' && found !== 'unchecked') return null;
  return {code: digest.receiptCode(document), standing: signed.standing, signed, checked: found === 'valid'};
};

export const receipts = {read};
