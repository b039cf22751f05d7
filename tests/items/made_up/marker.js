PSM.item('span', ({has, marked, ungradable}) => ({
  first: 'Pilih kedua ujungnya',
  partly: (_, __, [right]) => (right ? 'Satu ujung sudah tepat.' : ''),
  mark: ({goals}, response) => {
    if (response === null || typeof response !== 'object' || Array.isArray(response)) return ungradable();
    if (!Object.keys(response).every((end) => has(goals, end))) return ungradable();
    const ends = Object.keys(goals);
    return marked(ends.filter((end) => response[end] === String(goals[end])).length, ends.length);
  },
}));
