// A hand-in on its way to the office's laptop: signed with its own person's card, sent, and what the office says kept beside it. Kept as
// `p/<number>/handin/<id>` = {document, macs, refused} and, once the office has it, `p/<number>/receipt/<id>` = {code, standing, signed, checked}.
import {mine} from '../core/people.js';
import {root} from '../core/start.js';
import {device} from '../people/device.js';
import {digest} from './digest.js';
import {readReceipt} from './receipt.js';

/** @param {Submission} document */
const owner = (document) => mine.of(document.participant);
/** @param {Submission} document @returns {Submission} */
const bare = ({mac, ...unsigned}) => unsigned;

/** @param {Submission} document */
const signed = async (document) => {
  const code = await device.codeOf(document.participant), unsigned = bare(document);
  return code ? Object.assign(unsigned, {mac: digest.mac(code, unsigned)}) : document;
};

/**
 * The next attempt is what the office says; until it says so, one after this.
 * @param {Submission} document @param {number} next
 */
const tellNext = (document, next) => owner(document).update(`next/${document.quiz}`, () => next);

/** @param {Submission} document */
const keep = async (document) => {
  const fresh = await signed(document);
  await owner(fresh).update(`handin/${fresh.id}`, (/** @type {HandIn} */ old) => old || {document: fresh, macs: []});
  await tellNext(fresh, fresh.attempt + 1);
};

/**
 * After pairing the card a document is signed anew, under the same id. Of what may have left the phone before, the MACs stay known.
 * @param {HandIn} one
 * @returns {Promise<HandIn>}
 */
const resigned = async (one) => {
  const document = await signed(one.document), {mac} = one.document;
  if (document.mac === mac) return one;
  return owner(document).update(`handin/${document.id}`, (/** @type {HandIn} */ old) => (
    {...old, document, macs: [...(old.macs || []), ...(mac ? [mac] : [])]}));
};

/** @type {(document: Submission) => Promise<KeptReceipt | undefined>} */
const receipt = (document) => owner(document).get(`receipt/${document.id}`);
/** @param {Submission} document @param {KeptReceipt} [kept] */
const confirm = (document, kept) => owner(document).update(`receipt/${document.id}`, () => kept);
/**
 * What the office may have, whichever signature it came with.
 * @param {HandIn} one
 */
const forms = ({document, macs}) => [bare(document), document, ...(macs || []).map((mac) => Object.assign(bare(document), {mac}))];

/**
 * A receipt counts when it is for this very hand-in and, where the office's keys are at hand, signed with one of them. Any other is none:
 * the hand-in goes on waiting. Tells whether it counted.
 * @param {HandIn} one
 * @param {{code?: string, standing?: string, signed?: object}} told
 */
const settle = async (one, {code, standing, signed: whole}) => {
  const written = code && forms(one).map(digest.receiptCode).includes(code) ? {code, standing} : null;
  const kept = whole ? await readReceipt(whole, forms(one)) : written;
  if (kept) await confirm(one.document, kept);
  return Boolean(kept);
};

/**
 * The receipt of a hand-in. One that could not be checked when it came is checked now, and is none if it should not have been taken.
 * @param {HandIn} one
 */
const standing = async (one) => {
  const found = await receipt(one.document);
  if (!found || !found.signed || found.checked) return found;
  const kept = await readReceipt(found.signed, forms(one));
  if (!kept || kept.checked) await confirm(one.document, kept || undefined).catch(() => null);
  return kept;
};

const NOT_OURS = 'Tanda terima dari laptop ini bukan untuk jawaban ini, atau tanda tangannya bukan dari kantor. Jawaban tetap tersimpan dan belum dianggap terkirim. Tunjukkan layar ini kepada petugas.';

/** Whether the office's laptop listens where this page came from. */
const isDeskNear = async () => location.protocol.startsWith('http') && (await fetch(`${root}api/desk`)).ok;

/**
 * To the office's laptop.
 * @param {string} address @param {object} what
 */
const post = async (address, what) => {
  const answer = await fetch(root + address, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(what)});
  return {status: answer.status, isTaken: answer.ok, said: await answer.json()};
};

/** @param {Submission} document @returns {Promise<string>} what the person is told */
const send = async (document) => {
  const {isTaken, said} = await post('api/submissions', document);
  if (!isTaken) return said.error;
  if (said.next_attempt) await tellNext(document, said.next_attempt);
  if (!said.receipt) {
    await owner(document).update(`handin/${document.id}`, (/** @type {HandIn} */ old) => ({...old, refused: document.mac || 'none'}));
    return said.message;
  }
  const one = {...await owner(document).get(`handin/${document.id}`), document};
  if (!await settle(one, {code: said.receipt, standing: said.standing, signed: said.signed})) return NOT_OURS;
  return `Diterima. Kode tanda terima: ${said.receipt}. ${said.message}`;
};

/** @param {string} number */
const of = async (number) => Promise.all((await mine.of(number).all('handin/')).map(async (/** @type {[string, HandIn]} */ [, one]) => {
  const has = await standing(one);
  return {receipt: has, ...(has ? one : await resigned(one).catch(() => one))};
}));

/**
 * What the office turned away before goes again by itself once it is signed otherwise: it was handed in already.
 * @param {string} number
 */
const again = async (number) => {
  const told = [];
  for (const {document, refused, receipt: has} of await of(number)) {
    if (refused && !has && document.mac && document.mac !== refused) told.push(await send(document));
  }
  return told;
};

/** @param {Submission} document */
const isRefused = async (document) => Boolean(((await owner(document).get(`handin/${document.id}`)) || {}).refused);

export const sending = {keep, of, isDeskNear, isRefused, post, send, again, settle, receipt};
