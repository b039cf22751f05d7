// What an answer was, and why: on a page once somebody answers there (practice.js). All markers come with it.
import {types as itsMarkers} from 'items:marker';
import {element, every, must, provide} from '../core/start.js';
import {markers} from './kinds.js';
import {mark} from './marking.js';

/** @typedef {import('./kinds.js').Scoring} Scoring */
/** @typedef {import('./kinds.js').Response} Response */

Object.assign(markers, itsMarkers);

// The look of each verdict, and what it says.
const WORDS = {
  right: ['right', 'Tepat.'],
  part: ['part', 'Sebagian tepat.'],
  wrong: ['wrong', 'Belum tepat.'],
  critical: ['critical', 'Hati-hati, ini berbahaya.'],
  review: ['part', 'Hampir tepat. Periksa ejaannya, lalu coba lagi.'],
  unreadable: ['part', 'Jawab sekali lagi.'],
};
const CARE = 'Di lapangan, pilihan ini dapat mencelakakan orang. Di sini Anda boleh keliru; itulah gunanya latihan. Baca sebabnya di bawah pilihan Anda, lalu jawab sekali lagi.';

/**
 * A verdict, and the words of the item's own type for it where it has any.
 * @param {Scoring} scoring
 * @param {Response} response
 * @returns {[verdict: keyof typeof WORDS, own?: string]}
 */
const judge = (scoring, response) => {
  const marked = mark(scoring, response), {lines, partly, unreadable} = markers[scoring.type];
  if (marked.critical) return ['critical'];
  if (marked.right) return ['right'];
  if (marked.status === 'ungradable') return ['unreadable', unreadable];
  if (marked.status === 'review') return ['review'];
  if (marked.status === 'blank') return ['wrong']; // it has no lines that could be right
  const right = lines ? lines(scoring, response).filter(([, isGood]) => isGood).length : marked.share[0];
  const own = partly && partly(scoring, response, right);
  return [own || marked.share[0] ? 'part' : 'wrong', own];
};

/** @param {HTMLElement[]} all */
const copies = (all) => all.map((each) => each.cloneNode(true));

/** @param {HTMLElement} item */
const unmark = (item) => {
  every('p.remark', item).forEach((remark) => remark.remove());
  every('.marked', item).forEach((line) => {
    line.className = line.className.replace(/ marked.*/, '');
    must('input, summary', line).removeAttribute('aria-describedby');
  });
};

let remarks = 0;

export const verdicts = provide('verdicts', {
  judge,
  unmark,

  /** @param {Scoring} scoring what to do before it can be checked */
  first: ({type}) => markers[type].first,

  /**
   * The verdict, and what is said below the form; the page holds the reasons and the key, for readers without scripts. `whole`: show the key too.
   * @type {(answer: HTMLElement, scoring: Scoring, response: Response, whole?: boolean) => [verdict: string, said: Node[]]}
   */
  tell: (answer, scoring, response, whole) => {
    const [verdict, own] = judge(scoring, response), [look, words] = WORDS[verdict];
    return [verdict, [
      element('p', {class: `verdict ${look}`}, element('strong', {}, own || words)),
      ...(verdict === 'critical' ? [element('p', {class: 'care'}, CARE)] : []),
      ...(whole || verdict === 'right' ? copies(every(whole ? '.key, .why, .basis' : '.why, .basis', answer)) : []),
    ]];
  },

  /**
   * What is to be said of each line of the form, on that line.
   * @type {(item: HTMLElement, answer: HTMLElement, scoring: Scoring, response: Response, whole?: boolean) => void}
   */
  markLines: (item, answer, scoring, response, whole) => {
    const {lines} = markers[scoring.type], right = lines && new Map(lines(scoring, response));
    every('.option, [data-left]', item).forEach((line) => {
      const field = must('input, summary', line, HTMLInputElement), told = must(`[data-choice="${field.value}"]`, answer);
      if (!right && !(told && (whole || field.checked))) return;
      const isGood = right && right.get(line.dataset.left || field.value);
      const look = right ? (isGood ? 'right' : 'wrong') : told.className, id = `tanda-${remarks += 1}`;
      line.className += ` marked ${look}`;
      line.after(element('p', {class: `remark ${look}`, id},
        ...(right ? [element('strong', {}, isGood ? 'Tepat' : 'Belum tepat')] : copies(every('strong, .feedback', told)))));
      field.setAttribute('aria-describedby', id);
    });
  },
});
