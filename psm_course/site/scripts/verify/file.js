// The part "files": what a file holds. The credential as JSON, alone or attached to its PDF; whether the PDF is one that was given out; or a receipt.
import {provide} from '../core/start.js';
import {need} from './parts.js';
import {isReceipt, verifyReceipt} from './receipt.js';
import {hex, joined, latin} from './signed/bytes.js';
import {json, refuse, Unreadable} from './signed/json.js';
import {attachedTo} from './signed/pdf.js';
import {digest, nameOf} from './signed/signature.js';
import {readJson} from './signed/strict.js';
import {LENGTH, noList, PURPOSES} from './published.js';
import {judge, verifyText} from './verdict.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {import('./published.js').Issuer} Issuer */
/** @typedef {import('./published.js').Office} Office */
/** @typedef {import('./verdict.js').Verdict} Verdict */

const NOT_A_CERTIFICATE = 'Dokumen ini ditandatangani, tetapi bukan sertifikat.';
const COMPARE = 'Bandingkan isi yang ditampilkan di sini dengan yang tercetak di halaman; tanda tangan hanya menjamin yang ditampilkan di sini.';
const CHANGED_PDF = 'Berkas PDF ini tidak sama dengan yang diterbitkan: halamannya mungkin sudah diubah. Yang ditandatangani adalah isi di bawah ini.';
const PROOF_ALONE = 'Ini bukti catatan, bukan sertifikatnya. Periksa sertifikatnya dahulu: bukti ini dibaca di sampingnya.';

// ---- what a credential says -------------------------------------------------------------------------------------------------------------

