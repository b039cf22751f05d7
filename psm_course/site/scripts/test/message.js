// Where the phone cannot share a file: a message to the office on WhatsApp with the document as its text, or the way by copying it.
import {element, every} from '../core/start.js';

const GONE = 'Tekan kirim di WhatsApp, lalu tunggu kode tanda terima. Tidak terbuka? Salin teks.';
const COPY = 'Laptop petugas tidak ada di dekat Anda? Ketuk Salin teks, buka WhatsApp, lalu tempelkan di pesan untuk petugas.';

/** @typedef {(document: Submission, text: string, told: HTMLElement) => HTMLElement[]} ByMessage the document, its text, where to say what next */

/** @type {ByMessage} */
export const byMessage = ({quiz, participant}, text, told) => {
  const [office] = every('[data-whatsapp]'), words = office && encodeURIComponent(`Jawaban ${quiz} ${participant} ${text}`);
  if (!office) return [element('p', {}, COPY)];
  return [element('p', {class: 'actions'}, element('a', {
    class: 'check', href: `https://wa.me/${office.dataset.whatsapp}?text=${words}`, target: '_blank', rel: 'noopener', click: () => { told.textContent = GONE; },
  }, 'Kirim lewat WhatsApp'))];
};
