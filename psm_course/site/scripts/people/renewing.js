// What a full disk has cut off, before anything is written behind it.
import {store} from '../core/store.js';

/** @typedef {<Found>(run: (kept: IDBObjectStore) => () => Found, mode: 'readwrite') => Promise<Found>} Transact as in core/store.js */

const FILLER = 'isi/';

/**
 * A full disk cuts off a record of Chromium's log (LevelDB). What is appended behind it makes the log unreadable, and the next start throws
 * all of the database away. A log of 4 MB is left for a new one, and its records are filed: so it is filled up. Should there be no room for
 * that, it is lost: so all that is kept goes aside before.
 * @param {Transact} transact
 * @param {string} mark what says in localStorage that it is so
 * @param {string} spare what the name of a key begins with there
 */
export const renew = async (transact, mark, spare) => {
  const all = (await store.all('')).filter(([key]) => !key.startsWith(FILLER) && localStorage.getItem(spare + key) === null);
  const copies = all.map(([key, value]) => [spare + key, JSON.stringify(value)]);
  copies.forEach(([name, text]) => localStorage.setItem(name, text));
  await transact((kept) => {
    for (let each = 0; each < 75; each += 1) kept.put('-'.repeat(6e4), `${FILLER}${each}`);
    return () => null;
  }, 'readwrite');
  await transact((kept) => {
    kept.delete(IDBKeyRange.bound(FILLER, `${FILLER}~`));
    return () => null;
  }, 'readwrite');
  localStorage.removeItem(mark);
  copies.filter(([name, text]) => localStorage.getItem(name) === text).forEach(([name]) => localStorage.removeItem(name));
};
