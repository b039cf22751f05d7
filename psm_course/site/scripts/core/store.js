// What this phone keeps. IndexedDB; where it fails, localStorage; where that fails too, the open page, and the person is told.
/** @typedef {(old: any) => any} Change gets what is kept (or undefined) and returns what to keep (undefined deletes) */

const KEPT = 'kept', SPARE = 'psm:', MARK = 'psm-kept', TORN = 'psm-torn', FILLER = 'isi/', PATIENCE = 5000;
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
  opening.catch((error) => { if (error) opening = null; });
  return opening;
};

/** @template Value @param {string} key @param {Value} value */
const remember = (key, value) => { last.set(key, value); return value; };

/**
 * What is newer than the database: undefined when nothing is, null when the key was deleted.
 * @param {string} key
 */
const aside = (key) => {
  if (unsaved.has(key)) return unsaved.get(key);
  try {
    const text = localStorage.getItem(SPARE + key);
    return text === null ? undefined : JSON.parse(text);
  } catch (_) { return undefined; }
};
/** @param {string} key @param {any} old */
const newest = (key, old) => { const newer = aside(key); return newer === undefined ? old : newer === null ? undefined : newer; };
/** @param {string} key */
const dropSpare = (key) => { try { localStorage.removeItem(SPARE + key); } catch (_) { /* nothing was there */ } };

/** @param {IDBDatabase} database @param {(kept: IDBObjectStore) => unknown} work @returns {Promise<unknown>} once it is on disk */
const writing = (database, work) => new Promise((resolve, reject) => {
  const transaction = database.transaction(KEPT, 'readwrite', {durability: 'strict'});
  transaction.oncomplete = () => resolve(undefined);
  transaction.onabort = () => { try { localStorage.setItem(TORN, '1'); } catch (_) { /* then nothing is kept anywhere */ } reject(); };
  work(transaction.objectStore(KEPT));
});

/**
 * A full disk cuts off a record of Chromium's log (LevelDB). What is appended behind it makes the log unreadable, and the next start throws
 * all of the database away. A log of 4 MB is left for a new one, and its records are filed: so it is filled up before anything is written.
 * @param {IDBDatabase} database
 */
const renew = async (database) => {
  await writing(database, (kept) => { for (let each = 0; each < 75; each += 1) kept.put('-'.repeat(6e4), `${FILLER}${each}`); });
  await writing(database, (kept) => kept.delete(IDBKeyRange.bound(FILLER, `${FILLER}~`)));
  localStorage.removeItem(TORN);
};
const isTorn = () => { try { return localStorage.getItem(TORN); } catch (_) { return null; } };

/**
 * One transaction reads and writes, so two tabs never overwrite each other; it resolves when the write is on disk.
 * @param {string} key
 * @param {Change} change
 * @returns {Promise<any>}
 */
const write = async (key, change) => {
  const database = await open();
  if (isTorn()) await renew(database);
  /** @type {any} */
  let fresh;
  await writing(database, (kept) => {
    const asked = kept.get(key);
    asked.onsuccess = () => {
      fresh = change(newest(key, asked.result));
      if (fresh === undefined) kept.delete(key);
      else kept.put(fresh, key);
    };
  });
  return fresh;
};

/** @template Found @param {(kept: IDBObjectStore) => IDBRequest<Found>} run @returns {Promise<Found>} */
const read = async (run) => {
  const database = await open();
  return new Promise((resolve, reject) => {
    const asked = run(database.transaction(KEPT).objectStore(KEPT));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = reject;
  });
};

const channel = window.BroadcastChannel ? new BroadcastChannel('psm') : null;

/**
 * A tap made while this was reading is part of the answer: else what another tab kept would be shown in its place.
 * @param {string} key
 * @returns {Promise<any>}
 */
const get = async (key) => {
  const before = changes;
  if (aside(key) === undefined) {
    try { remember(key, await read((kept) => kept.get(key))); } catch (_) { /* what was seen last must do */ }
  }
  return changes === before ? newest(key, last.get(key)) : get(key);
};

/** @param {string} key @param {Change} change */
const writeElsewhere = async (key, change) => {
  await get(key); // a full database can still be read, and another tab may have written to it
  const fresh = change(newest(key, last.get(key)));
  unsaved.set(key, fresh === undefined ? null : fresh);
  localStorage.setItem(SPARE + key, JSON.stringify(unsaved.get(key)));
  unsaved.delete(key);
  return fresh;
};

const askToStay = () => {
  if (hasAskedToStay || !navigator.storage || !navigator.storage.persist) return;
  hasAskedToStay = true;
  navigator.storage.persist().catch(() => null);
};

/**
 * `change` gets what is kept (or undefined) and returns what to keep (undefined deletes).
 * @param {string} key
 * @param {Change} change
 * @returns {Promise<any>} what is kept now
 */
const update = async (key, change) => {
  changes += 1;
  let fresh;
  try {
    fresh = await write(key, change);
    unsaved.delete(key);
    dropSpare(key);
  } catch (_) { fresh = await writeElsewhere(key, change); }
  isAside = aside(key) !== undefined; // where the disk is full the browser may only hold it in memory, and not say so
  try { localStorage.setItem(MARK, '1'); } catch (_) { /* only used to notice a cleared storage */ }
  askToStay();
  if (channel) channel.postMessage(key);
  return remember(key, fresh);
};

/** Rejected where neither place takes anything. */
const probe = () => write('', () => undefined).catch(() => localStorage.setItem(SPARE, ''));

/**
 * All [key, value] whose key starts with `prefix`; with `bare` only the keys are read, and stand for the values.
 * @param {string} prefix
 * @param {boolean} [bare]
 * @returns {Promise<[string, any][]>}
 */
const all = async (prefix, bare) => {
  const found = new Map();
  try {
    const range = IDBKeyRange.bound(prefix, prefix + '\uffff');
    /** @type {IDBRequest<IDBValidKey[]> | undefined} */
    let keys;
    const values = await read((kept) => { keys = kept.getAllKeys(range); return bare ? keys : kept.getAll(range); }); // one view of both
    values.forEach((value, place) => found.set(/** @type {any} */ (keys).result[place], value));
  } catch (_) { for (const [key, value] of last) if (key.startsWith(prefix)) found.set(key, value); }
  try {
    for (const name of Object.keys(localStorage)) {
      const key = name.slice(SPARE.length);
      if (name.startsWith(SPARE + prefix)) found.set(key, newest(key, undefined));
    }
  } catch (_) { /* no localStorage: nothing aside */ }
  for (const key of unsaved.keys()) if (key.startsWith(prefix)) found.set(key, newest(key, undefined));
  return [...found].filter(([, value]) => value !== undefined);
};

// True when this browser once kept something here and has thrown it away: it is said, not hidden. A database that cannot be
// read is no proof of that.
const wasCleared = async () => {
  try {
    return localStorage.getItem(MARK) === '1' && await read((kept) => kept.count()) === 0 && (await all('')).length === 0;
  } catch (_) { return false; }
};
const forgetCleared = () => { try { localStorage.removeItem(MARK); } catch (_) { /* was not there */ } };

/**
 * `told(key)` is called when another tab changed something.
 * @param {(key: string) => unknown} told
 */
const watch = (told) => { if (channel) channel.addEventListener('message', (message) => told(message.data)); };

export const store = {get, update, all, probe, watch, wasCleared, forgetCleared, isAside: () => isAside};
