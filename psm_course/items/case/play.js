// A branching case, one step at a time: choose, read what follows, go on. Nothing is chosen by moving the focus.
import {showKept} from '../../site/scripts/core/kept.js';
import {announce, element, refill} from '../../site/scripts/core/start.js';
import {afterPaint, list, part, parts} from '../../site/scripts/practice/fields.js';
import {isRight, mark} from '../../site/scripts/practice/marking.js';

/** @typedef {import('../../site/scripts/practice/kinds.js').Scoring} Scoring */

/** @param {Scoring} scoring @param {string[]} path */
const verdict = (scoring, path) => {
  const marked = mark(scoring, path), {critical, share: [earned, outOf]} = marked;
  if (critical) return ['critical', 'Cerita selesai, tetapi ada langkah yang berbahaya. Tidak apa-apa, ini latihan. Ulangi, lalu cari jalan yang aman.'];
  if (earned === outOf) return ['right', 'Cerita selesai. Semua langkah Anda tepat.'];
  if (isRight(marked, scoring)) return ['right', 'Cerita selesai dengan baik. Satu dua langkah masih dapat lebih baik; coba ulangi.'];
  return ['wrong', 'Cerita selesai. Beberapa langkah belum membantu. Ulangi, lalu pilih jalan lain.'];
};

/** @type {Record<string, string>} */
const SAID = {right: 'Tepat', part: 'Sebagian tepat', wrong: 'Belum tepat', critical: 'Berbahaya'};
/**
 * The look of each step taken, beside the best that could be done there.
 * @param {Scoring} scoring @param {string[]} path
 */
const looks = ({steps}, path) => path.map((taken) => {
  const [name, choice] = taken.split(':'), {credit, critical} = steps[name][choice];
  const best = Math.max(...Object.keys(steps[name]).map((each) => Number(steps[name][each].credit)));
  return critical ? 'critical' : Number(credit) === best ? 'right' : Number(credit) ? 'part' : 'wrong';
});

/** @param {HTMLElement} place @param {string} words the same words again would have all of it laid out anew */
const say = (place, words) => { if (place.textContent !== words) place.textContent = words; };

/**
 * Show a step with its choices, or with the one that was taken and what followed; at the end with the look of that one.
 * @param {HTMLElement} step @param {number} number @param {string} [taken] @param {string} [look]
 */
const showStep = (step, number, taken, look) => {
  say(part(step, '.step-number'), `Langkah ${number}`);
  parts(step, '.branch').forEach((branch) => {
    const isTaken = branch.dataset.choice === taken, told = part(branch, '.consequence');
    branch.hidden = taken !== undefined && !isTaken;
    part(branch, 'button').setAttribute('aria-pressed', String(isTaken));
    part(branch, '.act').className = isTaken && look ? `act marked ${look}` : 'act';
    part(branch, '.anew').hidden = !isTaken;
    say(part(branch, '.anew'), look ? `${SAID[look]}. Ketuk lagi untuk mengganti` : 'Ketuk lagi untuk mengganti');
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
  const button = element('button', {type: 'button', class: 'act', click: () => choose(choice)}, ...part(branch, 'summary').childNodes, element('span', {class: 'anew'}));
  branch.replaceWith(element('div', {class: branch.className, 'data-choice': choice}, button, told, onward));
  onward.hidden = true;
};

/** @type {import('../../site/scripts/practice/kinds.js').Play} */
export const play = (item, scoring, keep, state) => {
  const id = item.dataset.item || '', steps = new Map(parts(item, '.step').map((step) => [step.dataset.step || '', step]));
  const lesson = part(item, '.answer');
  const summing = element('div', {role: 'status'}), strip = element('div'), ending = element('div', {class: 'told'}, summing, strip);
  const place = element('p', {class: 'kept'});
  const again = element('button', {type: 'button', class: 'plain', hidden: true, click: () => back(1)}, 'Ulangi dari awal');
  /** @param {string} name */
  const step = (name) => /** @type {HTMLElement} */ (steps.get(name));
  /** @type {string[]} what was chosen so far: `step:choice` */
  let path = [];

  /** @param {boolean} isDone */
  const keepPath = (isDone) => keep(place, (fresh) => {
    fresh.responses[id] = path;
    if (!isDone) return;
    fresh.tries[id] = (fresh.tries[id] || 0) + 1;
    if (isRight(mark(scoring, path), scoring)) fresh.right[id] = true;
  });

  /** @param {number} number go back to that step, and choose anew from there */
  const back = (number) => {
    const [name] = (path[number - 1] || scoring.start).split(':');
    path = path.slice(0, number - 1);
    show();
    step(name).focus();
    keepPath(false);
  };
  /** @param {string} words @param {number} number @param {string} look @param {string} [label] */
  const backTo = (words, number, look, label) => element('button', {type: 'button', class: look, 'aria-label': label, click: () => back(number)}, words);

  /** @param {string[]} taken the look of each step, once the story has ended */
  const showTaken = (taken) => path.map((each) => each.split(':')).forEach(([name, its], at) => showStep(step(name), at + 1, its, taken[at]));

  const finish = () => {
    const taken = looks(scoring, path), [look, words] = verdict(scoring, path), weak = taken.findIndex((each) => each !== 'right') + 1;
    showTaken(taken);
    refill(summing, element('p', {class: `verdict ${look}`}, element('strong', {}, words)));
    refill(strip,
      element('p', {class: 'anew'}, 'Langkah Anda. Ketuk angkanya untuk mengulang dari langkah itu.'),
      element('ol', {class: 'path'}, ...taken.map((each, at) => element('li', {},
        backTo(String(at + 1), at + 1, each, `Ulangi langkah ${at + 1}: ${SAID[each].toLowerCase()}`)))),
      weak ? element('p', {class: 'actions'}, backTo(`Ulangi langkah ${weak}`, weak, 'check')) : '',
      ...parts(lesson, '.why, .basis').map((told) => told.cloneNode(true)));
  };

  // Where the path stands now: chosen steps show their choice and what followed, the next one its choices, the rest nothing.
  const show = () => {
    const ended = path, [name, choice] = (path[path.length - 1] || '').split(':');
    const at = name ? scoring.steps[name][choice].next : scoring.start, isDone = at === 'end';
    steps.forEach((each, its) => { each.hidden = its !== at && !path.some((taken) => taken.startsWith(`${its}:`)); });
    [summing, strip].forEach((each) => refill(each));
    showTaken([]);
    if (isDone) afterPaint(() => { if (path === ended) finish(); }); // what the last choice led to is painted first
    else showStep(step(at), path.length + 1);
    again.hidden = !path.length;
    return isDone;
  };

  /** @param {string} name @param {string} choice */
  const choose = (name, choice) => {
    const taken = `${name}:${choice}`, before = path.findIndex((each) => each.startsWith(`${name}:`));
    const isTakenBack = path[before] === taken; // pressed again: choose anew from here
    const branch = part(step(name), `.branch[data-choice="${choice}"]`), from = branch.getBoundingClientRect().top;
    path = [...(before < 0 ? path : path.slice(0, before)), ...(isTakenBack ? [] : [taken])];
    const isDone = show(), followed = part(branch, '.consequence').textContent;
    scrollBy(0, branch.getBoundingClientRect().top - from); // it stays under the finger, whatever went above it
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
  show();
  fill(state);
  lesson.before(ending, place, again);
  return fill;
};
