// A branching case, one step at a time: choose, read what follows, go on. Nothing is chosen by moving the focus.
import {afterPaint, showKept} from '../../site/scripts/core/kept.js';
import {announce, button, element, every, must, refill} from '../../site/scripts/core/start.js';
import {list} from '../../site/scripts/practice/fields.js';
import {mark} from '../../site/scripts/practice/marking.js';

/** @typedef {import('../../site/scripts/practice/kinds.js').Scoring} Scoring */

/** @param {Scoring} scoring @param {string[]} path */
const verdict = (scoring, path) => {
  const {critical, right, share: [earned, outOf]} = mark(scoring, path);
  if (critical) return ['critical', 'Cerita selesai, tetapi ada langkah yang berbahaya. Tidak apa-apa, ini latihan. Ulangi, lalu cari jalan yang aman.'];
  if (earned === outOf) return ['right', 'Cerita selesai. Semua langkah Anda tepat.'];
  if (right) return ['right', 'Cerita selesai dengan baik. Satu dua langkah masih dapat lebih baik; coba ulangi.'];
  return ['wrong', 'Cerita selesai. Beberapa langkah belum membantu. Ulangi, lalu pilih jalan lain.'];
};

/** @type {Record<string, string>} */
const SAID = {right: 'Tepat', part: 'Sebagian tepat', wrong: 'Belum tepat', critical: 'Berbahaya'};
/**
 * The look of each step taken, beside the best that could be done there.
 * @param {Scoring} scoring @param {string[]} path
 */
const looksOf = ({steps}, path) => path.map((taken) => {
  const [name, choice] = taken.split(':'), {credit, critical} = steps[name][choice];
  const best = Math.max(...Object.keys(steps[name]).map((each) => Number(steps[name][each].credit)));
  return critical ? 'critical' : Number(credit) === best ? 'right' : Number(credit) ? 'part' : 'wrong';
});

/** @param {HTMLElement} place @param {string} words the same words again would have all of it laid out anew */
const say = (place, words) => { if (place.textContent !== words) place.textContent = words; };

/**
 * `details` serve readers without scripts; here a choice is a button with its consequence under it, which is seen once it is pressed (periksa.css).
 * @param {HTMLElement} details @param {string} choice as a path names it @param {(branch: HTMLElement) => void} choose
 */
const asButton = (details, choice, choose) => {
  const act = element('button', {type: 'button', class: 'act', click: () => choose(branch)}, ...must('summary', details).childNodes, element('span', {class: 'anew'}));
  /** @type {HTMLElement} */
  const branch = element('div', {class: details.className, 'data-choice': choice}, act, ...every('.consequence, .onward', details));
  details.replaceWith(branch);
};

/** @type {import('../../site/scripts/practice/kinds.js').Play} */
export const play = (item, scoring, keep) => {
  const id = item.dataset.item || '', steps = new Map(every('.step', item).map((step) => [step.dataset.step || '', step]));
  const lesson = must('.answer', item), place = element('p', {class: 'kept'});
  const summing = element('div', {role: 'status'}), strip = element('div');
  const again = button('Ulangi dari awal', () => back(1));
  /** @type {string[]} what was chosen so far: `step:choice` */
  let path = [];

  /** Where it leads: the step to choose at, or "end". @returns {string} */
  const next = () => path.reduce((step, taken) => scoring.steps[step][taken.slice(step.length + 1)].next, scoring.start);

  /**
   * Chosen steps show their choice and what followed, the next one its choices, the rest nothing.
   * @param {string[]} [looks] of each chosen step, once the story has ended
   */
  const draw = (looks = []) => steps.forEach((step, name) => {
    const at = path.findIndex((taken) => taken.startsWith(`${name}:`)), isTaken = at >= 0, look = looks[at];
    step.hidden = !isTaken && name !== next();
    say(must('.step-number', step), `Langkah ${(isTaken ? at : path.length) + 1}`);
    every('.branch', step).forEach((branch) => {
      const isIt = branch.dataset.choice === path[at], act = must('.act', branch);
      branch.hidden = isTaken && !isIt;
      act.setAttribute('aria-pressed', String(isIt));
      act.className = isIt && look ? `act marked ${look}` : 'act';
      say(must('.anew', act), look ? `${SAID[look]}. Ketuk lagi untuk mengganti` : 'Ketuk lagi untuk mengganti');
    });
  });

  const finish = () => {
    const looks = looksOf(scoring, path), [look, words] = verdict(scoring, path), weak = looks.findIndex((each) => each !== 'right') + 1;
    draw(looks);
    refill(summing, element('p', {class: `verdict ${look}`}, element('strong', {}, words)));
    refill(strip,
      element('p', {class: 'anew'}, 'Langkah Anda. Ketuk angkanya untuk mengulang dari langkah itu.'),
      element('ol', {class: 'path'}, ...looks.map((each, at) => element('li', {}, element('button', {
        type: 'button', class: each, 'aria-label': `Ulangi langkah ${at + 1}: ${SAID[each].toLowerCase()}`, click: () => back(at + 1),
      }, String(at + 1))))),
      weak ? element('p', {class: 'actions'}, button(`Ulangi langkah ${weak}`, () => back(weak), 'check')) : '',
      ...every('.why, .basis', lesson).map((told) => told.cloneNode(true)));
  };

  /** @param {string[]} fresh the path from now on */
  const show = (fresh) => {
    path = fresh;
    [summing, strip].forEach((each) => refill(each));
    draw();
    if (next() === 'end') afterPaint(() => { if (path === fresh) finish(); }); // what the last choice led to is painted first
    again.hidden = !path.length;
  };

  /** @param {string[]} fresh */
  const go = (fresh) => {
    show(fresh);
    keep(place, id, path, next() === 'end' ? mark(scoring, path).right : undefined);
  };

  /** @param {number} number go back to that step, and choose anew from there */
  const back = (number) => {
    go(path.slice(0, number - 1));
    /** @type {HTMLElement} */ (steps.get(next())).focus();
  };

  /** @param {HTMLElement} branch */
  const choose = (branch) => {
    const {choice = ''} = branch.dataset, before = path.indexOf(choice), from = branch.getBoundingClientRect().top;
    go(before < 0 ? [...path, choice] : path.slice(0, before)); // pressed again: choose anew from here
    scrollBy(0, branch.getBoundingClientRect().top - from); // it stays under the finger, whatever went above it
    const [followed = ''] = every('.consequence', branch).map(({textContent}) => textContent);
    const onward = next() === 'end' ? '' : `Lanjut ke langkah ${path.length + 1}.`;
    announce(before < 0 ? `${followed} ${onward}` : 'Silakan pilih lagi untuk langkah ini.');
  };

  steps.forEach((step, name) => every('.branch', step).forEach((branch) => asButton(branch, `${name}:${branch.dataset.choice}`, choose)));
  lesson.hidden = true;
  lesson.before(element('div', {class: 'told'}, summing, strip), place, again);
  show([]);
  return (kept) => {
    let fresh = list(kept.responses[id]);
    while (mark(scoring, fresh).status === 'ungradable') fresh = fresh.slice(0, -1); // a newer story: go on from where it still fits
    if (fresh.join() === path.join()) return;
    show(fresh);
    showKept(place, Promise.resolve());
  };
};
