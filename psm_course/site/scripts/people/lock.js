// A locked sitting on the office's laptop, for somebody without a phone: …/#duduk=NUMBER.CODE.QUIZ on the page of the test. The tab shows this
// person and this test only; when the office has it, she and all of hers leave the browser. Closed in the middle, the same link goes on.
import {locked, mine} from '../core/people.js';
import {element, every, must, refill} from '../core/start.js';
import {handIn} from '../test/handin.js';
import {readCode} from './code.js';
import {device} from './device.js';
import {greet} from './pairing.js';

const LINK = /^#duduk=([A-Za-z0-9]{1,12}-[0-9]{1,9})\.([\w-]+)\.([\w-]+)$/;
/**
 * The tab's own history keeps the lock: it outlives a reload and a killed tab, is nobody else's, and the code is in no address.
 * @param {LockedSitting | null} lock
 */
const remember = (lock) => history.replaceState(lock && {duduk: lock}, '', location.pathname + location.search);

/** @returns {LockedSitting | null} */
export const wanted = () => {
  if (!location.hash.startsWith('#duduk=')) return history.state && history.state.duduk;
  const [, number, code, quiz] = LINK.exec(location.hash) || [];
  return {number: (number || '').toUpperCase(), code: readCode(code || ''), quiz};
};

/** @param {string} title @param {string} text */
const refuse = (title, text) => {
  remember(null);
  refill(must('main'), element('h1', {}, title), element('p', {}, text));
  return 'tamu';
};

/** @param {LockedSitting} lock @returns {Promise<string>} the number the page is for */
export const enter = async (lock) => {
  const {number, code, quiz} = lock, test = quiz && document.querySelector(`.quiz[data-quiz="${quiz}"]`);
  document.documentElement.classList.add('locked');
  locked.now = lock;
  if (!code || !test) return refuse('Tautan ini tidak dapat dibuka', 'Tautan untuk duduk tes ini keliru atau terpotong. Buat lagi tautannya di meja petugas.');
  every('.quiz').forEach((each) => { if (each !== test) each.remove(); });
  remember(lock);
  const told = await greet(number).catch(() => null);
  if (told && told.error) return refuse('Kartu tidak cocok', told.error);
  remember(lock); // with her name
  return number;
};

/**
 * After the office's receipt. What the person needs is on the screen; nothing of hers is in the browser any more.
 * @param {HandIn} handedIn with its receipt
 */
export const finish = async (handedIn) => {
  const {number} = /** @type {LockedSitting} */ (locked.now), {code} = /** @type {KeptReceipt} */ (handedIn.receipt);
  await device.forget(number);
  remember(null);
  mine.be('tamu');
  const main = must('main');
  refill(main, element('h1', {}, 'Selesai'),
    element('p', {}, `Jawaban ${number} sudah diterima petugas. Kode tanda terima: `, element('strong', {}, code), '.'),
    element('p', {}, 'Catat atau foto kode itu. Jawaban Anda sudah dihapus dari laptop ini; petugas menyimpannya. Laptop boleh dikembalikan kepada petugas.'),
    ...handIn.keepsake(handedIn));
  main.focus();
};
