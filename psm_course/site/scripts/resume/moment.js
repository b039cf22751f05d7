// A small honest word at the end of a lesson, a module, a test: how much is done and how much is left. No points, nothing to lose.
import {mine} from '../core/people.js';
import {element, must, page, provide} from '../core/start.js';
import {progress} from './progress.js';

/** @param {JudgedModule[]} modules */
const counted = (modules) => {
  const lessons = modules.flatMap((module) => module.lessons), left = lessons.filter(({state}) => state !== 'done').length;
  if (!lessons.length) return ''; // a page without the menu
  return left ? `${lessons.length - left} pelajaran selesai, ${left} lagi.` : `Semua ${lessons.length} pelajaran selesai.`;
};

/** At the end of a lesson's page. Whoever is done with it begins anew the next time. */
const showMoment = () => {
  const said = element('p', {class: 'moment', role: 'status'});
  must('main').append(said);
  /** @param {JudgedModule[]} modules */
  return (modules) => {
    const module = modules.find(({lessons}) => lessons.some(({id, state}) => id === page && state === 'done'));
    const done = module && (module.state === 'done' ? 'Modul selesai' : 'Selesai');
    said.textContent = done ? `${done}. ${counted(modules)}` : 'Belum selesai: coba semua soal latihannya.';
    said.classList.toggle('done', Boolean(done));
    if (done) mine.update(`page/${page}`, (old) => ({...old, step: undefined})).catch(() => null);
  };
};

export const moments = provide('moments', {showMoment, tally: () => progress.read().then(counted)});
