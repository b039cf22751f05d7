// The place in the page where a verdict is shown: its look, title and advice stand in the page's templates.
import {announce, refill} from '../core/start.js';

/**
 * A part of the page, by the name of its attribute.
 * @param {string} name
 * @returns {any}
 */
export const part = (name) => document.querySelector(`[data-verify] [data-${name}]`);

/** @param {HTMLElement[]} rows @returns {(there: Element) => void} what puts them where facts are listed */
export const listing = (rows) => (there) => /** @type {Element} */ (there.querySelector('[data-facts]')).append(...rows);

/** @typedef {string | false | null | undefined | ((there: Element) => void)} Filled a text, or what fills the place itself; without it the place goes */

/**
 * @param {string} kind names a verdict's look, title and advice
 * @param {Record<string, Filled>} filled what else is shown, by its place in the template, or in the place of title and advice
 * @param {HTMLElement} [stage] where a rehearsal draws it, unsaid
 */
export const show = (kind, filled, stage) => {
  const look = part('looks').content.querySelector(`[data-kind=${kind}]`), shown = document.importNode(part('shown').content, true), outcome = stage || part('outcome');
  /** @type {Record<string, Filled>} */
  const usual = {title: look.title, advice: look.textContent};
  for (const name of ['title', 'reason', 'status', 'advice', 'signed', 'of-name', 'again']) {
    const there = shown.querySelector(`[data-${name}]`), given = filled[name] || usual[name];
    if (!given) there.remove(); else if (typeof given === 'string') there.append(given); else given(there);
  }
  outcome.className = `outcome ${look.className}`;
  outcome.dataset.verdict = kind;
  refill(outcome, shown);
  outcome.hidden = false;
  if (stage) return;
  outcome.querySelector('h2').focus({preventScroll: true});
  outcome.scrollIntoView();
  announce(/** @type {string} */ (filled.title || usual.title));
};
