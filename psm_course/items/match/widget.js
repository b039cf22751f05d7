PSM.item('match', ({inputs}) => ({
  read: (item) => {
    const joined = {};
    inputs(item, 'select').forEach((select) => { if (select.value) joined[select.dataset.left] = select.value; });
    return Object.keys(joined).length ? joined : null;
  },
  fill: (item, response) => inputs(item, 'select').forEach((select) => { select.value = (response || {})[select.dataset.left] || ''; }),
  isWhole: (item, response) => Object.keys(response).length >= inputs(item, 'select').length,
}));
