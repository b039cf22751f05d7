// Only in tests: all steps stand in the page, and the path follows what was ticked. Practice plays a case step by step (play.js).
PSM.item('case', ({list, tick}) => ({
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
  fill: (item, response) => tick(item, list(response)),
}));
