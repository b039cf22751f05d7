// The front page leads to the lesson that was open last, or to the next one that is not done. It asks a guest for her card, once.
import {isInApp, warned} from '../core/browser.js';
import {mine, peopleHere} from '../core/people.js';
import {element, load, must, provide, root} from '../core/start.js';

const greet = async () => {
  if ((await peopleHere()).length || isInApp(navigator.userAgent) || await warned || localStorage.getItem('psm-asked')) return;
  localStorage.setItem('psm-asked', '1');
  const {notice} = await load('notices'); // where her card is typed in, "Kemajuan saya" says it again
  notice('Anda membaca sebagai tamu', 'Punya kartu peserta? Pasangkan, supaya kemajuan dan tes tersimpan atas nama Anda.',
    element('a', {class: 'check', href: `${root}book/kemajuan.html#kartu-anda`}, 'Pasangkan kartu'), () => null);
};

/** @param {JudgedLesson[]} judged */
const showWayOn = async (judged) => {
  if (judged.every(({state}) => state === 'none')) return; // the page itself leads to the start
  const link = /** @type {HTMLAnchorElement} */ (must('[data-go-on]'));
  const last = await mine.get('last');
  const from = Math.max(0, judged.findIndex((lesson) => lesson.id === last));
  const next = judged.slice(from).concat(judged).find((lesson) => lesson.state !== 'done');
  link.href = `${root}${next ? next.id : 'book/kemajuan'}.html`;
  must('span', link).textContent = next ? 'Lanjutkan' : 'Semua pelajaran selesai';
  must('strong', link).textContent = next ? next.title || '' : 'Lihat kemajuan saya';
};

export const way = provide('way', {showWayOn});
greet().catch(() => null); // a phone that cannot keep that it was asked is not asked at all
