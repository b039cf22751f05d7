// Only in tests: all steps stand in the page, and the path follows what was ticked. Practice plays a case step by step (play.js).
import {list, part, tick} from '../../site/scripts/practice/fields.js';

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => {
    const path = [];
    let step = part(item, '.step');
    while (step) {
      const ticked = part(step, 'input:checked', HTMLInputElement);
      if (!ticked) break;
      path.push(ticked.value);
      step = part(item, `.step[data-step="${ticked.dataset.next}"]`); // none is called "end"
    }
    return path.length ? path : null;
  },
  fill: (item, response) => tick(item, list(response)),
};
