// Only in tests: all steps stand in the page, and the path follows what was ticked. Practice plays a case step by step (play.js).
import {must} from '../../site/scripts/core/start.js';
import {list, tick} from '../../site/scripts/practice/fields.js';

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => {
    const path = [];
    let taken = must('input:checked', must('.step', item), HTMLInputElement);
    while (taken) {
      path.push(taken.value);
      taken = must(`[data-step="${taken.dataset.next}"] input:checked`, item, HTMLInputElement); // none is called "end"
    }
    return path.length ? path : null;
  },
  fill: (item, response) => tick(item, list(response)),
};
