import {has, isTexts, millionths} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  mark: (scoring, response) => {
    if (!isTexts(response)) return null;
    let at = scoring.start, earned = 0, critical = false;
    for (const taken of response) {
      const [step, ...rest] = taken.split(':'), chosen = rest.join(':');
      const choices = has(scoring.steps, step) ? scoring.steps[step] : {};
      if (!has(choices, chosen) || step !== at) return null;
      earned += millionths(choices[chosen].credit);
      critical = critical || choices[chosen].critical;
      at = choices[chosen].next;
    }
    return [earned, millionths(scoring.best), critical];
  },
};
