// What the two pages of the field guide and the search share. What was picked stands in the address (#...), so that it can be kept and shared; nothing
// about a person does.
import {announce, must} from '../core/start.js';

/** What stands behind # in the address. */
export const asked = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch (_) { return ''; } };
/** @param {string} text */
export const keep = (text) => history.replaceState(null, '', '#' + text);

let pausing = 0;
/**
 * Said once the person pauses, not with every letter.
 * @param {string} text
 */
export const announceAtPause = (text) => {
  clearTimeout(pausing);
  pausing = setTimeout(() => announce(text), 600);
};

// Open what the address names: a kind or a situation, also one that another page links to.
const openNamed = () => {
  const place = document.getElementById(asked()), details = place && place.closest('[data-guide]') && place.querySelector('details');
  if (!details) return;
  details.open = true;
  place.scrollIntoView();
  must('summary', details).focus({preventScroll: true});
};

/**
 * Bring the page to life.
 * @param {string} prefix with which an address begins that keeps what was picked
 * @param {(picked: string) => void} takeUp takes it up again
 */
export const begin = (prefix, takeUp) => {
  must('[data-form]').hidden = false;
  const restore = () => { if (asked().startsWith(prefix)) takeUp(asked().slice(prefix.length)); };
  restore();
  addEventListener('load', openNamed); // the browser's own way to the named place, on load, would take the focus away again
  addEventListener('hashchange', () => { restore(); openNamed(); });
};
