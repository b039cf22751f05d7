// Between the form of an item and its response, as design section 5 writes responses. `null`: not answered.
(() => {
  const inputs = (item, what) => [...item.querySelectorAll(what)];
  const list = (response) => (Array.isArray(response) ? response : []); // an older version of the item may have been of another type
  const checked = (item) => inputs(item, 'input:checked').map((input) => input.value);

  const one = {
    read: (item) => checked(item)[0] || null,
    fill: (item, response) => inputs(item, 'input').forEach((input) => { input.checked = input.value === response; }),
  };
  const written = {
    read: (item) => item.querySelector('input').value.trim() || null,
    fill: (item, response) => { item.querySelector('input').value = typeof response === 'string' ? response : ''; },
  };

  const forms = {
    choice: one,
    rating: one,
    number: written,
    text: written,
    choices: {
      read: (item) => { const ticked = checked(item); return ticked.length ? ticked : null; },
      fill: (item, response) => inputs(item, 'input').forEach((input) => { input.checked = list(response).includes(input.value); }),
    },
    // A half-numbered order keeps its gaps as null; `forHandIn` drops them.
    order: {
      read: (item) => {
        const placed = inputs(item, 'select').map(() => null);
        inputs(item, 'select').forEach((select) => { if (select.value) placed[select.value - 1] = select.dataset.part; });
        return placed.some(Boolean) ? placed : null;
      },
      fill: (item, response) => {
        inputs(item, 'select').forEach((select) => { select.value = String(list(response).indexOf(select.dataset.part) + 1 || ''); });
        settle(item);
      },
    },
    match: {
      read: (item) => {
        const joined = {};
        inputs(item, 'select').forEach((select) => { if (select.value) joined[select.dataset.left] = select.value; });
        return Object.keys(joined).length ? joined : null;
      },
      fill: (item, response) => inputs(item, 'select').forEach((select) => { select.value = (response || {})[select.dataset.left] || ''; }),
    },
    // Only in tests: all steps stand in the page, and the path follows what was ticked. Practice plays cases step by step.
    case: {
      read: (item) => {
        const path = [];
        let step = item.querySelector('.step');
        while (step) {
          const ticked = step.querySelector('input:checked');
          if (!ticked) break;
          path.push(ticked.value);
          step = ticked.dataset.next === 'end' ? null : item.querySelector(`.step[data-step="${ticked.dataset.next}"]`);
        }
        return path.length ? path : null;
      },
      fill: (item, response) => inputs(item, 'input').forEach((input) => { input.checked = list(response).includes(input.value); }),
    },
  };

  const form = (item) => forms[item.dataset.type];

  // A number given twice in an order: the part that had it moves to the freed place. Whoever looks for a number with the arrow
  // keys passes others, so every change counts from the places as they were when the person came to this field.
  const settle = (item) => inputs(item, 'select').forEach((select) => { select.dataset.was = select.value; });
  const places = (item) => new Map(inputs(item, 'select').map((select) => [select, select.dataset.was || '']));
  const swapPlaces = (changed, before) => {
    const others = [...before.keys()].filter((field) => field !== changed);
    others.forEach((field) => { field.value = before.get(field); });
    const moved = others.find((field) => changed.value && field.value === changed.value);
    if (!moved) return;
    const left = [...before.keys()].map((_, at) => String(at + 1))
      .filter((number) => number !== changed.value && !others.some((field) => field !== moved && field.value === number));
    moved.value = before.get(changed) || (left.length === 1 ? left[0] : '');
  };

  PSM.responses = {
    read: (item) => form(item).read(item),
    fill: (item, response) => form(item).fill(item, response),
    forHandIn: (response) => (Array.isArray(response) ? response.filter((part) => part !== null) : response),
    isWhole: (item, response) => response !== null && response !== undefined
      && !(item.dataset.type === 'order' && list(response).filter(Boolean).length < inputs(item, 'select').length)
      && !(item.dataset.type === 'match' && Object.keys(response).length < inputs(item, 'select').length),

    // Calls `changed(response)` after every change by the person.
    watch: (item, changed) => {
      let field = null, before;
      item.addEventListener('focusin', () => { field = null; settle(item); });
      const tell = (event) => {
        if (item.dataset.type === 'order') {
          if (field !== event.target) { field = event.target; before = places(item); }
          swapPlaces(field, before);
          settle(item);
        }
        changed(form(item).read(item));
      };
      item.addEventListener('change', tell);
      item.addEventListener('input', (event) => { if (event.target.type === 'text') tell(event); });
    },
  };
})();
