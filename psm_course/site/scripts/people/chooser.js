// "Siapa yang memakai ponsel ini?": plain buttons, where more than one person is known; and a word when another tab chose somebody else.
import {mine} from '../core/people.js';
import {element, every, must} from '../core/start.js';
import {device, locked} from './device.js';

const GUEST = {number: 'tamu', name: '', office: '', code: ''};
/** @param {{number: string, name: string}} one */
const label = (one) => (one.number === 'tamu' ? 'Orang lain' : device.label(one));
const tests = () => every('[data-use="pretest"], [data-use="posttest"]');

/** @param {string} number */
const choose = async (number) => {
  await device.use(number);
  mine.be(number);
  location.reload();
};
/** @param {{number: string, name: string}} one @param {string} [words] */
const button = (one, words) => element('button', {type: 'button', class: 'plain', click: () => choose(one.number)}, words || label(one));

/** @param {Person[]} people @param {string} owner whose the page is */
const chooser = (people, owner) => {
  const me = people.find((one) => one.number === owner), others = people.concat(GUEST).filter((one) => one.number !== owner);
  const question = 'Siapa yang memakai ponsel ini?';
  const buttons = element('p', {class: 'actions'}, ...others.map((one) => button(one)));
  return element('section', {class: 'who', 'aria-label': question},
    me ? element('details', {}, element('summary', {}, `Dipakai ${label(me)}. Ganti orang`), element('p', {}, question), buttons)
      : element('div', {}, element('p', {}, element('strong', {}, question)), buttons));
};

/**
 * The page stays its person's. A test that runs is covered: another must not answer in it.
 * @param {Person[]} people
 * @param {string} owner whose the page is
 * @param {string} active who uses the phone now
 */
const tellSwitched = (people, owner, active) => {
  const all = people.concat(GUEST);
  /** @param {string} number */
  const named = (number) => all.find((one) => one.number === number) || {number, name: ''};
  const user = named(active || 'tamu'), back = label(named(owner));
  tests().forEach((test) => { test.hidden = true; });
  const note = element('div', {class: 'quiz-note switched', role: 'alert', tabindex: '-1'},
    element('p', {}, `Halaman ini milik ${owner === 'tamu' ? 'orang tanpa nama' : back}; jawabannya aman. Ponsel ini sekarang dipakai ${active ? label(user) : 'orang lain'}.`),
    element('p', {class: 'actions'}, button(user, `Buka untuk ${label(user)}`),
      element('button', {type: 'button', class: 'plain', click: () => device.use(owner).then(showPeople)}, owner === 'tamu' ? 'Tetap di sini' : `Kembali ke ${back}`)));
  must('main').prepend(note);
};

let turn = 0;
export const showPeople = async () => {
  if (locked.now) return;
  const owner = mine.number(), asked = turn += 1, {active, people} = await device.read();
  if (asked !== turn) return;
  every('.switched, .who').forEach((old) => old.remove());
  if (owner !== 'tamu' && !people.some((one) => one.number === owner)) { location.reload(); return; } // removed in another tab
  if ((active || 'tamu') !== owner) { tellSwitched(people, owner, active); return; }
  tests().forEach((test) => { test.hidden = false; });
  const place = document.querySelector('[data-who]') || document.querySelector('.bottom') || must('main');
  if (people.some((one) => one.number !== owner)) place.prepend(chooser(people, owner));
};
