import {has} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  first: 'Pilih pasangan untuk semua baris',
  partly: (_scoring, _response, [right, pairs]) => (right ? `${right} dari ${pairs} pasangan sudah tepat.` : ''),
  mark: ({labels, pairs}, response) => {
    if (typeof response !== 'object' || Array.isArray(response)) return null;
    let right = 0, joined = 0;
    for (const [left, chosen] of Object.entries(response)) {
      const meant = has(labels, chosen) ? labels[chosen] : chosen, isOpen = chosen === null || chosen === '';
      if (!pairs.includes(left) || !(isOpen || pairs.includes(meant))) return null;
      joined += Number(!isOpen);
      right += Number(meant === left);
    }
    return joined ? [right, pairs.length] : 'blank';
  },
};
