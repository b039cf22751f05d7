PSM.item('choices', ({isTexts}) => ({
  first: 'Centang pilihan Anda',
  partly: (scoring, response) => (response.every((id) => scoring.correct.includes(id)) ? 'Pilihan Anda tepat, tetapi masih ada yang kurang.' : ''),
  mark: (scoring, response) => {
    if (!isTexts(response)) return null;
    const ticked = [...new Set(response)], correct = scoring.correct.length, everything = scoring.choices.length;
    if (!ticked.every((id) => scoring.choices.includes(id))) return null;
    const right = ticked.filter((id) => scoring.correct.includes(id)).length, wrong = ticked.length - right;
    const share = { // taken apart only below: the minifier would do that before `right` is known
      net: [Math.max(right - wrong, 0), correct],
      exact: [right === correct && !wrong, 1],
      share: [right + everything - correct - wrong, everything],
    }[scoring.rule];
    return [...share, ticked.some((id) => scoring.critical.includes(id))];
  },
}));
