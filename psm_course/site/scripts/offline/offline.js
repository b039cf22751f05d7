// Reading without a signal: asks before metered data is spent, shows how much of the course is stored, and offers a new release.
import {announce, button, element, every, provided, refill, root} from '../core/start.js';
import {store} from '../core/store.js';

/** @typedef {{choice?: 'save' | 'later', whole?: boolean}} Choice */
/** @typedef {{own: string, used: string, saving: boolean, trouble: string, of: number, stored: string[], bytes: number, readable: boolean, sitting: boolean}} Said */

const KEY = 'offline';
const place = /** @type {HTMLElement} */ (document.querySelector('[data-offline]')), workers = navigator.serviceWorker; // or none, see below
// A new release is not offered where a test may just be beginning.
const onTest = document.querySelector('[data-use="pretest"], [data-use="posttest"]');
let mine = '', tried = '', pressed = false, told = '';
/** @type {Choice} what the person has chosen before */
let before = {};
/** @type {Said} nothing is drawn before the worker has said it */
let state;
/** @type {any} the browser's own offer */
let install = null;

/** @param {'state' | 'save' | 'use'} what */
const ask = (what) => workers.ready.then(({active}) => active && active.postMessage({ask: what}));

// Where the browser does not say what a connection costs, it may cost something.
const mayFetch = () => {
  const line = /** @type {any} */ (navigator).connection;
  return before.choice === 'save' || (line && !line.saveData && line.type !== 'cellular' && (line.effectiveType || '4g') === '4g');
};
/** @param {Choice} what */
const remember = (what) => store.update(KEY, (old) => ({...old, ...what})).then((kept) => { before = kept; }, () => null);

/** @param {string} text @param {...HTMLElement} buttons */
const show = (text, ...buttons) => {
  const held = place.contains(document.activeElement);
  refill(place, element('p', {}, text), ...(buttons.length ? [element('p', {class: 'actions'}, ...buttons)] : []));
  place.hidden = false;
  if (held) place.focus({preventScroll: true});
};
/**
 * A change is said aloud once, however often the same line is drawn.
 * @param {string} text
 */
const sayOnce = (text) => { if (told !== text) { told = text; announce(text); } };

const save = () => { remember({choice: 'save'}); ask('save'); };

/** @type {Record<string, string>} */
const TROUBLE = {
  cut: 'Sambungan terputus. Yang sudah tersimpan tetap ada.',
  full: 'Penyimpanan ponsel penuh. Kosongkan sedikit ruang. Selama ada sinyal, kursus tetap bisa dibaca.',
  changed: 'Kursus diperbarui. Muat ulang nanti.',
};

const drawMissing = () => {
  const size = `${Math.ceil(state.bytes / 1000)} kB`, count = `${state.stored.length} dari ${state.of}`;
  const has = state.readable ? 'Kursus bisa dibaca tanpa sinyal; versi barunya belum lengkap.' : `Baru tersimpan ${count} berkas.`;
  const lost = before.whole && !state.readable ? 'Peramban menghapus kursus yang tersimpan di ponsel ini. ' : '';
  if (state.saving) show(state.readable ? `Bisa dibaca tanpa sinyal. Mengunduh versi baru: ${count}.` : `Menyimpan untuk dibaca tanpa sinyal: ${count}.`);
  else if (state.trouble) {
    const text = `${has} ${TROUBLE[state.trouble]}`;
    show(text, button('Lanjutkan menyimpan', save, 'check'), ...installing());
    sayOnce(text);
  } else if (before.choice === 'later') show(`${lost}${has}`, button(`Simpan (${size})`, save));
  else show(`${lost}${state.readable ? `Versi baru kursus: ${size}. Unduh sekarang?` : `Simpan seluruh kursus (${size}) agar bisa dibaca tanpa sinyal? Sesudahnya tanpa kuota.`}`,
    button('Simpan', save, 'check'), button('Nanti', () => remember({choice: 'later'}).then(draw)));
};

const installing = () => (install ? [button('Pasang di layar utama', () => { install.prompt(); install = null; draw(); })] : []);

const draw = () => {
  if (state.used !== mine) show('Versi baru sudah dipakai di tab lain.', button('Muat ulang halaman ini', () => location.reload()));
  else if (state.stored.length < state.of) drawMissing();
  else if (state.used === state.own) { show('✓ Bisa dibaca tanpa sinyal', ...installing()); if (told) sayOnce('Seluruh kursus tersimpan.'); }
  else if (state.sitting) show('✓ Bisa dibaca tanpa sinyal. Versi baru menunggu sampai tes Anda diserahkan.');
  else if (onTest) show('✓ Bisa dibaca tanpa sinyal');
  else {
    show('Versi baru siap. Jawaban dan kemajuan Anda tetap ada.', button('Pakai versi baru', () => { pressed = true; ask('use'); }, 'check'));
    sayOnce('Versi baru siap.');
  }
  place.classList.toggle('done', state.stored.length === state.of && state.used === state.own);
};

/** @param {Said} said */
const hear = (said) => {
  state = said;
  mine = mine || said.used;
  if (pressed && said.used === said.own) { location.reload(); return; }
  pressed = false;
  const whole = said.stored.length === said.of;
  if (whole && !before.whole) remember({whole: true});
  draw();
  provided('stored')?.listStored(state.stored);
  if (!whole && !said.saving && tried !== said.own && mayFetch()) { tried = said.own; told = 'saving'; ask('save'); }
};

const start = async () => {
  document.head.append(element('link', {rel: 'manifest', href: `${root}manifest.webmanifest`}));
  addEventListener('online', () => { if (state && state.stored.length < state.of && mayFetch()) ask('save'); });
  addEventListener('beforeinstallprompt', (event) => { event.preventDefault(); install = event; if (state) draw(); });
  store.watch((key) => { if (key.includes('/sitting/')) ask('state'); });
  before = (await store.get(KEY)) || {};
  // The very first page came before the worker; it and its parts are at hand in the browser, so the worker gets them for nothing.
  if (!workers.controller) workers.addEventListener('controllerchange', () => {
    [location.href, ...every('script[src], img[src]').map((part) => /** @type {HTMLImageElement} */ (part).src)].forEach((address) => fetch(address).catch(() => null));
  }, {once: true});
  workers.addEventListener('message', (message) => { if (message.data && message.data.psm) hear(message.data.psm); });
  try { await workers.register(`${root}sw.js`, {updateViaCache: 'none'}); } catch (_) {
    if (navigator.onLine && !workers.controller) show('Peramban ini tidak mengizinkan kursus disimpan. Selama ada sinyal, kursus tetap bisa dibaca.');
  }
  ask('state');
};

// A folder and a hall's plain http have no service worker; pages read there just as well. It begins after everything the page itself needs.
if (place && workers && window.isSecureContext && location.protocol.startsWith('http')) addEventListener('load', start);
