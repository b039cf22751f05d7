PSM.item('case', ({fraction, has, isTexts}) => ({
  mark: (scoring, response) => {
    if (!isTexts(response)) return null;
    let at = scoring.start, earned = fraction('0'), critical = false;
    for (const taken of response) {
      const [step, ...rest] = taken.split(':'), chosen = rest.join(':');
      const choices = has(scoring.steps, step) ? scoring.steps[step] : {};
      if (!has(choices, chosen) || step !== at) return null;
      const [more, per] = fraction(choices[chosen].credit);
      earned = [earned[0] * per + more * earned[1], earned[1] * per];
      critical = critical || choices[chosen].critical;
      at = choices[chosen].next;
    }
    const [best, of] = fraction(scoring.best);
    return [earned[0] * of, earned[1] * best, critical];
  },
}));
