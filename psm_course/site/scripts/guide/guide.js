// What the two pages of the field guide share. What was picked stands in the address (#...), so that it can be kept and shared; nothing
// about a person does.
import {every, must} from '../core/start.js';

/**
 * @typedef {{
 *   form: HTMLFormElement, within: (selector: string) => HTMLElement, all: (selector: string) => HTMLElement[], asked: () => string,
 *   keep: (text: string) => void,
 * }} Guide
 */

/**
 * Bring a guide to life, if the page has it.
 * @param {string} name of the guide (`data-guide`)
 * @param {string} prefix with which an address begins that keeps what was picked
 * @param {(guide: Guide) => (picked: string) => void} setUp returns what takes it up again
 */
export const begin = (name, prefix, setUp) => {
  const guide = document.querySelector(`[data-guide="${name}"]`);
  if (!guide) return;
  const form = /** @type {HTMLFormElement} */ (must('[data-form]', guide));
  form.hidden = false;

  const asked = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch (_) { return ''; } };

  // Open what the address names: a kind or a situation, also one that another page links to.
  const openNamed = () => {
    const place = asked() && document.getElementById(asked());
    const details = place && guide.contains(place) && place.querySelector('details');
    if (!details) return;
    details.open = true;
    place.scrollIntoView();
    must('summary', details).focus({preventScroll: true});
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  /** @param {string} text */
  const keep = (text) => history.replaceState(null, '', '#' + text);
  const takeUp = setUp({form, asked, keep, within: (selector) => must(selector, guide), all: (selector) => every(selector, guide)});
  const restore = () => { if (asked().startsWith(prefix)) takeUp(asked().slice(prefix.length)); };
  restore();
  // The browser's own way to the named place, on load, would take the focus away again.
  if (document.readyState === 'complete') openNamed(); else window.addEventListener('load', openNamed);
  window.addEventListener('hashchange', () => { restore(); openNamed(); });
};
