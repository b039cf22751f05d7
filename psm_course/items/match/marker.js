import {has} from '../../site/scripts/practice/comparing.js';

/** @type {(labels: Record<string, string>, chosen: any) => string} */
const meant = (labels, chosen) => (has(labels, chosen) ? labels[chosen] : chosen);

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Pilih pasangan untuk semua baris',
  lines: ({labels}, response) => Object.keys(response).map((left) => [left, meant(labels, response[left]) === left]),
  partly: (_scoring, _response, [right, pairs]) => (right ? `${right} dari ${pairs} pasangan sudah tepat.` : ''),
  mark: ({labels, pairs}, response) => {
    if (typeof response !== 'object' || Array.isArray(response)) return null;
    let right = 0, joined = 0;
    for (const [left, chosen] of Object.entries(response)) {
      const is = meant(labels, chosen), isOpen = chosen === null || chosen === '';
      if (!pairs.includes(left) || !(isOpen || pairs.includes(is))) return null;
      joined += Number(!isOpen);
      right += Number(is === left);
    }
    return joined ? [right, pairs.length] : 'blank';
  },
};
