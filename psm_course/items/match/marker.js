PSM.item('match', ({has}) => ({
  first: 'Pilih pasangan untuk semua baris',
  partly: (_, __, [right, pairs]) => (right ? `${right} dari ${pairs} pasangan sudah tepat.` : ''),
  mark: ({labels, pairs}, response) => {
    if (typeof response !== 'object' || Array.isArray(response)) return null;
    let right = 0, joined = 0;
    for (const [left, chosen] of Object.entries(response)) {
      const meant = has(labels, chosen) ? labels[chosen] : chosen, isOpen = chosen === null || chosen === '';
      if (!pairs.includes(left) || !(isOpen || pairs.includes(meant))) return null;
      joined += !isOpen;
      right += meant === left;
    }
    return joined ? [right, pairs.length] : 'blank';
  },
}));
