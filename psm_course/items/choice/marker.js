import {has, millionths} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Pilih satu jawaban',
  mark: ({credit, critical}, response) => has(credit, response) && [millionths(credit[response]), 1e6, critical.includes(response)],
};
