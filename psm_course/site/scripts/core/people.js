// Whose things this page shows and keeps. A phone is shared: what a person reads, answers and hands in is kept under her number,
// `p/<number>/…`, and what nobody has a name for under `p/tamu/…`. No other script of a page knows the prefix; `mine` hides it.
// A page stays with the person it was opened for, whatever another tab chooses meanwhile, and says so (`people/chooser.js`).
import {load} from './start.js';
import {store} from './store.js';

const DEVICE = 'device', OLD = /^(page|quiz|sitting|handin|last|me)\b/, ASKED = /^#(kartu|duduk)=/;
let number;

// A card's link, things kept before there were people, a locked sitting (`history.state`): the script for that comes first, or nothing is shown.
const arrive = () => load('people').then((people) => people.arrive(), () => new Promise((resolve) => setTimeout(() => resolve(arrive()), 3000)));
const device = async () => (await store.get(DEVICE)) || {people: []};
const active = async () => (await device()).active || 'tamu';
const open = async () => {
  const kept = await store.all('', 1);
  const isNew = history.state || ASKED.test(location.hash) || kept.some(([key]) => OLD.test(key));
  number = isNew ? await arrive() : await active();
  look();
  return number;
};

const look = async () => {
  const {people} = await device();
  if (await active() !== number || people.some((one) => one.number !== number)) load('people').then((part) => part.showPeople(), () => null);
};

const who = open();
// What is kept of one person, without the prefix.
const of = (whose) => {
  const prefix = `p/${whose}/`;
  return {
    get: (key) => store.get(prefix + key),
    update: (key, change) => store.update(prefix + key, change),
    all: async (start) => (await store.all(prefix + start)).map(([key, value]) => [key.slice(prefix.length), value]),
    watch: (key, told) => key.startsWith(prefix) && told(key.slice(prefix.length)),
  };
};
const when = (run) => (number ? run(of(number)) : who.then(() => run(of(number))));

export const mine = {
  who, look, of,
  number: () => number,
  be: (other) => { number = other; },
  get: (key) => when((mine) => mine.get(key)),
  update: (key, change) => when((mine) => mine.update(key, change)),
  all: (start) => when((mine) => mine.all(start)),
  watch: (told) => store.watch((key) => when((mine) => mine.watch(key, told))),
};
store.watch((key) => { if (key === DEVICE) look(); });
document.addEventListener('visibilitychange', () => { if (number && !document.hidden) look(); });
addEventListener('hashchange', () => { if (ASKED.test(location.hash)) location.reload(); });
