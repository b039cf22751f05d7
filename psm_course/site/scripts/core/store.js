// What this phone keeps. IndexedDB; where it fails, localStorage; where that fails too, the open page, and the person is told.
import {load} from './start.js';

/** @typedef {(old: any) => any} Change gets what is kept (or undefined) and returns what to keep (undefined deletes) */

const KEPT = 'kept', SPARE = 'psm:', MARK = 'psm-kept', TORN = 'psm-torn', PATIENCE = 5000;
/** @type {Map<string, any>} */
const unsaved = new Map(); // what could not be written anywhere yet
/** @type {Map<string, any>} */
const last = new Map(); // what this page saw last of a key, for when the database stops answering
/** @type {Promise<IDBDatabase> | null} */
let opening = null;
let hasAskedToStay = false, isAside = false, changes = 0;

/** @returns {Promise<IDBDatabase>} */
const open = () => {
  opening = opening || new Promise((resolve, reject) => {
    const asked = indexedDB.open('psm', 1);
    setTimeout(reject, PATIENCE); // some phones never answer; this page then does without
    asked.onupgradeneeded = () => asked.result.createObjectStore(KEPT);
    asked.onerror = reject;
    asked.onsuccess = () => {
      const database = asked.result;
      // The browser may close it (another release upgrading, storage cleared); the next use opens it again.
      database.onclose = database.onversionchange = () => { database.close(); opening = null; };
      resolve(database);
    };
  });
  opening.catch((error) => { if (error || isTorn()) opening = null; });
  return opening;
};

/**
 * Where localStorage is forbidden or full, nothing is there and nothing is put there.
 * @template Found
 * @param {(kept: Storage) => Found} use
 */
const spare = (use) => { try { return use(localStorage); } catch (_) { return null; } };

/** @param {string} key */
const textAside = (key) => (unsaved.has(key) ? JSON.stringify(unsaved.get(key)) : spare((kept) => kept.getItem(SPARE + key)));

/**
 * What is newer than the database: undefined when nothing is, null when the key was deleted.
 * @param {string} key
 */
const aside = (key) => {
  const text = textAside(key);
  try { return text ? JSON.parse(text) : undefined; } catch (_) { return undefined; } // not ours
};
/** @param {string} key @param {any} old */
const newest = (key, old) => { const newer = aside(key); return newer === undefined ? old : newer === null ? undefined : newer; };

/**
 * All in one transaction, so two tabs never overwrite each other; it resolves when that is done, and what was written is on disk.
 * @template Found
 * @param {(kept: IDBObjectStore) => () => Found} run what to ask of the database; gives what tells the answer in the end
 * @param {'readwrite'} [mode] without it nothing is written
 * @returns {Promise<Found>}
 */
const transact = async (run, mode) => {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(KEPT, mode, {durability: 'strict'});
    const found = run(transaction.objectStore(KEPT));
    transaction.oncomplete = () => resolve(found());
    transaction.onerror = transaction.onabort = () => { // a connection that is closed under it ends with an error alone
      if (mode) spare((kept) => kept.setItem(TORN, '1'));
      reject();
    };
  });
};

/** @type {Promise<unknown> | null} one for all that waits, so that no write overtakes another */
let renewing = null;
// Nothing may be written behind a record that a full disk has cut off (people/renewing.js).
const renew = () => {
  renewing = renewing || load('people').then((people) => people.renew(transact, TORN, SPARE)).finally(() => { renewing = null; });
  return renewing;
};
const isTorn = () => spare((kept) => kept.getItem(TORN));

/**
 * What was aside goes with it, and is aside no more, unless something newer has come there meanwhile.
 * @param {string} key @param {Change} change @returns {Promise<any>}
 */
const write = async (key, change) => {
  if (isTorn()) await renew();
  return transact((kept) => {
    const asked = kept.get(key);
    /** @type {any} */
    let fresh;
    /** @type {string | null} */
    let taken;
    asked.onsuccess = () => {
      if (isTorn()) { /** @type {IDBTransaction} */ (asked.transaction).abort(); return; } // since it was asked for
      taken = textAside(key);
      fresh = change(newest(key, asked.result));
      if (fresh === undefined) kept.delete(key);
      else kept.put(fresh, key);
    };
    return () => {
      if (textAside(key) === taken) {
        unsaved.delete(key);
        spare((there) => there.removeItem(SPARE + key));
      }
      return fresh;
    };
  }, 'readwrite');
};

