import {list, tick, ticked} from '../../site/scripts/practice/fields.js';

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => { const values = ticked(item); return values.length ? values : null; },
  fill: (item, response) => tick(item, list(response)),
};
