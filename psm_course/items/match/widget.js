import {selects} from '../../site/scripts/practice/fields.js';

/** @param {HTMLSelectElement} select */
const left = (select) => select.dataset.left || '';

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => {
    /** @type {Record<string, string>} */
    const joined = {};
    selects(item).forEach((select) => { if (select.value) joined[left(select)] = select.value; });
    return Object.keys(joined).length ? joined : null;
  },
  fill: (item, response) => selects(item).forEach((select) => { select.value = (response || {})[left(select)] || ''; }),
  isWhole: (item, response) => Object.keys(response).length >= selects(item).length,
};
