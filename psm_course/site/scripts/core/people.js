// Whose things this page shows and keeps. A phone is shared: what a person reads, answers and hands in is kept under her number,
// `p/<number>/…`, and what nobody has a name for under `p/tamu/…`. No other script of a page knows the prefix; `mine` hides it.
// A page stays with the person it was opened for, whatever another tab chooses meanwhile, and says so (`people/chooser.js`).
// The page for checking certificates is nobody's: it has no part "people" and names no one to the stranger who checks.
// What was kept there before there were people moves on the next other page.
import {element, load} from './start.js';
import {store} from './store.js';

const DEVICE = 'device', OLD = /^(page|quiz|sitting|handin|last|me)\b/, ASKED = /^#(kartu|duduk)=/;
/** @type {string} "" until it is known */
let number = '';

/**
 * A card's link, things kept before there were people, a locked sitting (`history.state`): the script for that comes first, or nothing is shown.
 * @returns {Promise<string>}
 */
const arrive = () => load('people').then((people) => people.arrive(), () => new Promise((resolve) => setTimeout(() => resolve(arrive()), 3000)));
/** Who is known on this phone, and who uses it (people/device.js). @returns {Promise<Device>} */
export const deviceNow = async () => (await store.get(DEVICE)) || {people: [], active: ''};
const open = async () => {
  const kept = await store.all('', true);
  const isNew = history.state || ASKED.test(location.hash) || kept.some(([key]) => OLD.test(key));
  number = isNew ? await arrive() : (await deviceNow()).active || 'tamu';
  look();
  return number;
};

const look = async () => {
  const {people, active} = await deviceNow();
  const isNamed = people.length && document.querySelector('[data-who]'), isAnother = (active || 'tamu') !== number;
  if (isNamed || isAnother || people.some((one) => one.number !== number)) load('people').then((part) => part.showPeople(), () => null);
};

const who = open();
/** @param {string} key */
const withoutPrefix = (key) => key.replace(/^p\/[^/]*\//, '');
/**
 * What is kept of one person, without the prefix.
 * @param {() => string | Promise<string>} whose
 */
const keptOf = (whose) => ({
  /** @param {string} key @returns {Promise<any>} */
  get: async (key) => store.get(`p/${await whose()}/${key}`),
  /** @param {string} key @param {(old: any) => any} change @returns {Promise<any>} */
  update: async (key, change) => store.update(`p/${await whose()}/${key}`, change),
  /** @param {string} start @returns {Promise<[string, any][]>} */
  all: async (start) => (await store.all(`p/${await whose()}/${start}`)).map(([key, value]) => [withoutPrefix(key), value]),
});

export const mine = {
  ...keptOf(() => who.then(() => number)),
  who, look,
  /** @param {string} whose */
  of: (whose) => keptOf(() => whose),
  number: () => number,
  /** This page is another person's from now on. @param {string} other */
  be: (other) => { number = other; },
  /** @param {(key: string) => unknown} told */
  watch: (told) => store.watch((key) => who.then(() => key.startsWith(`p/${number}/`) && told(withoutPrefix(key)))),
};
store.watch((key) => { if (key === DEVICE) look(); });
document.addEventListener('visibilitychange', () => { if (number && !document.hidden) look(); });
addEventListener('hashchange', () => { if (ASKED.test(location.hash)) location.reload(); });

/**
 * The sitting that this tab is locked to (people/lock.js), or null.
 * @type {{now: LockedSitting | null}}
 */
export const locked = {now: null};

/** @returns {Promise<Person[]>} */
export const peopleHere = async () => (await deviceNow()).people;
/** @param {string} asked her number */
export const known = async (asked) => (await peopleHere()).find((person) => person.number === asked);
/** Her name and number, which stays on one line. @param {{number: string, name?: string}} person */
export const labelOf = ({name, number: its}) => element('span', {}, name ? `${name} ` : '', element('bdi', {}, name ? `(${its})` : its));
