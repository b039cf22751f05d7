// A practice quiz: every answer is kept at once; "Periksa" marks it, says why, and the person may try again. What marks (verdicts.js) comes
// with the first answer.
import {mine} from '../core/people.js';
import {showKept} from '../core/kept.js';
import {announce, element, load, provided, refill} from '../core/start.js';
import {progress} from '../resume/progress.js';
import {afterPaint, part, parts} from './fields.js';
import {widgets} from './kinds.js';
import {responses} from './responses.js';

/** @typedef {typeof import('./verdicts.js').verdicts} Verdicts */
/** @typedef {import('./kinds.js').Response} Response */
/** @typedef {import('./kinds.js').Kept} Kept */

const LATER = 'Belum dapat diperiksa. Cari sinyal, lalu coba lagi; jawaban Anda tetap tersimpan.';

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
    const here = provided('verdicts');
    if (here) here.unmark(item);
    show.hidden = true;
    check.className = 'check';
  };

  /** @type {(verdicts: Verdicts, judged: import('./verdicts.js').Judged, whole?: boolean) => void} */
  const tell = (verdicts, judged, whole) => {
    const wasRight = judged[0] === 'right', words = verdicts.words(answer, judged, whole);
    say(...words);
    afterPaint(() => { if (told.firstChild === words[0]) verdicts.markLines(item, answer, scoring, read(), whole); }); // the verdict is painted first
    show.hidden = whole || wasRight;
    check.className = wasRight ? 'plain' : 'check';
    check.textContent = 'Periksa lagi';
  };
  /** @param {(verdicts: Verdicts) => void} then */
  const whenHere = (then) => load('verdicts').then(then, () => say(element('p', {class: 'verdict part'}, LATER)))
    .then(() => afterPaint(() => told.scrollIntoView({block: 'nearest'})));

  /** @param {Kept} kept */
  const fill = (kept) => {
    const response = kept.responses[id];
    if (isNew(response)) {
      responses.fill(item, response);
      say();
      if (response && answer) showKept(place, Promise.resolve());
    }
    // It was right once; the answer may have been changed since, or the quiz. A resume code brings no answer along.
    if (kept.right[id] && response && !told.firstChild) {
      told.removeAttribute('role'); // what was told on an earlier visit is not read out again
      load('verdicts').then((verdicts) => { if (!told.firstChild && verdicts.judge(scoring, read())[0] === 'right') tell(verdicts, ['right']); }, () => null)
        .then(() => setTimeout(() => told.setAttribute('role', 'status')));
    }
  };

  /** @param {Verdicts} verdicts */
  const checkIt = (verdicts) => {
    const response = read();
    if (!responses.isWhole(item, response)) {
      say(element('p', {class: 'verdict'}, `${verdicts.first(scoring)} dulu, lalu periksa.`));
      return;
    }
    const judged = verdicts.judge(scoring, response), [verdict] = judged;
    tell(verdicts, judged);
    afterPaint(() => announce(parts(item, 'p.remark .feedback').map(({textContent}) => textContent).join(' ')));
    if (verdict !== 'unreadable') afterPaint(() => keep(place, (fresh) => {
      fresh.tries[id] = (fresh.tries[id] || 0) + 1;
      if (verdict === 'right') fresh.right[id] = true;
    }));
  };

  responses.watch(item, (response) => {
    if (!isNew(response)) return;
    say();
    keep(place, (fresh) => { fresh.responses[id] = response; });
    // It will be here when it is asked for; the tap itself is painted first.
    if (answer && !provided('verdicts')) afterPaint(() => load('verdicts').catch(() => null));
  });
  fill(state);
  if (!answer) { item.append(place); return fill; } // an opinion is neither right nor wrong: it is only kept
  check.addEventListener('click', () => whenHere(checkIt));
  show.addEventListener('click', () => whenHere((verdicts) => {
    tell(verdicts, verdicts.judge(scoring, read()), true);
    check.focus({preventScroll: true}); // the button that had the focus is gone
  }));
  item.addEventListener('keydown', (/** @type {any} */ {key, target}) => { if (key === 'Enter' && target.type === 'text') check.click(); });
  answer.hidden = true;
  answer.before(place, element('p', {class: 'actions'}, check, show), told);
  return fill;
};

/**
 * An item that plays in a way of its own: what that takes comes when somebody comes near. Where it cannot be had, all of the item is shown,
 * as it is read without scripts.
 * @type {import('./kinds.js').Play}
 */
const wait = (item, scoring, keep, state) => {
  const later = parts(item, '.step ~ .step, .answer');
  let latest = state;
  /** @type {ReturnType<import('./kinds.js').Play> | undefined} */
  let fill;
  later.forEach((each) => { each.hidden = true; });
  new IntersectionObserver(([{isIntersecting}], watching) => {
    if (!isIntersecting) return;
    watching.disconnect();
    load('plays').then((plays) => { fill = plays[item.dataset.type || ''](item, scoring, keep, latest); },
      () => later.forEach((each) => { each.hidden = false; }));
  }, {rootMargin: '100%'}).observe(item);
  return (fresh) => {
    latest = fresh;
    if (fill) fill(fresh);
  };
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
  const fillers = parts(section, '.item')
    .map((item) => (widgets[item.dataset.type || ''] ? setUp : wait)(item, scorings[item.dataset.item || ''], keep, state));
  // Another tab answered: show its answers here as well.
  mine.watch(async (/** @type {string} */ changed) => {
    if (changed !== key) return;
    const fresh = whole(await mine.get(key));
    fillers.forEach((fill) => fill(fresh));
  });
  section.classList.add('ready');
};

export const start = () => parts(document, '[data-use="practice"]').forEach(startQuiz);
