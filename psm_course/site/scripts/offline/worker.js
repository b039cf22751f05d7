// The service worker. `PSM.release` (files of this release: address -> [digest, bytes]) and `PSM.shell` stand before this text in sw.js.
//
// Files are kept under their digest, so releases share what they have in common, and saving can stop and go on anywhere.
// Which release pages come from is kept beside them: a newer worker brings its list, but changes nothing that is shown until the
// person says so, or opens the course afresh. Never while a test is being sat.

/** @typedef {{version: string, files: Record<string, [digest: string, bytes: number]>}} Release */
/** @typedef {{request: Request, respondWith: (answer: Promise<Response>) => void, waitUntil: (work: Promise<unknown>) => void, data: any}} WorkerEvent */

const worker = /** @type {any} */ (self); // the types of a service worker and of a page exclude each other
const {release: OWN, shell: SHELL} = /** @type {{release: Release, shell: string[]}} */ (worker.PSM);
const ROOT = /** @type {string} */ (worker.registration.scope), STORE = `psm ${ROOT}`, NOT_STORED = 'belum-tersimpan.html';
const PLACE = `${ROOT}.isi/`, USED = `${PLACE}rilis`;
const PATIENCE = 3000; // milliseconds

const cache = () => caches.open(STORE);
/** @param {string} address @returns {Promise<Response | undefined>} */
const lookUp = async (address) => (await cache()).match(address);
/** @param {string | undefined} digest */
const stored = (digest) => lookUp(PLACE + digest).catch(() => undefined);
/** @param {Release} release */
const missing = async (release) => {
  const kept = new Set((await (await cache()).keys()).map(({url}) => url.slice(PLACE.length)));
  return Object.entries(release.files).filter(([, [digest]]) => !kept.has(digest));
};
/** @param {Release} release */
const isWhole = async (release) => (await missing(release)).length === 0;

// ---- the release pages come from ----------------------------------------------------------------------------------------------
/** @returns {Promise<Release>} */
const used = () => lookUp(USED).then((kept) => (kept ? kept.json() : OWN));

const clean = async () => {
  const wanted = new Set([OWN, await used()].flatMap((release) => Object.values(release.files).map(([digest]) => PLACE + digest)));
  const kept = await cache();
  const idle = (await kept.keys()).filter(({url}) => url !== USED && !wanted.has(url));
  await Promise.all(idle.map((request) => kept.delete(request)));
};

// From now on pages come from our own release.
const moveOn = async () => {
  await (await cache()).put(USED, new Response(JSON.stringify(OWN)));
  await clean();
};

