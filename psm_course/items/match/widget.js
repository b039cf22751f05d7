PSM.item('match', ({selects}) => ({
  read: (item) => {
    const joined = {};
    selects(item).forEach((select) => { if (select.value) joined[select.dataset.left] = select.value; });
    return Object.keys(joined).length ? joined : null;
  },
  fill: (item, response) => selects(item).forEach((select) => { select.value = (response || {})[select.dataset.left] || ''; }),
  isWhole: (item, response) => Object.keys(response).length >= selects(item).length,
}));
