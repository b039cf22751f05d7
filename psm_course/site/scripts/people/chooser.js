// Whose this page is, and "Bukan Anda?"; for a guest, who is known here, as plain buttons. And a word when another tab chose somebody else.
import {deviceNow, labelOf, locked, mine} from '../core/people.js';
import {button, element, every, must} from '../core/start.js';
import {device} from './device.js';
import {noted} from './pairing.js';

/** @param {{number: string, name: string}} one */
const label = (one) => (one.number === 'tamu' ? 'Orang lain' : labelOf(one));
const tests = () => every('[data-use="pretest"], [data-use="posttest"]');

/**
 * Where that cannot be kept nothing else is either: what the open page holds must not be lost to another's.
 * @param {string} number
 * @param {string} [address] where to go; else this page is opened anew
 */
export const choose = async (number, address) => {
  const stays = mine.number();
  try { await device.use(number); } catch (_) {
    await device.use(stays).catch(() => null);
    every('.quiz-note[role=alert]').forEach((old) => old.remove());
    noted('Ponsel ini tidak dapat menyimpan. Serahkan dan kirim dulu jawaban di halaman ini, baru orang lain memakai ponsel ini.', 'alert').focus();
    return;
  }
  mine.be(number);
  if (address) location.href = address;
  else location.reload();
};
/** @param {string} number @param {string | Node} words */
const toChoose = (number, words) => button(words, () => choose(number));

/** @param {Person[]} people @param {string} owner whose the page is */
const chooser = (people, owner) => {
  const me = people.find((one) => one.number === owner), question = 'Siapa yang memakai ponsel ini?';
  const greets = document.querySelector('[data-who=greets]');
  const hello = me && element('span', {}, greets ? 'Selamat datang, ' : '', element('strong', {}, greets ? me.name || me.number : labelOf(me)));
  return element('section', {class: 'who', 'aria-label': question},
    ...(hello ? [element('p', {class: 'actions'}, hello, toChoose('tamu', 'Bukan Anda?'))]
      : [element('p', {}, element('strong', {}, question), ' Orang lain tidak perlu memilih.'),
        element('p', {class: 'actions'}, ...people.map((one) => toChoose(one.number, labelOf(one))))]));
};

/**
 * The page stays its person's. A test that runs is covered: another must not answer in it.
 * @param {Person[]} people
 * @param {string} owner whose the page is
 * @param {string} active who uses the phone now
 */
const tellSwitched = (people, owner, active) => {
  /** @param {string} number */
  const named = (number) => people.find((one) => one.number === number) || {number, name: ''};
  const user = named(active || 'tamu'), back = named(owner);
  tests().forEach((test) => { test.hidden = true; scrollTo(0, 0); }); // who was answering far down sees why it is gone
  const note = element('div', {class: 'quiz-note switched', role: 'alert', tabindex: '-1'},
    element('p', {}, 'Halaman ini milik ', owner === 'tamu' ? 'orang tanpa nama' : label(back), '; jawabannya aman. Ponsel ini sekarang dipakai ', active ? label(user) : 'orang lain', '.'),
    element('p', {class: 'actions'}, toChoose(user.number, element('span', {}, 'Buka untuk ', label(user))),
      button(owner === 'tamu' ? 'Tetap di sini' : element('span', {}, 'Kembali ke ', label(back)), () => device.use(owner).then(showPeople))));
  must('main').prepend(note);
};

let turn = 0;
export const showPeople = async () => {
  if (locked.now) return;
  const owner = mine.number(), asked = turn += 1, {active, people} = await deviceNow();
  if (asked !== turn) return;
  every('.switched, .who').forEach((old) => old.remove());
  if (owner !== 'tamu' && !people.some((one) => one.number === owner)) { location.reload(); return; } // removed in another tab
  if ((active || 'tamu') !== owner) { tellSwitched(people, owner, active); return; }
  tests().forEach((test) => { test.hidden = false; });
  const place = document.querySelector('[data-who]'), footer = document.querySelector('.bottom') || must('main');
  if (place && people.length || people.some((one) => one.number !== owner)) (place || footer).prepend(chooser(people, owner));
};
