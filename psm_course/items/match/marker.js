PSM.item('match', ({has, marked, ungradable, verdict}) => ({
  first: 'Pilih pasangan untuk semua baris',
  partly: (_, __, [right, pairs]) => (right ? `${right} dari ${pairs} pasangan sudah tepat.` : ''),
  mark: (scoring, response) => {
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
    return joined ? marked(right, scoring.pairs.length) : verdict('blank');
  },
}));
