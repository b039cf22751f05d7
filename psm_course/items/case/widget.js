// Only in tests: all steps stand in the page, and the path follows what was ticked. Practice plays a case step by step (play.js).
import {must} from '../../site/scripts/core/start.js';
import {list, tick} from '../../site/scripts/practice/fields.js';

/** @type {(item: HTMLElement, step: string | undefined) => string[]} */
const pathFrom = (item, step) => {
  const taken = must(`[data-step="${step}"] input:checked`, item, HTMLInputElement); // none is called "end"
  return taken ? [taken.value, ...pathFrom(item, taken.dataset.next)] : [];
};

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => pathFrom(item, must('.step', item).dataset.step),
  fill: (item, response) => tick(item, list(response)),
};
