PSM.item('case', ({fraction, has, isTexts, marked, ungradable}) => ({
  mark: (scoring, response) => {
    if (!isTexts(response)) return ungradable();
    let at = scoring.start, earned = fraction('0'), critical = false;
    for (const taken of response) {
      const cut = taken.indexOf(':'), step = cut < 0 ? taken : taken.slice(0, cut), chosen = cut < 0 ? '' : taken.slice(cut + 1);
      const choices = has(scoring.steps, step) ? scoring.steps[step] : {};
      if (!has(choices, chosen) || step !== at) return ungradable();
      const [more, per] = fraction(choices[chosen].credit);
      earned = [earned[0] * per + more * earned[1], earned[1] * per];
      critical = critical || choices[chosen].critical;
      at = choices[chosen].next;
    }
    const [best, of] = fraction(scoring.best);
    return marked(earned[0] * of, earned[1] * best, critical);
  },
}));
