// A practice quiz: every answer is kept at once; "Periksa" marks it, says why, and the person may try again.
import {mine} from '../core/people.js';
import {showKept} from '../core/kept.js';
import {announce, element, refill} from '../core/start.js';
import {progress} from '../resume/progress.js';
import {part, parts} from './fields.js';
import {markers, plays} from './kinds.js';
import {isRight, mark} from './marking.js';
import {responses} from './responses.js';

/** @typedef {import('./kinds.js').Scoring} Scoring */
/** @typedef {import('./kinds.js').Response} Response */
/** @typedef {import('./kinds.js').Kept} Kept */

// The look of each verdict, and what it says.
const WORDS = {
  right: ['right', 'Tepat.'],
  part: ['part', 'Sebagian tepat.'],
  wrong: ['wrong', 'Belum tepat.'],
  critical: ['critical', 'Hati-hati, ini berbahaya.'],
  review: ['part', 'Hampir tepat. Periksa ejaannya, lalu coba lagi.'],
  unreadable: ['part', 'Jawab sekali lagi.'],
};
const CARE = 'Di lapangan, pilihan ini dapat mencelakakan orang. Di sini Anda boleh keliru; itulah gunanya latihan. Baca sebabnya, lalu jawab sekali lagi.';

/**
 * A verdict, and the words of the item's own type for it where it has any.
 * @param {Scoring} scoring
 * @param {Response} response
 * @returns {[verdict: keyof typeof WORDS, own?: string]}
 */
const judge = (scoring, response) => {
  const marked = mark(scoring, response), {partly, unreadable} = markers[scoring.type];
  if (marked.critical) return ['critical'];
  if (isRight(marked, scoring)) return ['right'];
  if (marked.status === 'ungradable') return ['unreadable', unreadable];
  if (marked.status === 'review') return ['review'];
  const own = partly && partly(scoring, response, marked.share);
  return [own || marked.share[0] ? 'part' : 'wrong', own];
};

/** @param {HTMLElement[]} all */
const copies = (all) => all.map((each) => each.cloneNode(true));
/**
 * What of the page's answer is shown: the page holds it all, for readers without scripts.
 * @param {HTMLElement} answer @param {boolean} wasRight @param {boolean} [whole] show the key too
 */
const reasons = (answer, wasRight, whole) => (whole || wasRight ? copies(parts(answer, whole ? '.key, .why, .basis' : '.why, .basis')) : []);

/** @param {HTMLElement} item */
const unmark = (item) => {
  parts(item, 'p.remark').forEach((remark) => remark.remove());
  parts(item, '.marked').forEach((line) => {
    line.className = line.className.replace(/ marked.*/, '');
    part(line, 'input, summary').removeAttribute('aria-describedby');
  });
};

let remarks = 0;
/**
 * What is to be said of each line of the form, on that line.
 * @type {(item: HTMLElement, answer: HTMLElement, right: Map<string, boolean> | undefined, whole?: boolean) => void}
 */
const markLines = (item, answer, right, whole) => parts(item, '.option, [data-left]').forEach((line) => {
  const field = part(line, 'input, summary', HTMLInputElement), told = part(answer, `[data-choice="${field.value}"]`);
  if (!right && !(told && (whole || field.checked))) return;
  const isGood = right && right.get(line.dataset.left || field.value);
  const look = right ? (isGood ? 'right' : 'wrong') : told.className, id = `tanda-${remarks += 1}`;
  line.className += ` marked ${look}`;
  line.after(element('p', {class: `remark ${look}`, id},
    ...(right ? [element('strong', {}, isGood ? 'Tepat' : 'Belum tepat')] : copies(parts(told, 'strong, .feedback')))));
  field.setAttribute('aria-describedby', id);
});

