// What this phone keeps. IndexedDB; where it fails, localStorage; where that fails too, the open page, and the person is told.
(() => {
  const KEPT = 'kept', SPARE = 'psm:', MARK = 'psm-kept';
  const unsaved = new Map(); // what could not be written anywhere yet
  let opening = null;

  const open = () => {
    opening = opening || new Promise((resolve, reject) => {
      const asked = indexedDB.open('psm', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(KEPT);
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        const database = asked.result;
        // The browser may close it (another release upgrading, storage cleared); the next use opens it again.
        database.onclose = () => { opening = null; };
        database.onversionchange = () => { database.close(); opening = null; };
        resolve(database);
      };
    });
    opening.catch(() => { opening = null; });
    return opening;
  };

  const spare = (key) => {
    try { return JSON.parse(localStorage.getItem(SPARE + key)) || undefined; } catch (_) { return undefined; }
  };
  const dropSpare = (key) => { try { localStorage.removeItem(SPARE + key); } catch (_) { /* nothing was there */ } };

  // One transaction reads and writes, so two tabs never overwrite each other; it resolves when the write is on disk.
  const write = async (key, change) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(KEPT, 'readwrite', {durability: 'strict'});
      const kept = transaction.objectStore(KEPT);
      const asked = kept.get(key);
      let fresh;
      asked.onsuccess = () => {
        fresh = change(unsaved.has(key) ? unsaved.get(key) : spare(key) || asked.result);
        if (fresh === undefined) kept.delete(key);
        else kept.put(fresh, key);
      };
      transaction.oncomplete = () => resolve(fresh);
      transaction.onabort = () => reject(transaction.error || new Error('aborted'));
    });
  };

  const writeElsewhere = (key, change) => {
    const fresh = change(unsaved.has(key) ? unsaved.get(key) : spare(key));
    unsaved.set(key, fresh);
    localStorage.setItem(SPARE + key, JSON.stringify(fresh));
    unsaved.delete(key);
    return fresh;
  };

  const read = async (run) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const asked = run(database.transaction(KEPT).objectStore(KEPT));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  };

  const channel = window.BroadcastChannel ? new BroadcastChannel('psm') : null;
  const last = new Map(); // what this page saw last of a key, for when the database stops answering

  const remember = (key, value) => { last.set(key, value); return value; };

  const get = async (key) => {
    if (unsaved.has(key)) return unsaved.get(key);
    const aside = spare(key);
    if (aside !== undefined) return remember(key, aside);
    try { return remember(key, await read((kept) => kept.get(key))); } catch (_) { return last.get(key); }
  };

  // `change` gets what is kept (or undefined) and returns what to keep (undefined deletes).
  const update = async (key, change) => {
    let fresh;
    try {
      fresh = await write(key, change);
      unsaved.delete(key);
      dropSpare(key);
    } catch (_) {
      fresh = writeElsewhere(key, (old) => change(old === undefined ? last.get(key) : old));
    }
    try { localStorage.setItem(MARK, '1'); } catch (_) { /* only used to notice a cleared storage */ }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => false);
    if (channel) channel.postMessage(key);
    return remember(key, fresh);
  };

  // All [key, value] whose key starts with `prefix`.
  const all = async (prefix) => {
    const found = new Map();
    try {
      const range = IDBKeyRange.bound(prefix, prefix + '\uffff');
      const keys = await read((kept) => kept.getAllKeys(range));
      const values = await read((kept) => kept.getAll(range));
      keys.forEach((key, place) => found.set(key, values[place]));
    } catch (_) { for (const [key, value] of last) if (key.startsWith(prefix)) found.set(key, value); }
    try {
      for (const name of Object.keys(localStorage)) {
        const key = name.slice(SPARE.length);
        if (name.startsWith(SPARE + prefix)) found.set(key, spare(key));
      }
    } catch (_) { /* no localStorage: nothing aside */ }
    for (const [key, value] of unsaved) if (key.startsWith(prefix)) found.set(key, value);
    return [...found].filter(([, value]) => value !== undefined);
  };

  // True when this browser once kept something here and has thrown it away: it is said, not hidden.
  const wasCleared = async () => {
    try { return localStorage.getItem(MARK) === '1' && (await all('')).length === 0; } catch (_) { return false; }
  };
  const forgetCleared = () => { try { localStorage.removeItem(MARK); } catch (_) { /* was not there */ } };

  // `told(key)` is called when another tab changed something.
  const watch = (told) => { if (channel) channel.addEventListener('message', (message) => told(message.data)); };

  PSM.store = {get, update, all, watch, wasCleared, forgetCleared};
})();
