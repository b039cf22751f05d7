// Marking, by executing the compiled scoring data: the same rules as the markers in Python, with which a test compares them on
// thousands of responses. Each type brings its own (psm_course/items/*/marker.js).
import {millionths, strip} from './comparing.js';
import {markers} from './kinds.js';

/**
 * Its share is exact. It is right from the share on that an item itself says, a case's; else by all of it. The office says the same
 * (psm_course/items/marks.py).
 * @typedef {{status: 'marked' | 'blank' | 'ungradable' | 'review', share: [earned: number, outOf: number], critical: boolean, right: boolean}} Mark
 */

/** @param {import('./kinds.js').Response} response */
const isBlank = (response) => response === null || response === undefined
  || (typeof response === 'string' ? !strip(response) : typeof response === 'object' && !Object.keys(response).length);

/** @type {(scoring: import('./kinds.js').Scoring, response: import('./kinds.js').Response) => Mark} */
export const mark = (scoring, response) => {
  const found = isBlank(response) ? 'blank' : markers[scoring.type].mark(scoring, response) || 'ungradable';
  if (!Array.isArray(found)) return {status: found, share: [0, 1], critical: false, right: false};
  const [given, outOf, critical] = found, earned = Number(given);
  const right = !critical && earned * 1e6 >= outOf * millionths(scoring.right_from || '1');
  return {status: 'marked', share: [earned, outOf], critical: Boolean(critical), right};
};
