// What leaves the phone: the submission document, kept here until the office's receipt is confirmed, and that receipt.
import {locked, mine} from '../core/people.js';
import {element, load} from '../core/start.js';
import {pairing} from '../people/pairing.js';
import {byMessage, canShare, roads} from './roads.js';
import {sending} from './sending.js';

/** @typedef {() => void} Changed called when it may have become another: signed, or with its receipt */

/** @param {string} written */
const day = (written) => `${written.slice(8, 10)}-${written.slice(5, 7)}-${written.slice(0, 4)} pukul ${written.slice(11, 16).replace(':', '.')}`;

const ON_THE_WAY = {
  busy: '…',
  shared: 'Sudah dibagikan. Tunggu kode tanda terima.',
  saved: 'Berkas ada di folder Unduhan (Download). Kirimkan kepada petugas.',
  copied: 'Teks tersalin. Tempelkan ke pesan petugas.',
};
const KEPT = {busy: '', shared: 'Sudah dibagikan.', saved: 'Berkas ada di folder Unduhan (Download).', copied: 'Teks tersalin.'};
const NOT_THIS = 'Tanda terima ini bukan untuk jawaban ini, terpotong, atau tanda tangannya bukan dari kantor. Minta sekali lagi kepada petugas.';

/**
 * A code as people write it, or the whole receipt as it was sent.
 * @param {string} text
 * @returns {{code?: string, signed?: object}}
 */
const readWritten = (text) => {
  const [whole] = /\{[^]*\}/.exec(text) || [];
  if (!whole) return {code: text.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^(.{4})/, '$1-')};
  try { return {signed: JSON.parse(whole.replace(/[“”„‟]/g, '"'))}; } catch (_) { return {signed: {}}; }
};

/**
 * A field and its button. What was typed is used, and the hand-in is another; where that cannot be, a sentence says why.
 * @param {string} id @param {string} most letters @param {string} words of the button
 * @param {(typed: string) => Promise<string>} use gives the sentence, or ''
 * @param {Changed} changed
 * @param {...(Node | string)} label
 */
const asking = (id, most, words, use, changed, ...label) => {
  const code = element('input', {type: 'text', id, autocomplete: 'off', autocapitalize: 'characters', maxlength: most});
  const wrong = element('p', {class: 'trouble', role: 'alert'});
  const submit = async () => {
    wrong.textContent = '';
    wrong.textContent = await use(code.value);
    if (wrong.textContent) code.focus();
    else changed();
  };
  return element('form', {class: 'begin', submit},
    element('label', {for: id}, ...label), code, wrong, element('button', {type: 'submit', class: 'plain'}, words));
};

/**
 * Where the office's receipt is typed or pasted.
 * @param {HandIn} one @param {Changed} changed
 */
const receiptForm = (one, changed) => asking(`terima-${one.document.id}`, '2000', 'Cocokkan', async (typed) => {
  const written = readWritten(typed);
  if (await sending.settle(one, written)) return '';
  return written.code ? 'Kode ini bukan untuk jawaban ini. Periksa hurufnya.' : NOT_THIS;
}, changed, 'Kode tanda terima dari petugas', element('small', {}, ' atau seluruh pesannya'));

/** @param {HandIn} one @param {Changed} changed */
const waiting = (one, changed) => {
  const {document, refused} = one, {id, participant, mac} = document;
  const pair = asking(`kartu-${id}`, '40', 'Pasangkan kartu', (typed) => pairing(participant, typed), changed, `Kode kartu ${participant}`);
  pair.hidden = Boolean(mac && !refused); // it has a card, and the right one
  const {told, row, road} = roads('jawaban', document, document, ON_THE_WAY, async () => {
    if (await sending.receipt(document)) changed();
    else pair.hidden = pair.hidden && !await sending.isRefused(document);
  });
  sending.isDeskNear().then((isNear) => {
    if (!isNear) return;
    const send = road('Kirim ke laptop petugas', () => sending.send(document), 'check');
    row.prepend(send);
    if (locked.now) send.click(); // on the office's own laptop there is no other road to choose
  }, () => null);

  return element('section', {class: 'handed'},
    element('h2', {}, 'Jawaban siap dikirim'),
    element('p', {}, `${participant}, selesai ${day(document.finished_at)}. Sudah tersimpan di ponsel. Kirimkan kepada petugas dengan salah satu cara ini.`),
    canShare() ? '' : byMessage(document, told), row, told, pair, receiptForm(one, changed));
};

/**
 * What the person can show to anybody: the receipt as the office signed it. One that was typed in is its code alone.
 * @param {HandIn} one
 */
const keepsake = ({document, receipt}) => {
  if (!receipt || !receipt.signed) return [];
  const {signed, checked} = receipt;
  const {told, row} = roads('tanda-terima', document, signed, KEPT);
  const isChecked = checked ? 'Tanda tangan kantor pada tanda terima ini sudah dicocokkan. ' : '';
  return [element('p', {}, `${isChecked}Simpan tanda terimanya bila suatu hari perlu ditunjukkan:`), row, told];
};

/** @param {HandIn} one @param {KeptReceipt} receipt */
const done = (one, {code, standing}) => {
  const {participant, finished_at} = one.document, howFar = element('p', {class: 'kept'});
  load('moments').then((part) => part.tally()).then((words) => { howFar.textContent = words; }, () => null); // of the course (resume/moment.js)
  return element('section', {class: 'handed'},
    element('p', {class: 'verdict right'}, element('strong', {}, `Diterima petugas. Kode tanda terima: ${code}.`)),
    element('p', {}, `${participant}, selesai ${day(finished_at)}. ${standing === 'held' ? 'Menunggu keputusan petugas' : 'Nilai diumumkan petugas'}.`),
    howFar, ...keepsake(one));
};

export const handIn = {
  keepsake,
  /** @param {string} quiz */
  of: async (quiz) => (await sending.of(mine.number())).filter((one) => one.document.quiz === quiz)
    .sort((one, other) => one.document.attempt - other.document.attempt),
  /** @param {HandIn[]} all @param {Changed} changed */
  show: (all, changed) => all.map((one) => (one.receipt ? done(one, one.receipt) : waiting(one, changed))),
};
