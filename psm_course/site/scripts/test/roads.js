// The roads by which a hand-in or its receipt leaves the phone: shared, as a file, as text. The pages that handle them make the buttons.
import {element} from '../core/start.js';

/** @typedef {{shared: string, saved: string, copied: string}} Said what to say when it left by one of the roads */
/** @typedef {[words: string, run: (place: HTMLElement) => string | Promise<string>, look?: string]} Road words of its button, what it does, its look */

/** @param {string} kind @param {Submission} about @param {string} text */
const fileOf = (kind, {quiz, participant, attempt}, text) => new File([`${text}\n`], `${kind}-${quiz}-${participant}-${attempt}.txt`, {type: 'text/plain'});

/** @param {File} made */
const save = (made) => {
  const link = element('a', {href: URL.createObjectURL(made), download: made.name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
};

// Messengers bend quotation marks, break lines and read * _ ~ as signs of their own. In this text are none of those that stand within words,
// and no space: what comes to be in it on the way can be told from it (psm_course/grading/mending.py).
/** @param {object} what */
export const forMessages = (what) => JSON.stringify(what).replace(/[ *_~`'\x7f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const canShare = () => { try { return navigator.canShare({files: [new File(['x'], 'x.txt', {type: 'text/plain'})]}); } catch (_) { return false; } };
/** @param {File} made @param {string} shared */
const share = async (made, shared) => {
  try { await navigator.share({files: [made]}); } catch (error) {
    return /** @type {Error} */ (error).name === 'AbortError' ? 'Batal dibagikan.' : 'Tidak dapat dibagikan. Simpan berkas atau salin teks.';
  }
  return shared;
};

/** @param {string} text @param {HTMLElement} place @param {string} copied */
const copy = async (text, place, copied) => {
  try { await navigator.clipboard.writeText(text); } catch (_) {
    const area = element('textarea', {readonly: true, rows: '4', 'aria-label': 'Teks untuk disalin'});
    area.value = text;
    place.append(area);
    area.select();
    if (!document.execCommand('copy')) return 'Tekan lama teks di bawah, pilih Salin, lalu tempelkan.';
  }
  return copied;
};

/**
 * Those there are here. Each does its work in a place where more may be shown, and gives a sentence.
 * @param {string} kind how the file's name begins
 * @param {Submission} about the hand-in
 * @param {object} what leaves as JSON
 * @param {Said} said
 * @returns {Road[]}
 */
export const roads = (kind, about, what, said) => {
  const text = forMessages(what), made = () => fileOf(kind, about, text);
  /** @type {Road[]} */
  const all = [
    ['Bagikan (WhatsApp)', () => share(made(), said.shared), 'check'],
    ['Simpan berkas', () => { save(made()); return said.saved; }],
    ['Salin teks', (place) => copy(text, place, said.copied)],
  ];
  return canShare() ? all : all.slice(1);
};
