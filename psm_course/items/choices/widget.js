PSM.item('choices', ({arrange, list, tick, ticked}) => ({
  arrange,
  read: (item) => { const values = ticked(item); return values.length ? values : null; },
  fill: (item, response) => tick(item, list(response)),
}));
