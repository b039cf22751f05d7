// Marking, by executing the compiled scoring data: the same rules as the markers in Python, with which a test compares them on
// thousands of responses. Each type brings its own (psm_course/items/*/marker.js). Shares are exact: [numerator, denominator] as BigInt.
(() => {
  // '12.5' -> [125, 10], for texts as the office writes decimals.
  const fraction = (text) => {
    const [, sign, whole, decimals = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
    return [BigInt(`${sign === '-' ? '-' : ''}${whole}${decimals}`), BigInt(`1${'0'.repeat(decimals.length)}`)];
  };

  // Python's idea of white space, which is not quite JavaScript's.
  const SPACE = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
  const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g'), GAPS = new RegExp(`${SPACE}+`, 'g');
  const strip = (text) => text.replace(ENDS, '');

  // Without case, accents and extra space, and with `sign` in the place of every punctuation mark and symbol.
  // Upper then lower case is JavaScript's nearest to folding case.
  const folded = (text, sign = '$&') => text.normalize('NFKD').toUpperCase().toLowerCase().replace(/ς/g, 'σ')
    .replace(/\p{M}/gu, '').replace(/[\p{P}\p{S}]/gu, sign).replace(GAPS, ' ').replace(/^ | $/g, '');

  Object.assign(PSM.tools, {
    folded, fraction, strip,
    isTexts: (value) => Array.isArray(value) && value.every((part) => typeof part === 'string'),
    has: (map, key) => Object.keys(map).includes(key),
  });

  const isBlank = (response) => response === null || response === undefined
    || (typeof response === 'string' ? !strip(response) : typeof response === 'object' && !Object.keys(response).length);

  // {status: marked | blank | ungradable | review, share: [n, d], critical}; a marker gives [earned, out of, critical], another status by
  // its name, or nothing where the response is no answer to this item at all.
  PSM.mark = (scoring, response) => {
    const found = isBlank(response) ? 'blank' : PSM.items[scoring.type].mark(scoring, response) || 'ungradable';
    const isMarked = Array.isArray(found), [earned, outOf, critical] = isMarked ? found : [0, 1];
    return {status: isMarked ? 'marked' : found, share: [BigInt(earned), BigInt(outOf)], critical: Boolean(critical)};
  };
  PSM.isRight = ({status, share: [earned, outOf]}) => status === 'marked' && earned === outOf;
})();
