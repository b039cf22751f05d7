// Marking, by executing the compiled scoring data: the same rules as psm_course/grading/markers, with which a test compares
// them on thousands of responses. Shares are exact: [numerator, denominator] as BigInt.
(() => {
  const big = BigInt, none = big(0), unit = big(1);
  const marked = (earned, outOf, critical) => ({status: 'marked', share: [earned, outOf], critical: Boolean(critical)});
  const verdict = (status) => ({status, share: [none, unit], critical: false});
  const ungradable = () => verdict('ungradable');
  const isTexts = (value) => Array.isArray(value) && value.every((part) => typeof part === 'string');
  const has = (map, key) => Object.prototype.hasOwnProperty.call(map, key);

  // '12.5' -> [125, 10], for texts as the office writes decimals.
  const fraction = (text) => {
    const [, sign, whole, decimals = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
    return [big(`${sign === '-' ? '-' : ''}${whole}${decimals}`), big(`1${'0'.repeat(decimals.length)}`)];
  };
  const add = ([a, b], [c, d]) => [a * d + c * b, b * d];

  // Python's idea of white space, which is not quite JavaScript's.
  const SPACE = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
  const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');
  const GAPS = new RegExp(`${SPACE}+`, 'g');
  const strip = (text) => text.replace(ENDS, '');

  const THOUSANDS = /^([+-]?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/;
  const PLAIN = /^([+-]?\d+)(?:[.,](\d+))?$/;
  const readNumber = (text) => {
    const writtenAs = strip(text).replace(/\u2212/g, '-');
    if ([...writtenAs].length > 40) return null;
    const grouped = THOUSANDS.exec(writtenAs), found = grouped || PLAIN.exec(writtenAs);
    if (!found) return null;
    const whole = grouped ? found[1].replace(/\./g, '') : found[1];
    return fraction(found[2] ? `${whole}.${found[2]}` : whole);
  };

  // Without case, accents, punctuation and extra space. Upper then lower case is JavaScript's nearest to folding case.
  const normalise = (text) => text.normalize('NFKD').toUpperCase().toLowerCase().replace(/ς/g, 'σ')
    .replace(/[\p{M}\p{P}\p{S}]/gu, '').replace(GAPS, ' ').replace(/^ | $/g, '');

  const oneEditApart = (one, other) => {
    let [a, b] = [[...one], [...other]];
    if (a.length > b.length) [a, b] = [b, a];
    if (b.length - a.length > 1 || one === other) return false;
    let same = 0;
    while (same < a.length && a[same] === b[same]) same += 1;
    return a.slice(a.length < b.length ? same : same + 1).join('') === b.slice(same + 1).join('');
  };

  const markers = {
    choice: (scoring, response) => {
      if (typeof response !== 'string' || !has(scoring.credit, response)) return ungradable();
      const [earned, outOf] = fraction(scoring.credit[response]);
      return marked(earned, outOf, scoring.critical.includes(response));
    },
    choices: (scoring, response) => {
      if (!isTexts(response)) return ungradable();
      const ticked = [...new Set(response)];
      if (!ticked.every((id) => scoring.choices.includes(id))) return ungradable();
      const right = ticked.filter((id) => scoring.correct.includes(id)).length, wrong = ticked.length - right;
      const correct = scoring.correct.length, everything = scoring.choices.length;
      const share = { // taken apart only below: the minifier would do that before `right` is known
        net: [Math.max(right - wrong, 0), correct],
        exact: [right === correct && wrong === 0 ? 1 : 0, 1],
        share: [right + everything - correct - wrong, everything],
      }[scoring.rule];
      return marked(big(share[0]), big(share[1]), ticked.some((id) => scoring.critical.includes(id)));
    },
    order: (scoring, response) => {
      if (!isTexts(response)) return ungradable();
      const key = scoring.sequence, placed = response.map((part) => (has(scoring.labels, part) ? scoring.labels[part] : part));
      if (!placed.every((part) => key.includes(part)) || new Set(placed).size < placed.length) return ungradable();
      if (scoring.rule === 'exact') return marked(big(placed.length === key.length && placed.every((part, at) => part === key[at]) ? 1 : 0), unit);
      const kept = placed.slice(1).filter((part, at) => key.indexOf(placed[at]) + 1 === key.indexOf(part)).length;
      return marked(big(kept), big(key.length - 1));
    },
    match: (scoring, response) => {
      if (response === null || typeof response !== 'object' || Array.isArray(response)) return ungradable();
      let right = 0, joined = 0;
      for (const [left, chosen] of Object.entries(response)) {
        if (!scoring.pairs.includes(left)) return ungradable();
        if (chosen === null || chosen === '') continue;
        if (typeof chosen !== 'string') return ungradable();
        const meant = has(scoring.labels, chosen) ? scoring.labels[chosen] : chosen;
        if (!scoring.pairs.includes(meant)) return ungradable();
        joined += 1;
        right += meant === left ? 1 : 0;
      }
      return joined ? marked(big(right), big(scoring.pairs.length)) : verdict('blank');
    },
    number: (scoring, response) => {
      const written = typeof response === 'string' ? readNumber(response) : null;
      if (written === null) return ungradable();
      const [answer, below] = fraction(scoring.answer), [tolerance, part] = fraction(scoring.tolerance);
      const off = written[0] * below - answer * written[1];
      return marked((off < none ? -off : off) * part <= tolerance * written[1] * below ? unit : none, unit);
    },
    text: (scoring, response) => {
      if (typeof response !== 'string' || [...response].length > 200) return ungradable();
      const written = normalise(response);
      if (scoring.accept.includes(written)) return marked(unit, unit);
      return scoring.accept.some((accepted) => oneEditApart(written, accepted)) ? verdict('review') : marked(none, unit);
    },
    case: (scoring, response) => {
      if (!isTexts(response)) return ungradable();
      let at = scoring.start, earned = [none, unit], critical = false;
      for (const taken of response) {
        const cut = taken.indexOf(':'), step = cut < 0 ? taken : taken.slice(0, cut), chosen = cut < 0 ? '' : taken.slice(cut + 1);
        const choices = has(scoring.steps, step) ? scoring.steps[step] : {};
        if (!has(choices, chosen) || step !== at) return ungradable();
        earned = add(earned, fraction(choices[chosen].credit));
        critical = critical || choices[chosen].critical;
        at = choices[chosen].next;
      }
      const [best, of] = fraction(scoring.best);
      return marked(earned[0] * of, earned[1] * best, critical);
    },
    rating: (scoring, response) => {
      const written = typeof response === 'string' ? strip(response) : Number.isInteger(response) ? String(response) : '';
      return /^[1-9]\d?$/.test(written) && Number(written) <= scoring.scale ? marked(none, unit) : ungradable();
    },
  };

  const isBlank = (response) => response === null || response === undefined
    || (typeof response === 'string' ? !strip(response) : typeof response === 'object' && !Object.keys(response).length);

  // {status: marked | blank | ungradable | review, share: [n, d], critical}
  PSM.mark = (scoring, response) => (isBlank(response) ? verdict('blank') : markers[scoring.type](scoring, response));
  PSM.isRight = ({status, share: [earned, outOf]}) => status === 'marked' && earned === outOf;
})();
