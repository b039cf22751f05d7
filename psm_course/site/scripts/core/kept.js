// What practice and tests do around a tap, so it is no part of every page's script: what can wait until the tap is seen, and the visible word on
// whether the answer was kept.
import {announce} from './start.js';
import {store} from './store.js';

const FULL = 'tersimpan: penyimpanan ponsel penuh atau ditolak. Jangan tutup halaman ini. Kosongkan sedikit ruang, lalu jawab lagi.';

/**
 * Do this once the screen shows what a tap changed: what nobody sees makes the tap no slower.
 * @param {() => unknown} run
 */
export const afterPaint = (run) => { requestAnimationFrame(() => setTimeout(run)); };

/** @type {WeakMap<Element, Promise<unknown>>} */
const waiting = new WeakMap();

/**
 * A visible word on whether something was kept. Success is not announced: it comes with every tap. Of several taps in a row only the last
 * may say that all is kept.
 * @param {Element} place
 * @param {Promise<unknown>} kept
 * @param {string} [well] what is said once it is kept
 */
export const showKept = async (place, kept, well = 'Tersimpan di ponsel ini') => {
  waiting.set(place, kept);
  place.textContent = 'Menyimpan…';
  place.classList.remove('trouble');
  const trouble = await kept.then(() => (store.isAside() ? 'Baru sementara' : ''), () => 'Belum');
  if (waiting.get(place) !== kept) return;
  place.textContent = trouble ? `${trouble} ${FULL}` : well;
  place.classList.toggle('trouble', trouble !== '');
  if (trouble) announce(place.textContent);
};