/** @type {import('./kinds.js').Play} */
const setUp = (item, scoring, keep, state) => {
  const answer = part(item, '.answer'), id = item.dataset.item || '';
  const place = element('p', {class: 'kept'});
  const told = element('div', {class: 'told', role: 'status'});
  const check = element('button', {type: 'button', class: 'check'}, 'Periksa jawaban');
  const show = element('button', {type: 'button', class: 'plain', hidden: true}, 'Lihat jawaban');
  const read = () => responses.read(item);
  /** @type {string | null} the response that the form shows */
  let shown = null;

  /** @param {Response} response */
  const isNew = (response) => {
    const before = shown;
    shown = JSON.stringify(response || null);
    return shown !== before;
  };

  /** @param {Node[]} what */
  const say = (...what) => {
    refill(told, ...what);
    unmark(item);
    show.hidden = true;
    check.className = 'check';
  };

  /** @param {ReturnType<typeof judge>} judged @param {boolean} [whole] */
  const tell = ([verdict, own], whole) => {
    const wasRight = verdict === 'right', [look, words] = WORDS[verdict];
    say(
      element('p', {class: `verdict ${look}`}, element('strong', {}, own || words)),
      ...(verdict === 'critical' ? [element('p', {class: 'care'}, CARE)] : []),
      ...reasons(answer, wasRight, whole),
    );
    const {lines} = markers[scoring.type];
    markLines(item, answer, lines && new Map(lines(scoring, read())), whole);
    show.hidden = whole || wasRight;
    check.className = wasRight ? 'plain' : 'check';
    check.textContent = 'Periksa lagi';
  };

  /** @param {Kept} kept */
  const fill = (kept) => {
    const response = kept.responses[id];
    if (isNew(response)) {
      responses.fill(item, response);
      say();
      if (response && answer) showKept(place, Promise.resolve());
    }
    // It was right once; the answer may have been changed since, or the quiz. A resume code brings no answer along.
    if (kept.right[id] && response && !told.firstChild && judge(scoring, read())[0] === 'right') tell(['right']);
  };

  const checkIt = () => {
    const response = read();
    if (!responses.isWhole(item, response)) {
      say(element('p', {class: 'verdict'}, `${markers[scoring.type].first} dulu, lalu periksa.`));
      return;
    }
    const judged = judge(scoring, response), [verdict] = judged;
    tell(judged);
    announce(parts(item, 'p.remark .feedback').map(({textContent}) => textContent).join(' '));
    told.scrollIntoView({block: 'nearest'});
    if (verdict === 'unreadable') return;
    keep(place, (fresh) => {
      fresh.tries[id] = (fresh.tries[id] || 0) + 1;
      if (verdict === 'right') fresh.right[id] = true;
    });
  };

  responses.watch(item, (response) => {
    if (!isNew(response)) return;
    say();
    keep(place, (fresh) => { fresh.responses[id] = response; });
  });
  fill(state); // before it stands in the page: what was told on an earlier visit is not read out again
  if (!answer) { item.append(place); return fill; } // an opinion is neither right nor wrong: it is only kept
  check.addEventListener('click', checkIt);
  show.addEventListener('click', () => {
    tell(judge(scoring, read()), true);
    check.focus({preventScroll: true}); // the button that had the focus is gone
    told.scrollIntoView({block: 'nearest'});
  });
  item.addEventListener('keydown', (/** @type {any} */ {key, target}) => { if (key === 'Enter' && target.type === 'text') check.click(); });
  answer.hidden = true;
  answer.before(place, element('p', {class: 'actions'}, check, show), told);
  return fill;
};

/** @param {HTMLElement} section */
const startQuiz = async (section) => {
  const scorings = JSON.parse(part(section, '[data-scoring]').textContent || ''), key = `quiz/${section.dataset.quiz}`;
  /** @type {(kept: object | undefined) => Kept} */
  const whole = (kept) => Object.assign({responses: {}, right: {}, tries: {}}, kept);
  /** @type {import('./kinds.js').Keep} */
  const keep = (place, change) => {
    const keeping = mine.update(key, (/** @type {Kept | undefined} */ old) => {
      const fresh = whole(old);
      change(fresh);
      return fresh;
    });
    showKept(place, keeping).then(progress.refresh);
  };
  const state = whole(await mine.get(key));
  const fillers = parts(section, '.item').map((item) => {
    const begin = plays[item.dataset.type || ''] || setUp;
    return begin(item, scorings[item.dataset.item || ''], keep, state);
  });
  // Another tab answered: show its answers here as well.
  mine.watch(async (/** @type {string} */ changed) => {
    if (changed !== key) return;
    const fresh = whole(await mine.get(key));
    fillers.forEach((fill) => fill(fresh));
  });
  section.classList.add('ready');
};

export const start = () => parts(document, '[data-use="practice"]').forEach(startQuiz);