/** @template Found @param {IDBRequest<Found>} asked @returns {Promise<Found>} */
const answer = (asked) => new Promise((resolve, reject) => Object.assign(asked, {onsuccess: () => resolve(asked.result), onerror: reject}));
// Whether a test has been begun and not handed in. What cannot be read counts as yes: waiting loses nothing.
const sitting = async () => {
  const asked = indexedDB.open('psm');
  let isNew = false;
  asked.onupgradeneeded = () => { isNew = true; /** @type {IDBTransaction} */ (asked.transaction).abort(); }; // nobody has begun anything
  try {
    const database = await answer(asked);
    try {
      const keys = await answer(database.transaction('kept').objectStore('kept').getAllKeys());
      return keys.some((key) => /(^|\/)sitting\//.test(String(key)));
    } finally { database.close(); }
  } catch (_) { return !isNew; }
};

/** @returns {Promise<{url: string, postMessage: (said: object) => void}[]>} */
const windows = async () => (await worker.clients.matchAll({type: 'window', includeUncontrolled: true})).filter((/** @type {{url: string}} */ {url}) => url.startsWith(ROOT));

// The release a page that is about to open comes from. It moves on to our own when nothing stands in the way.
const releaseToOpen = async () => {
  const current = await used();
  if (current.version === OWN.version || await sitting()) return current;
  const abandoned = !await isWhole(current); // half of an old release: the other half is nowhere to be had
  if (abandoned || ((await windows()).length === 0 && await isWhole(OWN))) await moveOn();
  return used();
};

// ---- fetching -----------------------------------------------------------------------------------------------------------------
/** @param {ArrayBuffer} body */
const digestOf = async (body) => {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return Array.from(sum.slice(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/**
 * What a response says without how it travelled: a browser refuses redirected ones for pages.
 * @param {Response} response
 * @param {BodyInit | null} body
 * @param {number} [status]
 */
const plain = (response, body, status) => {
  const headers = new Headers(response.headers);
  ['content-encoding', 'content-length', 'transfer-encoding'].forEach((name) => headers.delete(name));
  return new Response(body, {headers, status});
};

/**
 * Keeps what was fetched, if it is the file with this digest.
 * @param {string} digest
 * @param {Response} response
 */
const keepIfSame = async (digest, response) => {
  const body = await response.arrayBuffer(), isSame = response.ok && await digestOf(body) === digest;
  if (isSame) await (await cache()).put(PLACE + digest, plain(response, body));
  return isSame;
};

/**
 * Fetch one file of a release and keep it: what the browser already has is good enough when its digest is right.
 * @param {[path: string, [digest: string, bytes: number]]} file
 */
const store = async ([path, [digest]]) => {
  if (await stored(digest)) return;
  const address = ROOT + path + (path.endsWith('.html') ? '' : `?v=${digest}`);
  for (const how of /** @type {RequestCache[]} */ (['default', 'reload'])) {
    if (await keepIfSame(digest, await fetch(address, {cache: how}))) return;
  }
  throw new Error('changed');
};

/**
 * What a person reads is already paid for, so it is kept.
 * @param {WorkerEvent} event
 * @param {string | undefined} digest
 * @param {boolean} isNamed the page names the digest: it gets that file or none, never another release's
 * @returns {Promise<Response>}
 */
const openFile = async (event, digest, isNamed) => {
  const kept = digest && await stored(digest);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (!digest || !response.ok) return response;
  const isSame = keepIfSame(digest, response.clone()).catch(() => true); // a phone that is full still shows it
  event.waitUntil(isSame);
  return !isNamed || await isSame ? response : Response.error();
};

/** @param {WorkerEvent} event @param {string} path @returns {Promise<Response>} */
const openPage = async (event, path) => {
  const {files} = await releaseToOpen().catch(() => OWN);
  const [digest] = files[path] || files[`${path}.html`] || []; // a QR asks for `v`
  return openFile(event, digest, false).catch(async (error) => {
    if (!await stored((files[NOT_STORED] || [])[0])) throw error;
    return Response.redirect(`${ROOT}${NOT_STORED}#${encodeURIComponent(path)}`);
  });
};

/**
 * A style sheet, script or picture.
 * @param {WorkerEvent} event
 * @param {string} path
 * @param {string | null} named
 */
const openPart = async (event, path, named) => openFile(event, named || ((await used().catch(() => OWN)).files[path] || [])[0], Boolean(named));

/**
 * What the office publishes and signs may be newer than the release; a signal that is too weak does not hold anybody up.
 * @param {WorkerEvent} event
 * @param {string} path
 * @returns {Promise<Response>}
 */
const openDocument = async (event, path) => {
  const found = await stored(((await used().catch(() => OWN)).files[path] || [])[0]);
  if (!found) return fetch(event.request);
  const kept = plain(found, found.body, 203); // not by who is asked
  const fresh = fetch(event.request).then((response) => (response.ok ? response : kept.clone()), () => kept.clone());
  if (event.request.cache === 'reload') return fresh; // a page that met a key nobody here knows
  return Promise.race([fresh, new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept); })]);
};

worker.addEventListener('fetch', (/** @type {WorkerEvent} */ event) => {
  const {request} = event, url = new URL(request.url);
  if (request.method !== 'GET' || !request.url.startsWith(ROOT)) return;
  const path = decodeURIComponent(url.pathname.slice(new URL(ROOT).pathname.length)).replace(/(^|\/)$/, '$1index.html');
  const named = url.searchParams.get('v');
  if (request.mode === 'navigate') event.respondWith(openPage(event, path));
  else if (path.endsWith('.json')) event.respondWith(openDocument(event, path));
  else if (named || OWN.files[path]) event.respondWith(openPart(event, path, named));
});

// ---- saving the whole course --------------------------------------------------------------------------------------------------
let saving = false, trouble = '';

const tell = async () => {
  const current = await used(), lacking = await missing(OWN), lacks = new Set(lacking.map(([path]) => path)), paths = Object.keys(OWN.files);
  const psm = {
    own: OWN.version, used: current.version, saving, trouble,
    of: paths.length,
    stored: paths.filter((path) => !lacks.has(path)),
    bytes: lacking.reduce((sum, [, [, bytes]]) => sum + bytes, 0),
    readable: await isWhole(current), sitting: current.version !== OWN.version && await sitting(),
  };
  (await windows()).forEach((client) => client.postMessage({psm}));
};

// Three at a time; the first failure stops all, and what is stored stays. What is under way ends before anybody hears of it: else going on
// would ask for it a second time.
const save = async () => {
  if (saving) return;
  saving = true;
  trouble = '';
  const waiting = await missing(OWN).catch(() => { trouble = 'cut'; return []; });
  const some = async () => { while (waiting.length) { await store(/** @type {any} */ (waiting.shift())); await tell(); } };
  /** @param {Error} error */
  const stop = (error) => {
    waiting.length = 0;
    trouble = trouble || (error.name === 'QuotaExceededError' ? 'full' : error.message === 'changed' ? 'changed' : 'cut');
  };
  await Promise.all([some(), some(), some()].map((each) => each.catch(stop)));
  saving = false;
};

/**
 * What fails is tried again another time.
 * @param {string} type of event
 * @param {(event: WorkerEvent) => Promise<unknown>} work for which the browser keeps us running
 */
const on = (type, work) => worker.addEventListener(type, (/** @type {WorkerEvent} */ event) => event.waitUntil(work(event).catch(() => null)));

on('message', async ({data: {ask}}) => { // 'state' asks for no more than to be told
  if (ask === 'save') await save();
  if (ask === 'use' && !await sitting() && await isWhole(OWN)) await moveOn();
  await tell();
});
on('install', async () => {
  worker.skipWaiting(); // only the program moves on at once; the release pages come from does not
  if (!await lookUp(USED)) await moveOn();
  for (const path of SHELL) await store([path, OWN.files[path]]);
});
on('activate', async () => {
  await clean().catch(() => null);
  await worker.clients.claim();
  await tell();
});
