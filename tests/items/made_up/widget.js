PSM.item('span', ({inputs}) => ({
  read: (item) => {
    const taken = {};
    inputs(item, 'select').forEach((select) => { if (select.value) taken[select.dataset.end] = select.value; });
    return Object.keys(taken).length ? taken : null;
  },
  fill: (item, response) => inputs(item, 'select').forEach((select) => { select.value = (response || {})[select.dataset.end] || ''; }),
  isWhole: (item, response) => Object.keys(response).length === inputs(item, 'select').length,
}));