/** @template Found @param {(kept: IDBObjectStore) => IDBRequest<Found>} run @returns {Promise<Found>} */
const read = (run) => transact((kept) => {
  const asked = run(kept);
  return () => asked.result;
});

const channel = window.BroadcastChannel ? new BroadcastChannel('psm') : null;

/** @param {string} key @returns {Promise<unknown>} once `last` has what the database has; where it cannot be read, what was seen last must do */
const look = async (key) => (aside(key) === undefined ? read((kept) => kept.get(key)).then((kept) => last.set(key, kept), () => null) : null);

/**
 * A tap made while this was reading is part of the answer: else what another tab kept would be shown in its place.
 * @param {string} key
 * @returns {Promise<any>}
 */
const get = async (key) => {
  const before = changes;
  await look(key);
  return changes === before ? newest(key, last.get(key)) : get(key);
};

/** @param {string} key @param {Change} change */
const writeElsewhere = async (key, change) => {
  await look(key); // a full database can still be read, and another tab may have written to it
  const fresh = change(newest(key, last.get(key)));
  unsaved.set(key, fresh === undefined ? null : fresh);
  localStorage.setItem(SPARE + key, JSON.stringify(unsaved.get(key)));
  unsaved.delete(key);
  return fresh;
};

const askToStay = () => {
  if (!hasAskedToStay && navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => null);
  hasAskedToStay = true;
};

/** @type {Promise<unknown>} what is kept aside comes there in the order of the calls */
let earlier = Promise.resolve();

/**
 * `change` gets what is kept (or undefined) and returns what to keep (undefined deletes).
 * @param {string} key
 * @param {Change} change
 * @returns {Promise<any>} what is kept now
 */
const update = async (key, change) => {
  changes += 1;
  const turn = earlier, elsewhere = () => turn.then(() => writeElsewhere(key, change));
  const safe = isTorn() ? elsewhere() : write(key, change).catch(elsewhere);
  earlier = Promise.all([turn, safe.catch(() => null)]);
  const fresh = await safe;
  last.set(key, fresh);
  if (isTorn()) await write(key, (old) => old).catch(() => null); // it is safe aside, and goes where it belongs as soon as that may be written
  isAside = aside(key) !== undefined; // where the disk is full the browser may only hold it in memory, and not say so
  if (fresh !== undefined) spare((kept) => kept.setItem(MARK, '1'));
  askToStay();
  if (channel) channel.postMessage(key);
  return fresh;
};

/**
 * All [key, value] whose key starts with `prefix`; with `bare` only the keys are read, and stand for the values.
 * @param {string} prefix
 * @param {boolean} [bare]
 * @returns {Promise<[string, any][]>}
 */
const all = async (prefix, bare) => {
  const found = await transact((kept) => { // one view of both
    const range = IDBKeyRange.bound(prefix, prefix + '\uffff'), keys = kept.getAllKeys(range), values = bare ? keys : kept.getAll(range);
    return () => new Map(keys.result.map((key, place) => [String(key), values.result[place]]));
  }).catch(() => new Map([...last].filter(([key]) => key.startsWith(prefix))));
  const spared = (spare(Object.keys) || []).filter((name) => name.startsWith(SPARE)).map((name) => name.slice(SPARE.length));
  for (const key of [...spared, ...unsaved.keys()]) if (key.startsWith(prefix)) found.set(key, newest(key, undefined));
  return [...found].filter(([, value]) => value !== undefined);
};

// True when this browser once kept something here and has thrown it away: it is said, not hidden. A database that cannot be
// read is no proof of that.
const wasCleared = () => read((kept) => kept.count()).then(
  async (many) => many === 0 && spare((kept) => kept.getItem(MARK)) === '1' && (await all('')).length === 0, () => false);
const forgetCleared = () => spare((kept) => kept.removeItem(MARK));

/**
 * `told(key)` is called when another tab changed something.
 * @param {(key: string) => unknown} told
 */
const watch = (told) => { if (channel) channel.addEventListener('message', (message) => told(message.data)); };

export const store = {get, update, all, watch, wasCleared, forgetCleared, isAside: () => isAside || isTorn() !== null};
