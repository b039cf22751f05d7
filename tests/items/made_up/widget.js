import {parts} from '../../../psm_course/site/scripts/practice/fields.js';

/** @type {import('../../../psm_course/site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => {
    const taken = {};
    parts(item, 'select').forEach((select) => { if (select.value) taken[select.dataset.end] = select.value; });
    return Object.keys(taken).length ? taken : null;
  },
  fill: (item, response) => parts(item, 'select').forEach((select) => { select.value = (response || {})[select.dataset.end] || ''; }),
  isWhole: (item, response) => Object.keys(response).length === parts(item, 'select').length,
};
