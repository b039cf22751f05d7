// "Siapa yang memakai ponsel ini?": plain buttons, where more than one person is known; and a word when another tab chose somebody else.
import {mine} from '../core/people.js';
import {element} from '../core/start.js';
import {device, locked} from './device.js';

const GUEST = {number: 'tamu', name: ''};
const label = (one) => (one.number === 'tamu' ? 'Orang lain' : device.label(one));
const tests = () => document.querySelectorAll('[data-use="pretest"], [data-use="posttest"]');

const choose = async (number) => {
  await device.use(number);
  mine.be(number);
  location.reload();
};
const button = (one, words) => element('button', {type: 'button', class: 'plain', click: () => choose(one.number)}, words || label(one));

const chooser = (people, mine) => {
  const me = people.find((one) => one.number === mine), others = people.concat(GUEST).filter((one) => one.number !== mine);
  const question = 'Siapa yang memakai ponsel ini?';
  const buttons = element('p', {class: 'actions'}, ...others.map((one) => button(one)));
  return element('section', {class: 'who', 'aria-label': question},
    me ? element('details', {}, element('summary', {}, `Dipakai ${label(me)}. Ganti orang`), element('p', {}, question), buttons)
      : element('div', {}, element('p', {}, element('strong', {}, question)), buttons));
};

// The page stays its person's. A test that runs is covered: another must not answer in it.
const tellSwitched = (people, mine, active) => {
  const all = people.concat(GUEST), find = (number) => all.find((one) => one.number === number) || {number, name: ''};
  const [owner, user] = [find(mine), find(active || 'tamu')];
  tests().forEach((test) => { test.hidden = true; });
  const note = element('div', {class: 'quiz-note switched', role: 'alert', tabindex: '-1'},
    element('p', {}, `Halaman ini milik ${mine === 'tamu' ? 'orang tanpa nama' : label(owner)}; jawabannya aman. Ponsel ini sekarang dipakai ${active ? label(user) : 'orang lain'}.`),
    element('p', {class: 'actions'}, button(user, `Buka untuk ${label(user)}`),
      element('button', {type: 'button', class: 'plain', click: () => device.use(mine).then(showPeople)}, mine === 'tamu' ? 'Tetap di sini' : `Kembali ke ${label(owner)}`)));
  document.querySelector('main').prepend(note);
};

let turn = 0;
export const showPeople = async () => {
  if (locked.now) return;
  const mine = mine.number(), asked = turn += 1, {active, people} = await device.read();
  if (asked !== turn) return;
  document.querySelectorAll('.switched, .who').forEach((old) => old.remove());
  if (mine !== 'tamu' && !people.some((one) => one.number === mine)) { location.reload(); return; } // removed in another tab
  if ((active || 'tamu') !== mine) { tellSwitched(people, mine, active); return; }
  tests().forEach((test) => { test.hidden = false; });
  const place = document.querySelector('[data-who]') || document.querySelector('.bottom') || document.querySelector('main');
  if (people.some((one) => one.number !== mine)) place.prepend(chooser(people, mine));
};
