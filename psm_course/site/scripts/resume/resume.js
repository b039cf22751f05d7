// "Kemajuan saya": what this phone keeps, a code that takes it to another one, and how to be rid of it.
import {dropNotice, forgetClearing} from '../core/browser.js';
import {known, labelOf, mine, peopleHere} from '../core/people.js';
import {announce, element, every, load, must, provided, refill, root} from '../core/start.js';
import {store} from '../core/store.js';
import {code} from './code.js';
import {progress as shown} from './progress.js';
import {draw} from './qr.js';

/** @typedef {import('./code.js').Layout} Layout */
/** @typedef {import('./code.js').Progress} Progress */

const place = must('[data-resume]'), PREFIX = '#kode=';
/** @param {string} name */
const part = (name) => must(`[data-${name}]`, place);
/** @type {Layout} */
const layout = JSON.parse(part('layout').textContent || '');
const [typed, cardNumber, cardCode] = ['typed', 'number', 'secret'].map((name) => /** @type {HTMLInputElement} */ (part(name)));
/** @param {HTMLElement} where @param {string | Node} text @param {string} look */
const tell = (where, text, look) => { where.className = `verdict ${look}`; refill(where, text); };

/** @param {string} prefix @returns {Promise<Record<string, any>>} by the name after it */
const kept = async (prefix) => (await mine.all(prefix)).reduce((all, [key, value]) => ({...all, [key.slice(prefix.length)]: value}), {});

/**
 * Nothing is ever taken away: a person who learnt on both phones keeps both.
 * @param {Progress} progress
 */
const restore = async ({pages, quizzes}) => {
  for (const [id, page] of Object.entries(pages)) await mine.update(`page/${id}`, (old) => ({...old, ...page}));
  for (const [id, {right, tries}] of Object.entries(quizzes)) {
    await mine.update(`quiz/${id}`, (old = {}) => ({responses: {}, ...old, right: {...right, ...old.right}, tries: {...tries, ...old.tries}}));
  }
};

/** @param {JudgedModule[]} modules */
const showLessons = (modules) => {
  const lessons = modules.flatMap((module) => module.lessons);
  const done = lessons.filter((lesson) => lesson.state === 'done').length;
  part('sum').textContent = `${done} dari ${lessons.length} pelajaran selesai`;
  /** @type {HTMLProgressElement} */ (part('bar')).value = done;
  lessons.forEach((lesson) => {
    const line = place.querySelector(`[data-right="${lesson.id}"]`);
    const items = lesson.practice.reduce((sum, [, many]) => sum + Number(many), 0);
    if (line && items) line.textContent = `${lesson.right} dari ${items} soal tepat`;
  });
  return lessons.some((lesson) => lesson.state !== 'none');
};

/** @param {boolean} begun */
const showCode = async (begun) => {
  part('none').hidden = begun;
  part('have').hidden = !begun;
  if (!begun) return;
  const written = code.write(layout, {pages: await kept('page/'), quizzes: await kept('quiz/')});
  const link = new URL(`${root}book/kemajuan.html${PREFIX}${written}`, location.href).href;
  part('code').textContent = written;
  part('share').hidden = !navigator.share || !isShared;
  part('share').onclick = () => navigator.share({title: 'Kode lanjut', text: `Kode lanjut saya di kursus PSM: ${written}`, url: link}).catch(() => false);
  part('qr').setAttribute('aria-label', `Kode QR untuk melanjutkan di ponsel lain, berisi kode ${written}`);
  part('scan').hidden = !isShared || !draw(part('qr'), link);
};
const isShared = /^https?:/.test(location.protocol); // another phone cannot open a page of this one's folder

part('copy').addEventListener('click', async () => {
  try { await navigator.clipboard.writeText(part('code').textContent || ''); } catch (_) {
    /** @type {Selection} */ (getSelection()).selectAllChildren(part('code')); // old phones, and plain HTTP
    document.execCommand('copy');
  }
  part('copied').textContent = 'Kode disalin';
  announce('Kode disalin');
});

const LISTED = [['page/', 'pelajaran yang dibuka'], ['quiz/', 'latihan yang dijawab'], ['sitting/', 'tes yang dikerjakan'], ['handin/', 'tes yang diserahkan']];
const showKept = async () => {
  const counts = await Promise.all(LISTED.map(async ([prefix, what]) => [(await mine.all(prefix)).length, what]));
  const lines = counts.filter(([many]) => many).map(([many, what]) => `${many} ${what}`);
  if (mine.number() !== 'tamu') lines.push('nomor peserta Anda');
  part('wipe').textContent = await others() ? 'Hapus data saya dari ponsel ini' : 'Hapus semua dari ponsel ini';
  part('kept').textContent = lines.length ? `Sekarang: ${lines.join(', ')}.` : 'Sekarang: belum ada apa-apa.';
  /** @type {HTMLButtonElement} */ (part('wipe')).disabled = !lines.length;
  part('tests').hidden = !counts[2][0] && !counts[3][0];
};

