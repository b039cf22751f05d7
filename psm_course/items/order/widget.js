import {list, selects} from '../../site/scripts/practice/fields.js';

/** @typedef {Map<HTMLSelectElement, string>} Places the number that each part of the order has */

// A number given twice: the part that had it moves to the freed place. Whoever looks for a number with the arrow keys passes
// others, so every change counts from the places as they were when the person came to this field.
/** @param {HTMLElement} item */
const settle = (item) => selects(item).forEach((select) => { select.dataset.was = select.value; });
/** @type {(item: HTMLElement) => Places} */
const places = (item) => new Map(selects(item).map((select) => [select, select.dataset.was || '']));
/** @param {HTMLSelectElement} changed @param {Places} before */
const swapPlaces = (changed, before) => {
  const others = [...before.keys()].filter((field) => field !== changed);
  others.forEach((field) => { field.value = before.get(field) || ''; });
  const moved = others.find((field) => changed.value && field.value === changed.value);
  if (!moved) return;
  const taken = [...before.keys()].map((field) => field !== moved && field.value);
  const left = taken.map((_, at) => String(at + 1)).filter((number) => !taken.includes(number));
  moved.value = before.get(changed) || (left.length === 1 ? left[0] : '');
};

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  // A half-numbered order keeps its gaps as null.
  read: (item) => {
    /** @type {(string | null | undefined)[]} */
    const placed = selects(item).map(() => null);
    selects(item).forEach(({value, dataset}) => { if (value) placed[Number(value) - 1] = dataset.part; });
    return placed.some(Boolean) ? placed : null;
  },
  fill: (item, response) => {
    selects(item).forEach((select) => { select.value = String(list(response).indexOf(select.dataset.part) + 1 || ''); });
    settle(item);
  },
  isWhole: (item, response) => list(response).filter(Boolean).length >= selects(item).length,
  watch: (item) => {
    /** @type {HTMLSelectElement | null} */
    let field = null, before = places(item);
    item.addEventListener('focusin', () => { field = null; settle(item); });
    return (changed) => {
      if (field !== changed) { field = changed; before = places(item); }
      swapPlaces(changed, before);
      settle(item);
    };
  },
};
