// A receipt on the page for checking: the same verdicts and sentences as psm_course/credentials/verification/receipts.py.
import {element} from '../core/start.js';
import {shortCode} from '../crypto/short_code.js';
import {say} from './parts.js';
import {listing, show} from './shown.js';
import {fromHex} from './signed/bytes.js';
import {areTexts, json, Unreadable} from './signed/json.js';
import {receiptSigner} from './signed/receipt.js';
import {hasSigned} from './signed/signature.js';
import {verdict} from './verdict.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {import('./published.js').Issuer} Issuer */
/** @typedef {import('./verdict.js').Verdict} Verdict */

/** @type {Record<string, string>} */
const STANDING = {recorded: 'dan mencatatnya di register', held: 'dan menahannya: waktu itu petugas masih perlu memutuskan'};
const SHOWN = ['office', 'quiz', 'participant', 'document', 'standing', 'received_at', 'log', 'key'], HOUR = 3600000;
/** @param {number} at */
const moment = (at) => `${json.day(at)} pukul ${json.written(at + 7 * HOUR).slice(11, 16).replace(':', '.')}`;

/** @param {Json} document */
const read = (document) => {
  try {
    const {office, quiz, participant, document: digest, key, log: {origin, index}} = document, at = json.instant(document.received_at);
    const isWhole = areTexts(office, quiz, participant, digest, key, origin) && Number.isInteger(index) && index >= 0;
    if (isWhole && /^sha256:[0-9a-f]{64}$/.test(digest) && STANDING[document.standing]) return at;
  } catch { /* said below */ }
  throw new Unreadable('Berkas ini bukan tanda terima yang utuh.');
};

/** @param {Json} document @param {import('./published.js').Office} office */
const judged = async (document, {issuers}) => {
  const [kind, key] = await receiptSigner(document, issuers.flatMap(({logKeys}) => logKeys), json.bytes, hasSigned);
  if (kind !== 'valid') return verdict(kind, say(`receipt-${kind}`));
  const at = read(document), {name} = /** @type {Issuer} */ (issuers.find(({logKeys}) => logKeys.includes(key)));
  if (key.retired && at > json.instant(key.retired)) return verdict('unknown_issuer', say('receipt-retired', json.day(json.instant(key.retired))));
  const facts = SHOWN.reduce((all, each) => ({...all, [each]: document[each]}), {});
  const found = verdict('valid', `Tanda terima ini asli: ${name} menerima jawaban ${document.participant} untuk kuis ${document.quiz} pada ${moment(at)} ${STANDING[document.standing]}. Isinya tidak berubah.`);
  return {...found, receipt: {...facts, code: shortCode(fromHex(document.document.slice(7)))}};
};

// ---- on the page ------------------------------------------------------------------------------------------------------------------------
/** @type {Record<string, string>} */
const TITLE = {recorded: 'Tanda terima asli: jawaban tercatat', held: 'Tanda terima asli: jawaban ditahan'};
/** @param {Json} receipt */
const rowsOf = ({participant, quiz, received_at: at, standing, code, log, office}) => [
  ['Nomor peserta', participant], ['Kuis', quiz], ['Diterima', `${moment(json.instant(at))} WIB`],
  ['Keadaan waktu itu', standing === 'held' ? 'ditahan, menunggu keputusan petugas' : 'tercatat'], ['Kode tanda terima', code],
  ['Tempat di catatan register', `${log.origin}, nomor ${log.index}`], ['Kode kantor', office],
].map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));

/** @param {Verdict} found */
const showReceipt = ({verdict: kind, reason, receipt}) => show(kind, Object.assign({reason, advice: say(`advice-${kind}`)}, receipt && {
  title: TITLE[receipt.standing], signed: listing(rowsOf(receipt)),
}));

/** @param {Json} document */
export const isReceipt = ({format}) => format === 'psm-receipt/1';
/** @param {Json} document @param {import('./published.js').Office} office */
export const verifyReceipt = async (document, office) => Object.defineProperty(await judged(document, office), 'show', {value: showReceipt}); // not enumerable: how it is shown is no part of the verdict