// Where others use this phone too, only what is hers can be deleted here.
const others = async () => {
  const people = await peopleHere(), number = mine.number();
  return people.some((one) => one.number !== number) || (number !== 'tamu' && (await mine.of('tamu').all('')).length > 0);
};

// Whose page it is stands there for who is known (people/chooser.js).
const showReader = async () => {
  const people = await peopleHere(), me = people.find((one) => one.number === mine.number());
  part('guest').hidden = people.length > 0;
  if (!people.length) every('.who').forEach((line) => line.remove());
  part('card').hidden = Boolean(me && me.code);
  if (me) cardNumber.value = me.number;
  cardNumber.readOnly = Boolean(me);
};

const show = async () => {
  await showCode(showLessons(await shown.refresh()));
  await showKept();
  await showReader();
};

part('pair').addEventListener('submit', async () => {
  const asked = cardNumber.value.trim().toUpperCase(), other = asked !== mine.number() && await known(asked);
  const trouble = other ? element('span', {}, labelOf(other), ' sudah dikenal di ponsel ini. Pilih namanya di atas.') : await load('people').then(({readCard, readCode}) => {
    const link = `${asked}.${readCode(cardCode.value)}`;
    if (!readCard(link)) return 'Nomor atau kodenya salah ketik. Cocokkan tiap huruf dan angka dengan kartu Anda.';
    location.hash = `#kartu=${link}`; // from here on it is as if her card's link was opened
    return '';
  }, () => 'Cari sinyal, lalu coba lagi.');
  if (trouble) { tell(part('paired'), trouble, 'wrong'); cardCode.focus(); }
});

part('restore').addEventListener('submit', async () => {
  const told = part('told'), {progress, trouble} = code.read(layout, typed.value);
  if (!progress) { tell(told, must(`[data-trouble="${trouble}"]`, place).textContent || '', 'wrong'); typed.focus(); return; }
  try {
    await restore(progress);
    await forgetClearing();
    dropNotice();
    tell(told, `Kemajuan dipulihkan: ${Object.keys(progress.pages).length} pelajaran. Yang sudah ada di ponsel ini tetap ada.`, 'right');
    show();
  } catch (_) {
    tell(told, 'Kode ini benar, tetapi penyimpanan ponsel penuh atau ditolak. Kosongkan sedikit ruang, lalu coba lagi.', 'wrong');
  }
});

// The code of a link or a QR waits for a tap: nobody's page changes because a link was opened.
const take = () => {
  if (!location.hash.startsWith(PREFIX)) return;
  typed.value = decodeURIComponent(location.hash.slice(PREFIX.length).replace(/%(?![0-9a-f]{2})/gi, ''));
  tell(part('told'), 'Kode dari tautan sudah terisi. Ketuk "Pulihkan" untuk melanjutkan di ponsel ini.', '');
  must('#punya-kode').scrollIntoView();
  must('button', part('restore')).focus({preventScroll: true});
};

/** @param {boolean} asked */
const askFirst = (asked) => { part('sure').hidden = !asked; part('wipe').hidden = asked; (asked ? part('keep') : part('wipe')).focus(); };
part('wipe').addEventListener('click', () => askFirst(true));
part('keep').addEventListener('click', () => askFirst(false));
part('gone').addEventListener('click', async () => {
  const hasOthers = await others();
  askFirst(false);
  try {
    if (hasOthers) await load('people').then(({device}) => device.forget(mine.number()));
    else for (const [key] of await store.all('')) await store.update(key, () => undefined);
    if (!hasOthers) store.forgetCleared();
    mine.be('tamu');
    tell(part('wiped'), hasOthers ? 'Data Anda sudah dihapus dari ponsel ini. Data orang lain tetap ada.' : 'Semua sudah dihapus dari ponsel ini.', 'right');
    show();
    provided('people')?.showPeople();
  } catch (_) {
    tell(part('wiped'), 'Belum terhapus. Cari sinyal, lalu coba lagi.', 'wrong');
  }
});

addEventListener('hashchange', take);
take();
show();
