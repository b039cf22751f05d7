PSM.item('order', ({list, selects}) => {
  // A number given twice: the part that had it moves to the freed place. Whoever looks for a number with the arrow keys passes
  // others, so every change counts from the places as they were when the person came to this field.
  const settle = (item) => selects(item).forEach((select) => { select.dataset.was = select.value; });
  const places = (item) => new Map(selects(item).map((select) => [select, select.dataset.was || '']));
  const swapPlaces = (changed, before) => {
    const others = [...before.keys()].filter((field) => field !== changed);
    others.forEach((field) => { field.value = before.get(field); });
    const moved = others.find((field) => changed.value && field.value === changed.value);
    if (!moved) return;
    const taken = [...before.keys()].map((field) => field !== moved && field.value);
    const left = taken.map((_, at) => String(at + 1)).filter((number) => !taken.includes(number));
    moved.value = before.get(changed) || (left.length === 1 ? left[0] : '');
  };
  return {
    // A half-numbered order keeps its gaps as null.
    read: (item) => {
      const placed = selects(item).map(() => null);
      selects(item).forEach((select) => { if (select.value) placed[select.value - 1] = select.dataset.part; });
      return placed.some(Boolean) ? placed : null;
    },
    fill: (item, response) => {
      selects(item).forEach((select) => { select.value = String(list(response).indexOf(select.dataset.part) + 1 || ''); });
      settle(item);
    },
    isWhole: (item, response) => list(response).filter(Boolean).length >= selects(item).length,
    watch: (item) => {
      let field = null, before;
      item.addEventListener('focusin', () => { field = null; settle(item); });
      return (changed) => {
        if (field !== changed) { field = changed; before = places(item); }
        swapPlaces(field, before);
        settle(item);
      };
    },
  };
});
