PSM.item('choice', ({fraction, has, marked, ungradable}) => ({
  first: 'Pilih satu jawaban',
  mark: (scoring, response) => {
    if (typeof response !== 'string' || !has(scoring.credit, response)) return ungradable();
    const [earned, outOf] = fraction(scoring.credit[response]);
    return marked(earned, outOf, scoring.critical.includes(response));
  },
}));
