// The roads by which a hand-in or its receipt leaves the phone: shared, as a file, as text, or in a message to the office.
import {button, element, every} from '../core/start.js';

/** @typedef {{busy: string, shared: string, saved: string, copied: string}} Said what to say on the way, and when it left by one of the roads */

/** @param {File} made */
const save = (made) => {
  const link = element('a', {href: URL.createObjectURL(made), download: made.name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
};

// Messengers bend quotation marks, break lines and read * _ ~ as signs of their own. In this text are none of those that stand within words,
// and no space: what comes to be in it on the way can be told from it (psm_course/grading/mending.py).
/** @param {object} what */
const forMessages = (what) => JSON.stringify(what).replace(/[ *_~`'\x7f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const canShare = () => { try { return navigator.canShare({files: [new File(['x'], 'x.txt', {type: 'text/plain'})]}); } catch (_) { return false; } };
/** @param {File} made @param {string} shared */
const share = async (made, shared) => {
  try { await navigator.share({files: [made]}); } catch (error) {
    return /** @type {Error} */ (error).name === 'AbortError' ? 'Batal dibagikan.' : 'Tidak dapat dibagikan. Simpan berkas atau salin teks.';
  }
  return shared;
};

/** @param {string} text @param {HTMLElement} told what is to be copied by hand is shown around it @param {string} copied */
const copy = async (text, told, copied) => {
  try { await navigator.clipboard.writeText(text); } catch (_) {
    const area = element('textarea', {readonly: true, rows: '4', 'aria-label': 'Teks untuk disalin'});
    area.value = text;
    if (told.parentElement) told.parentElement.append(area);
    area.select();
    if (!document.execCommand('copy')) return 'Tekan lama teks di bawah, pilih Salin, lalu tempelkan.';
  }
  return copied;
};

/**
 * Those there are here, as a row of buttons; where it is said how it went; and a button for one more.
 * @param {string} kind how the file's name begins
 * @param {Submission} about the hand-in
 * @param {object} what leaves as JSON
 * @param {Said} said
 * @param {() => unknown} [then] what to do after each
 */
export const roads = (kind, {quiz, participant, attempt}, what, said, then = () => null) => {
  const text = forMessages(what), told = element('p', {class: 'told', role: 'status'});
  const made = () => new File([`${text}\n`], `${kind}-${quiz}-${participant}-${attempt}.txt`, {type: 'text/plain'});
  /** @type {(words: string, run: () => string | Promise<string>, look?: string) => HTMLButtonElement} */
  const road = (words, run, look) => button(words, async () => {
    told.textContent = said.busy;
    try { told.textContent = await run(); } catch (_) { told.textContent = 'Belum terkirim; jawaban tetap tersimpan. Coba lagi, atau pakai cara lain.'; }
    await then();
  }, look);
  const row = element('p', {class: 'actions'}, canShare() ? road('Bagikan (WhatsApp)', () => share(made(), said.shared), 'check') : '',
    road('Simpan berkas', () => { save(made()); return said.saved; }), road('Salin teks', () => copy(text, told, said.copied)));
  return {told, row, road};
};

const GONE = 'Tekan kirim di WhatsApp, lalu tunggu kode tanda terima. Tidak terbuka? Salin teks.';
const COPY = 'Laptop petugas tidak ada di dekat Anda? Ketuk Salin teks, buka WhatsApp, lalu tempelkan di pesan untuk petugas.';

/**
 * Where the phone cannot share a file: a message to the office on WhatsApp with the document as its text, or the way by copying it.
 * @param {Submission} document
 * @param {HTMLElement} told where to say what next
 */
export const byMessage = (document, told) => {
  const [office] = every('[data-whatsapp]');
  if (!office) return element('p', {}, COPY);
  const words = encodeURIComponent(`Jawaban ${document.quiz} ${document.participant} ${forMessages(document)}`);
  return element('p', {class: 'actions'}, element('a', {
    class: 'check', href: `https://wa.me/${office.dataset.whatsapp}?text=${words}`, target: '_blank', rel: 'noopener', click: () => { told.textContent = GONE; },
  }, 'Kirim lewat WhatsApp'));
};
