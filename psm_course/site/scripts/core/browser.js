// What the person must know on every page: it runs inside another app, the browser has thrown away what was kept, a test is running. The
// words for it are scripts of their own (`notice.js`, `test/running.js`), which wait in the page's templates: most phones never need them.
import {every, load, provided} from './start.js';
import {store} from './store.js';

export const dropNotice = () => {
  document.documentElement.classList.remove('noticed');
  every('.notice').forEach((notice) => notice.remove());
};

/**
 * Apps that open links in a browser of their own, by what they add to the name of that browser. Which it is `notice.js` says.
 * @param {string} userAgent
 */
export const isInApp = (userAgent) => /WhatsApp\/|Instagram |\bFB(AN|AV|_IAB)\b|\bLine\/|Telegram-Android\/|musical_ly|Bytedance|TikTok|; wv\)/.test(userAgent);
const wasTold = () => { try { return sessionStorage.getItem('psm-in-app'); } catch (_) { return null; } };

// Said on every page until it is put away, also when something new has been kept meanwhile.
const CLEARED = 'cleared';
export const forgetClearing = () => store.update(CLEARED, () => undefined).then(store.forgetCleared);

/** Gives whether there is something to say of this browser. */
const start = async () => {
  if (await store.wasCleared()) await store.update(CLEARED, () => true).catch(() => null);
  const app = isInApp(navigator.userAgent), cleared = await store.get(CLEARED);
  const says = cleared || (app && !wasTold());
  if (says) load('notices').then((part) => part.tell(cleared), () => null);
  return says;
};
export const warned = start();

/** @param {string} key */
const isSitting = (key) => key.includes('/sitting/');
const lookForTests = async () => {
  const mayRun = provided('running') || (await store.all('p/', true)).some(([key]) => isSitting(key)); // what was said before may be over
  if (mayRun) load('running').then((part) => part.showRunning(), () => null);
};
addEventListener('pageshow', lookForTests); // also of a page that was gone back to
store.watch((key) => { if (isSitting(key)) lookForTests(); });
