// What was kept on this phone before it knew people moves to its owner, once. A sitting and a hand-in name theirs; the rest belongs to the
// card that was opened last, or to nobody yet (`tamu`). Killed in between, it goes on: a thing leaves its old place only when it is in the new.
import {deviceNow, mine} from '../core/people.js';
import {store} from '../core/store.js';
import {device} from './device.js';

const OLD = /^(page|quiz|sitting|handin)\/|^last$/;
/** @param {any} value @param {string} usual @returns {string} */
const ownerOf = (value, usual) => (value && value.document || value || {}).participant || usual;

/**
 * Taps made in a tab of before are taken along; what the person has done since counts more.
 * @param {any} old
 * @param {any} fresh
 */
const merged = (old, fresh) => {
  if (!fresh || typeof fresh !== 'object') return fresh === undefined ? old : fresh;
  return Object.keys({...old}).reduce((all, part) => (
    {...all, [part]: part in fresh && old[part] && typeof old[part] === 'object' ? {...old[part], ...fresh[part]} : part in fresh ? fresh[part] : old[part]}), fresh);
};

/** @param {string} owner @param {string} key @param {any} value */
const place = (owner, key, value) => mine.of(owner).update(key, (there) => merged(value, there));
/** @param {string} key @param {any} value @param {string} usual */
const move = async (key, value, usual) => {
  const owner = ownerOf(value, usual), isHandIn = key.startsWith('handin/');
  if (isHandIn && value.receipt) await place(owner, key.replace('handin', 'receipt'), {code: value.receipt});
  await place(owner, key, isHandIn ? {document: value.document} : value);
  await store.update(key, () => undefined);
};

/** @param {{participant: string} | undefined} me */
const meet = async (me) => {
  const owners = (await store.all('p/')).map(([key]) => key.split('/')[1]); // as `core/people.js` has it
  const numbers = [...new Set(me ? [me.participant, ...owners] : owners)].filter((number) => number !== 'tamu');
  const active = (await deviceNow()).active || me && me.participant;
  for (const number of numbers) await device.know({number});
  if (active) await device.use(active);
};

/**
 * What stands under no name becomes hers.
 * @param {string} number
 */
export const claim = async (number) => {
  const unnamed = mine.of('tamu');
  for (const [key, value] of await unnamed.all('')) {
    await place(number, key, value);
    await unnamed.update(key, () => undefined);
  }
};

/** @param {[string, any][]} kept all that this phone keeps */
export const moveOld = async (kept) => {
  const old = kept.filter(([key]) => OLD.test(key)), [, me] = kept.find(([key]) => key === 'me') || ['', undefined];
  if (!old.length && !me) return;
  for (const [key, value] of old) await move(key, value, me ? me.participant : 'tamu');
  await meet(me);
  await store.update('me', () => undefined);
};
