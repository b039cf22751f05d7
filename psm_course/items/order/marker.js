PSM.item('order', ({has, isTexts, marked, ungradable}) => ({
  first: 'Beri nomor pada semua baris',
  mark: (scoring, response) => {
    if (!isTexts(response)) return ungradable();
    const key = scoring.sequence, placed = response.map((part) => (has(scoring.labels, part) ? scoring.labels[part] : part));
    if (!placed.every((part) => key.includes(part)) || new Set(placed).size < placed.length) return ungradable();
    if (scoring.rule === 'exact') return marked(placed.length === key.length && placed.every((part, at) => part === key[at]) ? 1 : 0, 1);
    const kept = placed.slice(1).filter((part, at) => key.indexOf(placed[at]) + 1 === key.indexOf(part)).length;
    return marked(kept, key.length - 1);
  },
}));
