PSM.item('rating', ({strip}) => ({
  mark: ({scale}, response) => {
    const written = typeof response === 'object' ? '' : strip(String(response));
    return /^[1-9]\d?$/.test(written) && written <= scale && [0, 1];
  },
}));
