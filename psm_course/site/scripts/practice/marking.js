// Marking, by executing the compiled scoring data: the same rules as the markers in Python, with which a test compares them on
// thousands of responses. Each type brings its own (psm_course/items/*/marker.js).
import {strip} from './comparing.js';
import {markers} from './kinds.js';

/** @typedef {{status: 'marked' | 'blank' | 'ungradable' | 'review', share: [earned: number, outOf: number], critical: boolean}} Mark its share is exact */

/** @param {import('./kinds.js').Response} response */
const isBlank = (response) => response === null || response === undefined
  || (typeof response === 'string' ? !strip(response) : typeof response === 'object' && !Object.keys(response).length);

/** @type {(scoring: import('./kinds.js').Scoring, response: import('./kinds.js').Response) => Mark} */
export const mark = (scoring, response) => {
  const found = isBlank(response) ? 'blank' : markers[scoring.type].mark(scoring, response) || 'ungradable';
  if (!Array.isArray(found)) return {status: found, share: [0, 1], critical: false};
  const [earned, outOf, critical] = found;
  return {status: 'marked', share: [Number(earned), outOf], critical: Boolean(critical)};
};

/** @param {Mark} mark */
export const isRight = ({status, share: [earned, outOf]}) => status === 'marked' && earned === outOf;
