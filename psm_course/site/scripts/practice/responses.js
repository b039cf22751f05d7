// Between the form of an item and its response, as design section 5 writes responses. `null`: not answered. The scripts of each type
// (psm_course/items/*/) say how: PSM.item(type, (tools) => ({read, fill, …})), and for practice {mark, first, …}.
(() => {
  PSM.items = {};
  PSM.item = (type, made) => { PSM.items[type] = Object.assign(PSM.items[type] || {}, made(PSM.tools)); };

  const inputs = (item, what) => [...item.querySelectorAll(what)];
  const selects = (item) => inputs(item, 'select');
  const list = (response) => (Array.isArray(response) ? response : []); // an older version of the item may have been of another type

  // What several types have in common: a choice of one, and a written line.
  const ticked = (item) => inputs(item, 'input:checked').map((input) => input.value);
  const tick = (item, values) => inputs(item, 'input').forEach((input) => { input.checked = values.includes(input.value); });
  PSM.tools = {
    list, selects, ticked, tick,
    one: {
      read: (item) => ticked(item)[0] || null,
      fill: (item, response) => tick(item, [response]),
    },
    written: {
      read: (item) => item.querySelector('input').value.trim() || null,
      fill: (item, response) => { item.querySelector('input').value = typeof response === 'string' ? response : ''; },
    },
  };

  const of = (item) => PSM.items[item.dataset.type];
  PSM.responses = {
    read: (item) => of(item).read(item),
    fill: (item, response) => of(item).fill(item, response),
    isWhole: (item, response) => response && (!of(item).isWhole || of(item).isWhole(item, response)),

    // Calls `changed(response)` after every change by the person.
    watch: (item, changed) => {
      const {watch, read} = of(item), settle = watch && watch(item);
      const tell = (event) => { if (settle) settle(event.target); changed(read(item)); };
      item.addEventListener('change', tell);
      item.addEventListener('input', (event) => { if (event.target.type === 'text') tell(event); });
    },
  };
})();
