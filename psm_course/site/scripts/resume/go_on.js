// The front page leads to the lesson that was open last, or to the next one that is not done.
import {mine} from '../core/people.js';
import {must, provide, root} from '../core/start.js';

/** @param {JudgedLesson[]} judged */
const showWayOn = async (judged) => {
  const link = /** @type {HTMLAnchorElement} */ (must('[data-go-on]'));
  const last = await mine.get('last');
  const from = Math.max(0, judged.findIndex((lesson) => lesson.id === last));
  const next = judged.slice(from).concat(judged).find((lesson) => lesson.state !== 'done');
  link.href = `${root}${next ? next.id : 'book/kemajuan'}.html`;
  must('span', link).textContent = next ? 'Lanjutkan' : 'Semua pelajaran selesai';
  must('strong', link).textContent = next ? next.title || '' : 'Lihat kemajuan saya';
};

export const way = {showWayOn};
provide('way', way);