const URLS = [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
/**
 * A credential's id follows from issuer and number.
 * @param {string} did
 * @param {unknown} number
 */
const credentialId = async (did, number) => {
  const sum = hex(await nameOf(joined(URLS, new TextEncoder().encode(`${did}#${number}`)))).slice(0, 32);
  const variant = ((parseInt(sum[16], 16) & 3) | 8).toString(16), marked = `${sum.slice(0, 12)}5${sum.slice(13, 16)}${variant}${sum.slice(17)}`;
  return `urn:uuid:${marked.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
};

/**
 * @param {Json} entry
 * @returns {import('./published.js').Place[]}
 */
const readPlaces = (entry) => {
  const named = entry && entry.statusListCredential, index = entry && /^\d{1,9}$/.test(entry.statusListIndex) ? Number(entry.statusListIndex) : -1;
  const mark = `-${PURPOSES[0]}`, cut = typeof named === 'string' ? named.lastIndexOf(mark) : -1;
  if (cut < 1 || entry.statusPurpose !== PURPOSES[0] || index < 0 || index >= LENGTH) noList();
  return PURPOSES.map((purpose) => ({purpose, list: `${named.slice(0, cut)}-${purpose}${named.slice(cut + mark.length)}`, index}));
};

/**
 * @param {Json} document
 * @param {Issuer} issuer
 * @returns {Promise<import('./verdict.js').Statement>}
 */
const readBadge = async (document, issuer) => {
  const {signingOf} = await need('documents');
  try {
    const records = document.evidence.filter((/** @type {Json} */ {genre}) => genre === 'psm-record/1');
    if (records.length !== 1) refuse(NOT_A_CERTIFICATE);
    const facts = readJson(new TextEncoder().encode(records[0].narrative));
    const from = json.instant(document.validFrom), until = 'validUntil' in document ? json.instant(document.validUntil) : null, places = readPlaces(document.credentialStatus);
    if (!document.type.includes('OpenBadgeCredential') || document.id !== await credentialId(issuer.did, facts.number)) refuse(NOT_A_CERTIFICATE);
    return Object.assign({issuer, facts, places, from, until, lacks: false}, await signingOf(document));
  } catch (error) {
    return refuse(error instanceof Unreadable ? error.message : NOT_A_CERTIFICATE);
  }
};

// ---- the verdict ------------------------------------------------------------------------------------------------------------------------

/** @param {Uint8Array} raw @returns {Json | null} */
const proofIn = (raw) => { try { return readJson(raw); } catch { return null; } };

/**
 * @param {Json} document
 * @param {Office} office
 * @param {number} now
 * @param {Uint8Array | null} [proof] that the open log tells of it
 * @returns {Promise<[Verdict & {record: Json}, Issuer]>}
 */
const judged = async (document, office, now, proof) => {
  const {signerOf} = await need('documents'), issuer = await signerOf(document, office.issuers), statement = await readBadge(document, issuer);
  statement.inclusion = proof && {proof: proofIn(proof)};
  return [await judge(statement, office, now), issuer];
};

/**
 * @param {Uint8Array} pdf
 * @param {Office} office
 * @param {number} now
 */
const verifyPdf = async (pdf, office, now) => {
  const {credential, proof} = attachedTo(pdf, (await need('inflate')).unzlib);
  const [found, issuer] = await judged(readJson(credential), office, now, proof), published = await (await need('documents')).digestsOf(office, issuer, found.record.number);
  const digests = published && Object.prototype.hasOwnProperty.call(published.pdfs, found.record.number) ? published.pdfs[found.record.number] : null;
  if (!digests || digests.includes(hex(await digest(pdf)))) return Object.assign(found, {reason: `${found.reason} ${COMPARE}`});
  const stands = found.verdict === 'valid' || found.verdict === 'stale';
  return Object.assign(found, {verdict: stands ? 'tampered' : found.verdict, reason: `${stands ? '' : `${found.reason} `}${CHANGED_PDF}`});
};

const PNG = '\u2030PNG\r\n\x1a\n', BAKED = 'iTXtopenbadgecredential\0\0\0\0\0';
/** @param {Uint8Array} png @returns {Uint8Array} the signed JSON in a badge */
const bakedIn = (png) => {
  /** @type {Uint8Array[]} */
  const found = [], text = latin(png);
  for (let at = PNG.length, end; at < png.length; at = end) {
    end = at + 12 + png.subarray(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
    if (end > png.length) refuse('Berkas gambar ini rusak atau terpotong. Minta berkas aslinya.');
    if (text.slice(at + 4, end - 4).startsWith(BAKED)) found.push(png.subarray(at + 4 + BAKED.length, end - 4));
  }
  if (!found.length) refuse('Gambar ini tidak memuat sertifikat digital. Minta berkas PDF aslinya, atau periksa lewat kode QR-nya.');
  if (found.length > 1) refuse('Gambar ini memuat lebih dari satu sertifikat digital, jadi tidak jelas yang mana yang berlaku.');
  return found[0];
};

/** @type {Json | null} the credential that was handed in last: a proof that is handed in after it is read beside it */
let last = null;
/**
 * @param {Uint8Array} bytes
 * @param {Office} office
 * @param {number} now
 * @param {Uint8Array | null} [proof] what stood beside a credential
 * @returns {Promise<Verdict>}
 */
const verifyFile = async (bytes, office, now, proof = null) => {
  const text = latin(bytes);
  if (/^[\t-\r ]*%PDF-/.test(text.slice(0, 1024))) return verifyPdf(bytes, office, now);
  if (text.startsWith(PNG)) return (await judged(readJson(bakedIn(bytes)), office, now))[0];
  if (/^(?:\xef\xbb\xbf)?[\t-\r ]*[{[]/.test(text)) {
    const document = readJson(bytes);
    if (isReceipt(document)) return verifyReceipt(document, office);
    const isProof = document.format === 'psm-inclusion/1';
    last = isProof ? last || refuse(PROOF_ALONE) : document;
    return (await judged(last, office, now, isProof ? bytes : proof))[0];
  }
  return verifyText(new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes), office, now);
};

export const files = provide('files', {readJson, verifyFile});
