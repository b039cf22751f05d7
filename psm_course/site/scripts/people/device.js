// Who is known on this phone, and who uses it: `device` = {active, people: [{number, office, name, code}]}. A card's code never leaves it;
// what leaves is signed with the code of the person a document names, whoever uses the phone now.
import {known as find, mine} from '../core/people.js';
import {store} from '../core/store.js';

/** @typedef {Partial<Person> & {number: string}} Known what is known of a person, her number at least */

const DEVICE = 'device';

/** @param {Partial<Device> | undefined} device @returns {Device} */
const whole = (device) => Object.assign({active: '', people: []}, device);
/** @returns {Promise<Device>} */
const read = async () => whole(await store.get(DEVICE));
/** @param {(device: Device) => Device | undefined} made */
const change = (made) => store.update(DEVICE, (old) => made(whole(old)));

/**
 * What is empty in `person` does not take away what is known.
 * @param {Person[]} people
 * @param {Known} person
 */
const joined = (people, person) => {
  const known = people.find((one) => one.number === person.number) || {number: person.number, office: '', name: '', code: ''};
  const told = Object.entries(person).filter(([, value]) => value);
  const fresh = told.reduce((all, [part, value]) => ({...all, [part]: value}), known);
  return people.includes(known) ? people.map((one) => (one === known ? fresh : one)) : people.concat(fresh);
};

/** @param {Known} person */
const know = (person) => change(({active, people}) => ({active, people: joined(people, person)}));
/**
 * This page and this phone are hers from now on.
 * @param {Known} person
 */
const join = (person) => {
  mine.be(person.number);
  return change(({people}) => ({active: person.number, people: joined(people, person)}));
};
/** @param {string} number */
const use = (number) => change(({people}) => ({active: number === 'tamu' ? '' : number, people}));
/** @param {Known} person */
const note = async (person) => {
  const {number} = person;
  /** @param {any} one */
  const add = (one) => one && {...one, ...person};
  if (await lockedTo(number)) await mine.of(number).update('locked', add);
  else await change(({active, people}) => ({active, people: people.map((one) => (one.number === number ? add(one) : one))}));
};

/**
 * Everything of one person, and nothing of another.
 * @param {string} number
 */
const forget = async (number) => {
  const hers = mine.of(number);
  for (const [key] of await hers.all('')) await hers.update(key, () => undefined);
  if (!await store.get(DEVICE)) return;
  await change(({active, people}) => {
    const others = people.filter((one) => one.number !== number);
    return others.length ? {active: active === number ? '' : active, people: others} : undefined;
  });
};

/** @param {string} number @returns {Promise<LockedSitting | undefined>} */
const lockedTo = (number) => mine.of(number).get('locked'); // a locked sitting's person is not one of this browser's people
/** @param {string} number @returns {Promise<string>} */
const codeOf = async (number) => ((await lockedTo(number)) || (await find(number)) || {}).code || '';

export const device = {read, know, join, use, note, forget, codeOf};
