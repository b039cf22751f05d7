// A branching case, one step at a time: choose, read what follows, go on. Nothing is chosen by moving the focus.
import {showKept} from '../../site/scripts/core/kept.js';
import {announce, element, refill} from '../../site/scripts/core/start.js';
import {list, part, parts} from '../../site/scripts/practice/fields.js';
import {mark} from '../../site/scripts/practice/marking.js';

/** @param {import('../../site/scripts/practice/marking.js').Mark} mark */
const verdict = ({critical, share: [earned, outOf]}) => {
  if (critical) return ['critical', 'Cerita selesai, tetapi ada langkah yang berbahaya. Tidak apa-apa, ini latihan. Ulangi, lalu cari jalan yang aman.'];
  if (earned === outOf) return ['right', 'Cerita selesai. Semua langkah Anda tepat.'];
  if (earned * 5 >= outOf * 3) return ['right', 'Cerita selesai dengan baik. Satu dua langkah masih dapat lebih baik; coba ulangi.'];
  return ['wrong', 'Cerita selesai. Beberapa langkah belum membantu. Ulangi, lalu pilih jalan lain.'];
};

/**
 * Show a step with its choices, or with the one that was taken and what followed.
 * @param {HTMLElement} step @param {number} number @param {string} [taken]
 */
const showStep = (step, number, taken) => {
  step.hidden = false;
  part(step, '.step-number').textContent = `Langkah ${number}`;
  parts(step, '.branch').forEach((branch) => {
    const isTaken = branch.dataset.choice === taken, told = part(branch, '.consequence');
    branch.hidden = taken !== undefined && !isTaken;
    part(branch, 'button').setAttribute('aria-pressed', String(isTaken));
    part(branch, '.anew').hidden = !isTaken;
    told.hidden = !isTaken || !told.textContent;
  });
};

/**
 * `details` serve readers without scripts; here a choice is a button with its consequence under it.
 * @param {HTMLElement} branch @param {(choice: string) => void} choose
 */
const asButton = (branch, choose) => {
  const choice = branch.dataset.choice || '';
  const told = part(branch, '.consequence') || element('div', {class: 'consequence'});
  const onward = part(branch, '.onward'); // for paper
  const anew = element('span', {class: 'anew'}, 'Ketuk lagi untuk mengganti');
  const button = element('button', {type: 'button', class: 'act', click: () => choose(choice)}, ...part(branch, 'summary').childNodes, anew);
  branch.replaceWith(element('div', {class: branch.className, 'data-choice': choice}, button, told, onward));
  onward.hidden = true;
};

/** @type {import('../../site/scripts/practice/kinds.js').Play} */
export const play = (item, scoring, keep, state) => {
  const id = item.dataset.item || '', steps = new Map(parts(item, '.step').map((step) => [step.dataset.step || '', step]));
  const lesson = part(item, '.answer');
  const ending = element('div', {class: 'told', role: 'status'});
  const place = element('p', {class: 'kept'});
  const again = element('button', {type: 'button', class: 'plain', hidden: true}, 'Ulangi dari awal');
  /** @param {string} name */
  const step = (name) => /** @type {HTMLElement} */ (steps.get(name));
  /** @type {string[]} what was chosen so far: `step:choice` */
  let path = [];

  /** @param {boolean} isDone */
  const keepPath = (isDone) => keep(place, (fresh) => {
    fresh.responses[id] = path;
    if (!isDone) return;
    fresh.tries[id] = (fresh.tries[id] || 0) + 1;
    if (!mark(scoring, path).critical) fresh.right[id] = true;
  });

  const finish = () => {
    const [look, words] = verdict(mark(scoring, path));
    refill(ending,
      element('p', {class: `verdict ${look}`}, element('strong', {}, words)),
      ...parts(lesson, '.why, .basis').map((told) => told.cloneNode(true)));
  };

  // Where the path stands now: chosen steps show their choice and what followed, the next one its choices, the rest nothing.
  const show = () => {
    let at = scoring.start;
    steps.forEach((each) => { each.hidden = true; });
    refill(ending);
    for (let number = 1; at !== 'end'; number += 1) {
      const taken = path[number - 1], choice = taken && taken.slice(at.length + 1);
      showStep(step(at), number, choice);
      if (!choice) break;
      at = scoring.steps[at][choice].next;
    }
    again.hidden = !path.length;
    if (at === 'end') finish();
    return at === 'end';
  };

  /** @param {string} name @param {string} choice */
  const choose = (name, choice) => {
    const taken = `${name}:${choice}`, before = path.findIndex((each) => each.startsWith(`${name}:`));
    const isTakenBack = path[before] === taken; // pressed again: choose anew from here
    path = [...(before < 0 ? path : path.slice(0, before)), ...(isTakenBack ? [] : [taken])];
    const isDone = show(), followed = part(step(name), `.branch[data-choice="${choice}"] .consequence`).textContent;
    announce(isTakenBack ? 'Silakan pilih lagi untuk langkah ini.' : `${followed} ${isDone ? '' : `Lanjut ke langkah ${path.length + 1}.`}`);
    keepPath(isDone);
  };

  /** @param {import('../../site/scripts/practice/kinds.js').Kept} kept */
  const fill = (kept) => {
    let fresh = list(kept.responses[id]);
    while (mark(scoring, fresh).status === 'ungradable') fresh = fresh.slice(0, -1); // a newer story: go on from where it still fits
    if (fresh.join() === path.join()) return;
    path = fresh;
    show();
    showKept(place, Promise.resolve());
  };

  steps.forEach((each, name) => parts(each, '.branch').forEach((branch) => asButton(branch, (choice) => choose(name, choice))));
  lesson.hidden = true;
  again.addEventListener('click', () => { path = []; show(); step(scoring.start).focus(); keepPath(false); });
  show();
  fill(state);
  lesson.before(ending, place, again);
  return fill;
};
