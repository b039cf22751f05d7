// Who is known on this phone, and who uses it: `device` = {active, people: [{number, office, name, code}]}. A card's code never leaves it;
// what leaves is signed with the code of the person a document names, whoever uses the phone now.
import {known as find, locked, mine} from '../core/people.js';
import {store} from '../core/store.js';

/** @typedef {Partial<Person> & {number: string}} Known what is known of a person, her number at least */

const DEVICE = 'device';

/** @param {(device: Device) => Device | undefined} made */
const change = (made) => store.update(DEVICE, (old) => made(old || {active: '', people: []}));

/**
 * What is empty in `person` does not take away what is known.
 * @param {Person[]} people
 * @param {Known} person
 */
const joined = (people, {number, name, code}) => {
  const known = people.find((one) => one.number === number) || {number, office: '', name: '', code: ''};
  const fresh = {...known, name: name || known.name, code: code || known.code};
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
/**
 * The person that this tab is locked to; she is not one of this browser's people.
 * @param {string} number
 */
const lockedTo = (number) => (locked.now && locked.now.number === number ? locked.now : null);
/** @param {Known} person */
const note = async (person) => {
  const lock = lockedTo(person.number);
  if (lock) Object.assign(lock, person);
  else await change(({active, people}) => ({active, people: people.map((one) => (one.number === person.number ? {...one, ...person} : one))}));
};

/**
 * Everything of one person, and nothing of another.
 * @param {string} number
 */
const forget = async (number) => {
  const hers = mine.of(number);
  for (const [key] of await hers.all('')) await hers.update(key, () => undefined);
  await change(({active, people}) => {
    const others = people.filter((one) => one.number !== number);
    return others.length ? {active: active === number ? '' : active, people: others} : undefined;
  });
};

/** @param {string} number @returns {Promise<string>} */
const codeOf = async (number) => (lockedTo(number) || (await find(number)) || {}).code || '';

export const device = {know, join, use, note, forget, codeOf};
