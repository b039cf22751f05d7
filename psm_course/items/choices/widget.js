PSM.item('choices', ({list, tick, ticked}) => ({
  read: (item) => { const values = ticked(item); return values.length ? values : null; },
  fill: (item, response) => tick(item, list(response)),
}));
