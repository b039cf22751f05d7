// What a sitting is called and when it was: ids, times as they are written, and which sitting this tab is in.

/** @param {number} number */
const two = (number) => String(number).padStart(2, '0');

export const uuid = () => {
  const random = crypto.getRandomValues(new Uint8Array(16));
  random[6] = (random[6] & 15) | 64;
  random[8] = (random[8] & 63) | 128;
  return [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

/** This moment with the phone's own offset: 2026-11-24T09:05:00+07:00 */
export const timestamp = () => {
  const now = new Date(), ahead = -now.getTimezoneOffset(), far = Math.abs(ahead);
  const here = new Date(now.getTime() + ahead * 60e3).toISOString().slice(0, 19);
  return `${here}${ahead < 0 ? '-' : '+'}${two(Math.floor(far / 60))}:${two(far % 60)}`;
};

/**
 * Minutes and seconds, as they run down.
 * @param {number} milliseconds
 */
export const clock = (milliseconds) => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}.${two(seconds % 60)}`;
};

// Which sitting this tab is in: it stays so when the page is loaded again, and is forgotten with the tab.
/** @param {string} quiz */
export const tabOf = (quiz) => { try { return sessionStorage.getItem(`psm-tes ${quiz}`); } catch (_) { return null; } };
/** @param {string} quiz @param {string} id */
export const rememberTab = (quiz, id) => { try { sessionStorage.setItem(`psm-tes ${quiz}`, id); } catch (_) { /* it is asked again */ } };
