import {every} from '../../../psm_course/site/scripts/core/start.js';

/** @type {import('../../../psm_course/site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => {
    const taken = {};
    every('select', item).forEach((select) => { if (select.value) taken[select.dataset.end] = select.value; });
    return Object.keys(taken).length ? taken : null;
  },
  fill: (item, response) => every('select', item).forEach((select) => { select.value = (response || {})[select.dataset.end] || ''; }),
  isWhole: (item, response) => Object.keys(response).length === every('select', item).length,
};
