// The items of a test come in a file of their own (psm_course/site/output/items_file.py): the page stands sooner, and the items can be asked for again.
import {load} from '../core/start.js';
import {part, parts} from '../practice/fields.js';

/**
 * Resolves when the items stand in the page; is rejected when they cannot be had now. Their markup is what the page's own template wrote.
 * @param {HTMLElement} section
 */
export const itemsOf = async (section) => {
  const list = part(section, '.items');
  if (!list.firstElementChild) {
    const [, markup] = await load('items', section);
    if (!list.firstElementChild) list.innerHTML = markup; // else somebody else waited for them too
  }
  return parts(list, ':scope > *');
};
