import {has} from '../../../psm_course/site/scripts/practice/comparing.js';

/** @type {import('../../../psm_course/site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Pilih kedua ujungnya',
  partly: (_scoring, _response, right) => (right ? 'Satu ujung sudah tepat.' : ''),
  mark: ({goals}, response) => {
    if (typeof response !== 'object' || Array.isArray(response)) return null;
    if (!Object.keys(response).every((end) => has(goals, end))) return null;
    const ends = Object.keys(goals);
    return [ends.filter((end) => response[end] === String(goals[end])).length, ends.length];
  },
};
