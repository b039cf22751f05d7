// How far a person has come, lesson by lesson, folded from what this phone keeps. Nothing of it is sent anywhere.
import {mine} from '../core/people.js';
import {every, load, must, page as pageName} from '../core/start.js';

const BEGUN_AFTER = 20000; // milliseconds on a page that count as having begun it
/** @type {Record<string, string>} */
const WORDS = {none: 'belum', begun: 'sedang', done: 'selesai'};
// What the menu of this page shows: each module, and the lessons of some or all of them.
const entries = every('.menu [data-state]').map((span) => (
  {id: span.dataset.state || '', title: must('*', /** @type {Element} */ (span.closest('a'))).textContent || ''}));
/**
 * Of each module it says in short which lessons there are, "/" between them: how a lesson's name begins, and its quizzes with how many items
 * these have. A dot ends a name.
 * @param {HTMLElement} module
 * @returns {Lesson[]}
 */
const lessonsOf = ({dataset}) => (dataset.lessons || '').split('/').filter(Boolean).map((text) => {
  const [name, ...quizzes] = text.split(' '), start = (dataset.state || '').replace(/index$/, name);
  return {...entries.find(({id}) => `${id}.`.startsWith(start)), start, practice: quizzes.map((quiz) => quiz.split(':'))};
});
/** @type {Module[]} */
const course = every('.menu [data-lessons]').map((module) => ({id: module.dataset.state || '', lessons: lessonsOf(module)}));
const here = course.flatMap((module) => module.lessons).find((lesson) => lesson.id === pageName);

/** @param {Lesson} lesson @param {Map<string, any>} kept @returns {JudgedLesson} */
const judge = (lesson, kept) => {
  const keys = lesson.id ? [`page/${lesson.id}`] : [...kept.keys()].filter((name) => `${name}.`.startsWith(`page/${lesson.start}`));
  /** @type {KeptPage} */
  const page = Object.assign({}, ...keys.map((key) => kept.get(key)));
  /** @type {(KeptQuiz & {items: number})[]} */
  const quizzes = lesson.practice.map(([id, items]) => ({items: Number(items), right: {}, tries: {}, ...kept.get(`quiz/${id}`)}));
  const done = page.read && quizzes.every(({items, right, tries}) => Object.keys({...right, ...tries}).length >= items);
  const begun = page.begun || quizzes.some((quiz) => quiz.responses);
  return {
    ...lesson,
    state: /** @type {State} */ (done ? 'done' : begun ? 'begun' : 'none'),
    right: quizzes.reduce((sum, {right, items}) => sum + Math.min(items, Object.keys(right).length), 0),
  };
};

/**
 * A module is done with all its lessons, and begun with any.
 * @param {{lessons: JudgedLesson[]}} module
 * @returns {State}
 */
const fold = (module) => (module.lessons.every((one) => one.state === 'done') ? 'done' : module.lessons.some((one) => one.state !== 'none') ? 'begun' : 'none');

/** @returns {Promise<JudgedModule[]>} */
const read = async () => {
  const kept = new Map([...await mine.all('page/'), ...await mine.all('quiz/')]);
  return course.map((module) => {
    const judged = {...module, lessons: module.lessons.map((lesson) => judge(lesson, kept))};
    return {...judged, state: judged.lessons.length ? fold(judged) : 'none'};
  });
};

/** @type {(modules: JudgedModule[]) => unknown} says it at the end of a lesson, once somebody has come there */
let sayAtEnd = () => null;

/** @returns {Promise<JudgedModule[]>} what is shown now */
const show = async () => {
  const modules = await read();
  const judged = modules.flatMap((module) => module.lessons);
  /** @type {Map<string | undefined, State>} */
  const states = new Map([...modules, ...judged].map(({id, state}) => [id, state]));
  every('[data-state]').forEach((span) => {
    const state = states.get(span.dataset.state) || 'none', look = `state ${state}`;
    if (span.className === look) return; // after a tap hardly one of them is another
    span.className = look;
    span.textContent = WORDS[state];
  });
  sayAtEnd(modules);
  load('way').then((way) => way.showWayOn(judged), () => null); // only the front page has it
  return modules;
};
// One refresh after the other: what stays on the page is what the last one read.
/** @type {Promise<JudgedModule[]>} */
let newest = Promise.resolve([]);
const refresh = () => { newest = newest.then(show, show); return newest; };

/**
 * What cannot be kept is only progress: the person is told of it where answers are kept.
 * @type {KeptPage}
 */
let wanted = {};
/** @param {KeptPage} seen */
const mark = (seen) => {
  const fresh = {...wanted, ...seen};
  if (!here || JSON.stringify(fresh) === JSON.stringify(wanted)) return;
  wanted = fresh;
  mine.update(`page/${here.id}`, (old) => ({...old, ...seen}))
    .then(() => mine.update('last', () => here.id))
    .then(refresh, () => null);
};

if (here) {
  setTimeout(() => mark({begun: true}), BEGUN_AFTER);
  addEventListener('scroll', () => mark({begun: true}), {once: true, passive: true});
  const end = document.querySelector('.pager') || must('.bottom');
  new IntersectionObserver((seen, observer) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    observer.disconnect();
    mark({begun: true, read: true});
    load('moments').then((part) => { sayAtEnd = part.showMoment(); refresh(); }, () => null);
  }).observe(end);
}
mine.watch(refresh);
addEventListener('pageshow', (event) => { if (event.persisted) refresh(); });
export const progress = {mark, read, refresh};
refresh();
