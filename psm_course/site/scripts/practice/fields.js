// The fields of an item's form, for the widgets of item types and for who lays out items.
import {every, must} from '../core/start.js';

/**
 * An older version of the item may have been of another type.
 * @type {(response: unknown) => any[]}
 */
export const list = (response) => (Array.isArray(response) ? response : []);

/** @param {HTMLElement} item */
export const ticked = (item) => every('input:checked', item, HTMLInputElement).map((input) => input.value);
/** @param {HTMLElement} item @param {string[]} values */
export const tick = (item, values) => every('input', item, HTMLInputElement).forEach((input) => { input.checked = values.includes(input.value); });

/**
 * A choice of one.
 * @type {import('./kinds.js').Widget}
 */
export const one = {
  read: (item) => ticked(item)[0],
  fill: (item, response) => tick(item, [response]),
};

/**
 * A written line.
 * @type {import('./kinds.js').Widget}
 */
export const written = {
  read: (item) => must('input', item, HTMLInputElement).value.trim(),
  fill: (item, response) => { must('input', item, HTMLInputElement).value = typeof response === 'string' ? response : ''; },
};
