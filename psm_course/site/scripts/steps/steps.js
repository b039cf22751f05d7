// A lesson in steps: one `<section>` at a time (content/steps.py says where one begins). Each has its address, so that links, the search and
// the browser's own way back lead to it. The whole page is one tap away, and the choice is kept.
import {mine} from '../core/people.js';
import {element, every, must, page} from '../core/start.js';
import {progress} from '../resume/progress.js';

const steps = every('.in-steps > section'), look = document.documentElement.classList;
const asked = () => document.getElementById(location.hash.slice(1));
/** @param {HTMLElement | null} inside */
const stepWith = (inside) => steps.findIndex((step) => step.contains(inside));

const setUp = async () => {
  const kept = await mine.get(`page/${page}`), first = asked();
  let whole = await mine.get('whole'), at = Math.max(0, stepWith(document.getElementById(kept && kept.step)));
  const count = element('span', {id: 'bagian'}), other = element('u'), toggle = element('button', {type: 'button'}, count, ' ', other);
  const back = element('a', {class: 'plain', 'aria-label': 'Bagian sebelumnya'}, '‹'), on = element('a', {class: 'check'}, 'Lanjut');

  const draw = () => {
    const {id} = steps[at];
    look.toggle('steps', !whole);
    look.toggle('later', !whole && at > 0);
    look.toggle('last', !steps[at + 1]);
    steps.forEach((step) => step.classList.toggle('now', step.id === id));
    [back, on].forEach((link, place) => {
      const step = steps[at + place * 2 - 1];
      link.hidden = !step;
      link.href = `#${(step || steps[at]).id}`;
    });
    every('.sections a').forEach((link) => link.setAttribute('aria-current', `${!whole && /** @type {HTMLAnchorElement} */ (link).hash === `#${id}`}`));
    count.textContent = `Bagian ${at + 1} dari ${steps.length}`;
    other.textContent = whole ? 'Per bagian' : 'Seluruh halaman';
    if (whole) must('.facts').append(toggle);
    else on.before(toggle);
    if (!whole && stepWith(asked()) !== at) history.replaceState(null, '', `#${id}`);
  };

  /** @param {HTMLElement | null} to a step, or what stands in one; anything else leads nowhere */
  const go = (to) => {
    if (!to || stepWith(to) < 0) return;
    at = stepWith(to);
    draw();
    progress.mark({begun: true, step: steps[at].id});
    if (whole) return;
    every('.sections').forEach((list) => list.removeAttribute('open'));
    const isStep = to === steps[at], head = /** @type {HTMLElement} */ (isStep ? to.firstElementChild : to);
    head.tabIndex = -1;
    head.setAttribute('aria-describedby', 'bagian');
    head.focus();
    if (isStep) scrollTo(0, 0);
    else to.scrollIntoView();
  };

  toggle.onclick = () => {
    whole = !whole;
    mine.update('whole', () => whole || undefined).catch(() => null);
    draw();
    if (at) steps[at].scrollIntoView();
    toggle.focus({preventScroll: true});
  };
  must('main').append(element('div', {class: 'steps-bar'}, back, on));
  draw();
  if (performance.navigation.type !== performance.navigation.TYPE_RELOAD) go(first); // perhaps for another person: her place is what is kept
  addEventListener('hashchange', () => go(asked()));
};
if (steps[1]) setUp();
