import {isTexts, millionths} from '../../site/scripts/practice/comparing.js';

/** @type {import('../../site/scripts/practice/kinds.js').Marker} */
export const marker = {
  mark: (scoring, response) => {
    if (!isTexts(response)) return null;
    let at = scoring.start, earned = 0, critical = false;
    for (const taken of response) {
      const choices = scoring.steps[at] || {}, chosen = Object.keys(choices).find((choice) => taken === `${at}:${choice}`);
      if (!chosen) return null;
      earned += millionths(choices[chosen].credit);
      critical = critical || choices[chosen].critical;
      at = choices[chosen].next;
    }
    return [earned, millionths(scoring.best), critical];
  },
};
