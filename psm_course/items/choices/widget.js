import {list, tick, ticked} from '../../site/scripts/practice/fields.js';

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: ticked,
  fill: (item, response) => tick(item, list(response)),
};
