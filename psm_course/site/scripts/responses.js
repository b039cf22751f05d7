// Between the form of an item and its response, as design section 5 writes responses. `null`: not answered.
(() => {
  const inputs = (item, what) => [...item.querySelectorAll(what)];
  const checked = (item) => inputs(item, 'input:checked').map((input) => input.value);

  const one = {
    read: (item) => checked(item)[0] || null,
    fill: (item, response) => inputs(item, 'input').forEach((input) => { input.checked = input.value === response; }),
  };
  const written = {
    read: (item) => item.querySelector('input').value.trim() || null,
    fill: (item, response) => { item.querySelector('input').value = response || ''; },
  };

  const forms = {
    choice: one,
    rating: one,
    number: written,
    text: written,
    choices: {
      read: (item) => { const ticked = checked(item); return ticked.length ? ticked : null; },
      fill: (item, response) => inputs(item, 'input').forEach((input) => { input.checked = (response || []).includes(input.value); }),
    },
    // A half-numbered order keeps its gaps as null; `forHandIn` drops them.
    order: {
      read: (item) => {
        const placed = inputs(item, 'select').map(() => null);
        inputs(item, 'select').forEach((select) => { if (select.value) placed[select.value - 1] = select.dataset.part; });
        return placed.some(Boolean) ? placed : null;
      },
      fill: (item, response) => inputs(item, 'select').forEach((select) => {
        select.value = String((response || []).indexOf(select.dataset.part) + 1 || '');
      }),
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
      fill: (item, response) => inputs(item, 'input').forEach((input) => { input.checked = (response || []).includes(input.value); }),
    },
  };

  const form = (item) => forms[item.dataset.type];

  // A number given twice in an order moves the part that had it to the freed place.
  const swapPlaces = (item, changed, before) => {
    if (!changed.value) return;
    const other = inputs(item, 'select').find((select) => select !== changed && select.value === changed.value);
    if (other) other.value = before || '';
  };

  PSM.responses = {
    read: (item) => form(item).read(item),
    fill: (item, response) => form(item).fill(item, response),
    forHandIn: (response) => (Array.isArray(response) ? response.filter((part) => part !== null) : response),
    isWhole: (item, response) => response !== null && response !== undefined
      && !(item.dataset.type === 'order' && response.includes(null))
      && !(item.dataset.type === 'match' && Object.keys(response).length < inputs(item, 'select').length),

    // Calls `changed(response)` after every change by the person.
    watch: (item, changed) => {
      const before = new Map();
      item.addEventListener('focusin', (event) => before.set(event.target, event.target.value));
      const tell = (event) => {
        if (item.dataset.type === 'order') {
          swapPlaces(item, event.target, before.get(event.target));
          before.set(event.target, event.target.value);
        }
        changed(form(item).read(item));
      };
      item.addEventListener('change', tell);
      item.addEventListener('input', (event) => { if (event.target.type === 'text') tell(event); });
    },
  };
})();
