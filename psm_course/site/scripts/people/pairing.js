// How a person comes to be known here: by her card's link (…/#kartu=D26-017.CODE.Siti%20N), whichever page it opens, or by her number and the
// code typed at a test. The code leaves the phone in no request: the office's laptop is shown a proof made with it.
import {mine} from '../core/people.js';
import {button, element, must, root} from '../core/start.js';
import {digest} from '../test/digest.js';
import {sending} from '../test/sending.js';
import {readCode} from './code.js';
import {device} from './device.js';
import {claim} from './moving.js';

const NUMBER = /^[A-Za-z0-9]{1,12}-[0-9]{1,9}$/;
const WRONG = 'Kode kartu ini salah ketik. Cocokkan tiap huruf dan angka dengan kartu Anda.';
/** @param {string} text */
const named = (text) => { try { return decodeURIComponent(text); } catch (_) { return text; } };

/**
 * What stands behind #kartu=, or null: NUMBER, NUMBER.CODE or NUMBER.CODE.NAME.
 * @param {string} text
 * @returns {{number: string, code: string, name: string} | null}
 */
export const readCard = (text) => {
  const [number, written, ...rest] = text.split('.'), code = readCode(written || '');
  if (!NUMBER.test(number) || (!code && (written || rest.length))) return null;
  return {number: number.toUpperCase(), code: code || '', name: [...named(rest.join('.'))].slice(0, 20).join('')};
};

/** Said above all else on the page. @param {string} text @param {'status' | 'alert'} [role] */
export const noted = (text, role = 'status') => {
  const note = element('p', {class: 'quiz-note', role, tabindex: '-1'}, text);
  must('main').prepend(note);
  return note;
};

/**
 * Where the office's laptop listens: it says her name and which attempt is next, or that this is not her card (any more). In that case what
 * was known before is believed again.
 * @param {string} number
 * @param {string} [before] the code of her card until now
 * @returns {Promise<{error?: string, resent?: string[]} | null>} null where no laptop of the office listens
 */
export const greet = async (number, before) => {
  const code = await device.codeOf(number);
  if (!code || !await sending.isDeskNear()) return null;
  const {status, said} = await sending.post('api/kartu', {number, proof: digest.proof(code, number)});
  if (status === 403) {
    await device.note({number, code: before || ''});
    return {error: said.error};
  }
  if (status !== 200) return {};
  if (said.name) await device.note({number, name: said.name});
  for (const [quiz, next] of Object.entries(said.next_attempts || {})) await mine.of(number).update(`next/${quiz}`, () => next);
  return {resent: await sending.again(number)};
};

/**
 * What nobody has a name for is often hers: she read before she had a card. It is asked, never guessed.
 * @param {HTMLElement} note
 * @param {string} number
 */
const offerTheUnnamed = async (note, number) => {
  if (!(await mine.of('tamu').all('')).length) return;
  const mineToo = button('Kemajuan tanpa nama di ponsel ini milik saya', async () => {
    mineToo.disabled = true;
    await claim(number);
    location.reload();
  });
  note.after(element('p', {class: 'quiz-note'}, mineToo));
};

/** @param {string} number @param {string} before */
const paired = async (number, before) => {
  const note = noted(`Kartu ${number} sudah dikenal.`);
  offerTheUnnamed(note, number);
  const told = await greet(number, before).catch(() => null);
  if (!told) return;
  if (told.error) { note.remove(); noted(told.error, 'alert'); return; }
  note.append(' ', element('a', {href: `${root}saya#kartu=${number}.${await device.codeOf(number)}`}, 'Lihat kemajuan saya di register'),
    ...(told.resent || []).map((text) => element('span', {}, ` ${text}`)));
  mine.look();
};

/** @param {string} text what stands behind #kartu= @returns {Promise<string | null>} the person's number */
export const byLink = async (text) => {
  history.replaceState(null, '', location.pathname + location.search);
  const found = readCard(text);
  if (!found) {
    noted('Kode di tautan kartu ini keliru atau terpotong. Pindai lagi kode QR di kartu Anda, atau ketik nomor dan kodenya di halaman tes.', 'alert');
    return null;
  }
  const before = await device.codeOf(found.number);
  await device.join(found).catch(() => null); // a full phone still belongs to her while the page is open
  paired(found.number, before);
  return found.number;
};

/**
 * A card whose number and code were typed. A wrong letter is noticed without the office; whether it is her card the office's laptop says,
 * where it listens.
 * @param {string} number
 * @param {string} [typed] without it she comes without her card's code
 * @returns {Promise<string>} why it cannot be, or ''
 */
export const pairing = async (number, typed) => {
  const code = typed === undefined ? '' : readCode(typed);
  if (code === null) return WRONG;
  const before = await device.codeOf(number);
  await device.join({number, code}).catch(() => null); // a full phone still belongs to her while the page is open
  const told = await greet(number, before).catch(() => null);
  return (told && told.error) || '';
};
