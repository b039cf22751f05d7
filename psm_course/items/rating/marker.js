PSM.item('rating', ({marked, strip, ungradable}) => ({
  mark: (scoring, response) => {
    const written = typeof response === 'string' ? strip(response) : Number.isInteger(response) ? String(response) : '';
    return /^[1-9]\d?$/.test(written) && Number(written) <= scoring.scale ? marked(0, 1) : ungradable();
  },
}));
