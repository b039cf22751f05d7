// A practice quiz: every answer is kept at once; "Periksa" marks it, says why, and the person may try again. What marks (verdicts.js) comes
// with the first answer.
import {mine} from '../core/people.js';
import {afterPaint, showKept} from '../core/kept.js';
import {announce, button, element, every, load, must, provided, refill} from '../core/start.js';
import {progress} from '../resume/progress.js';
import {widgets} from './kinds.js';
import {responses} from './responses.js';

/** @typedef {typeof import('./verdicts.js').verdicts} Verdicts */
/** @typedef {import('./kinds.js').Response} Response */
/** @typedef {import('./kinds.js').Kept} Kept */

const LATER = 'Belum dapat diperiksa. Cari sinyal, lalu coba lagi; jawaban Anda tetap tersimpan.';

/** @type {import('./kinds.js').Play} */
const setUp = (item, scoring, keep) => {
  const answer = must('.answer', item), id = item.dataset.item || '', read = () => responses.read(item);
  const place = element('p', {class: 'kept'}), told = element('div', {class: 'told', role: 'status'});
  const check = button('Periksa jawaban', () => whenHere(checkIt), 'check');
  const show = button('Lihat jawaban', () => whenHere((verdicts) => {
    tell(verdicts, true);
    check.focus({preventScroll: true}); // the button that had the focus is gone
  }));
  /** @type {string | null} the response that `told` is about, or that it would be about */
  let shown = null;

  /** @type {(what?: Node[], verdict?: string, whole?: boolean) => void} `verdict` where it says one, `whole` with the answer */
  const say = (what = [], verdict = '', whole = false) => {
    shown = JSON.stringify(read());
    refill(told, ...what);
    provided('verdicts')?.unmark(item);
    show.hidden = !verdict || verdict === 'right' || whole;
    check.className = verdict === 'right' ? 'plain' : 'check';
  };

  /** @type {(verdicts: Verdicts, whole?: boolean) => string} the verdict */
  const tell = (verdicts, whole) => {
    const [verdict, words] = verdicts.tell(answer, scoring, read(), whole);
    say(words, verdict, whole);
    afterPaint(() => { if (told.firstChild === words[0]) verdicts.markLines(item, answer, scoring, read(), whole); }); // the verdict is painted first
    check.textContent = 'Periksa lagi';
    return verdict;
  };
  /** @param {(verdicts: Verdicts) => void} then */
  const whenHere = (then) => load('verdicts').then(then, () => say([element('p', {class: 'verdict part'}, LATER)]))
    .then(() => afterPaint(() => told.scrollIntoView({block: 'nearest'})));

  /** @param {Kept} kept */
  const fill = (kept) => {
    const response = kept.responses[id];
    if (JSON.stringify(response || null) !== shown) {
      responses.fill(item, response);
      say();
      if (response && answer) showKept(place, Promise.resolve());
    }
    // It was right once; the answer may have been changed since, or the quiz. A resume code brings no answer along.
    if (kept.right[id] && response && !told.firstChild) {
      told.removeAttribute('role'); // what was told on an earlier visit is not read out again
      load('verdicts').then((verdicts) => { if (!told.firstChild && verdicts.judge(scoring, read())[0] === 'right') tell(verdicts); }, () => null)
        .then(() => setTimeout(() => told.setAttribute('role', 'status')));
    }
  };

  /** @param {Verdicts} verdicts */
  const checkIt = (verdicts) => {
    if (!responses.isWhole(item, read())) {
      say([element('p', {class: 'verdict'}, `${verdicts.first(scoring)} dulu, lalu periksa.`)]);
      return;
    }
    const verdict = tell(verdicts);
    afterPaint(() => announce(every('p.remark .feedback', item).map(({textContent}) => textContent).join(' ')));
    if (verdict !== 'unreadable') afterPaint(() => keep(place, id, read(), verdict === 'right'));
  };

  responses.watch(item, (response) => {
    if (JSON.stringify(response) === shown) return;
    say();
    keep(place, id, response);
    // It will be here when it is asked for; the tap itself is painted first.
    if (answer && !provided('verdicts')) afterPaint(() => load('verdicts').catch(() => null));
  });
  if (!answer) { item.append(place); return fill; } // an opinion is neither right nor wrong: it is only kept
  item.addEventListener('keydown', (/** @type {any} */ {key, target}) => { if (key === 'Enter' && target.type === 'text') check.click(); });
  answer.hidden = show.hidden = true;
  answer.before(place, element('p', {class: 'actions'}, check, show), told);
  return fill;
};

/**
 * An item that plays in a way of its own: what that takes comes when somebody comes near. Where it cannot be had, all of the item is shown,
 * as it is read without scripts.
 * @type {import('./kinds.js').Play}
 */
const wait = (item, scoring, keep) => {
  const later = every('.step ~ .step, .answer', item);
  const near = new Promise((resolve) => new IntersectionObserver(([{isIntersecting}], watching) => {
    if (!isIntersecting) return;
    watching.disconnect();
    resolve(true);
  }, {rootMargin: '100%'}).observe(item));
  const filling = near.then(() => load('plays')).then((plays) => plays[item.dataset.type || ''](item, scoring, keep));
  later.forEach((each) => { each.hidden = true; });
  filling.catch(() => later.forEach((each) => { each.hidden = false; }));
  return (kept) => filling.then((fill) => fill(kept), () => null);
};

/** @param {HTMLElement} section */
const startQuiz = async (section) => {
  const scorings = JSON.parse(must('[data-scoring]', section).textContent || ''), key = `quiz/${section.dataset.quiz}`;
  /** @type {(kept: object | undefined) => Kept} */
  const whole = (kept) => Object.assign({responses: {}, right: {}, tries: {}}, kept);
  /** @type {import('./kinds.js').Keep} */
  const keep = (place, id, response, wasRight) => {
    showKept(place, mine.update(key, (/** @type {Kept | undefined} */ old) => {
      const fresh = whole(old);
      fresh.responses[id] = response;
      if (wasRight !== undefined) fresh.tries[id] = (fresh.tries[id] || 0) + 1;
      if (wasRight) fresh.right[id] = true;
      return fresh;
    })).then(progress.refresh);
  };
  const read = async () => whole(await mine.get(key));
  const first = await read(); // before anything listens: a tap made meanwhile would be all that is kept
  const fillers = every('.item', section)
    .map((item) => (widgets[item.dataset.type || ''] ? setUp : wait)(item, scorings[item.dataset.item || ''], keep));
  /** @param {Kept} kept */
  const fill = (kept) => fillers.forEach((each) => each(kept));
  fill(first);
  mine.watch((/** @type {string} */ changed) => { if (changed === key) read().then(fill); }); // another tab answered
  section.classList.add('ready');
};

export const start = () => every('[data-use="practice"]').forEach(startQuiz);
