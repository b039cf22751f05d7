// A test that runs is said on every page, with a way back to it. Another's is named, and only she goes on with it.
import {awaySince} from '../core/away.js';
import {locked, mine, peopleHere} from '../core/people.js';
import {announce, button, element, every, load, must, provide, root} from '../core/start.js';

/** @typedef {{sitting: Sitting, whose: Person | null}} Running `whose` is null where it is the test of the page's own person */

/** @param {Running} running */
const told = ({sitting: {minutes, spent, seen}, whose}) => {
  const away = awaySince(seen), name = whose ? ` ${(whose.name || whose.number).replace(/ /g, '\u00a0')}` : '';
  if (away === null) return `Tes${name} belum diserahkan`;
  if (!minutes) return `Tes${name} berjalan`;
  const left = minutes * 60e3 - spent - away;
  if (left <= 0) return `Waktu tes${name} habis. ${whose ? 'Jawabannya aman' : 'Serahkan jawaban Anda'}.`;
  return `Tes${name} berjalan, sisa ${left < 60e3 ? 'kurang dari 1' : Math.floor(left / 60e3)} menit`;
};

/** @returns {Promise<Running[]>} those of the page's own person, else those of others who are known here */
const find = async () => {
  /** @param {{all: typeof mine.all}} of @param {Person | null} whose */
  const runningOf = async (of, whose) => (await of.all('sitting/')).map(([, sitting]) => ({sitting, whose}));
  const own = await runningOf(mine, null);
  if (own.length) return own.filter(({sitting}) => !document.querySelector(`[data-quiz="${sitting.quiz}"]`)); // that page shows it itself
  return (await Promise.all((await peopleHere()).map((person) => runningOf(mine.of(person.number), person)))).flat();
};

/** @param {Running} running */
const wayBack = ({sitting, whose}) => {
  if (!sitting.page) return ''; // begun before tests knew their page
  const href = `${root}${sitting.page}.html`;
  if (!whose) return element('a', {class: 'check', href}, 'Kembali ke tes');
  return button(`Saya ${whose.name || whose.number}`, () => load('people').then((people) => people.choose(whose.number, href), () => null));
};

let turn = 0, ticking = 0;
const showRunning = async () => {
  const asked = turn += 1, found = locked.now ? [] : await find();
  if (asked !== turn) return;
  clearInterval(ticking);
  every('.reminder').forEach((old) => old.remove());
  document.documentElement.classList.toggle('reminded', found.length > 0);
  if (!found.length) return;
  const lines = found.map((running) => ({running, line: element('strong')}));
  const tick = () => lines.forEach(({running, line}) => {
    const words = told(running);
    if (line.textContent === words) return;
    if (line.textContent && words.startsWith('Waktu')) announce(words);
    line.textContent = words;
  });
  tick();
  ticking = window.setInterval(tick, 1000);
  document.body.append(element('aside', {class: 'reminder', 'aria-label': 'Tes yang berjalan'},
    ...lines.map(({running, line}) => element('p', {}, line, wayBack(running)))));
  document.documentElement.style.setProperty('--reminder', `${must('.reminder').offsetHeight}px`); // a lesson's bar stands above it
};

export const running = provide('running', {showRunning});
