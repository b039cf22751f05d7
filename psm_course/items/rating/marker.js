import {strip} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  mark: ({scale}, response) => {
    const written = typeof response === 'object' ? '' : strip(String(response));
    return /^[1-9]\d?$/.test(written) && Number(written) <= scale && [0, 1];
  },
};
