/**
 * The steps of an open notebook, by what `psm trainer` wrote into the cells of its copy.
 *
 * @typedef {{title: string, cells: any[], notes: any[], apart: any[]}} Step `cells` are shown to the room, `notes` are the trainer's,
 * `apart` neither: what prepares a lesson, and what is worked on the phone.
 */

/** @returns {Step[]} The steps in order; a cell that the trainer added belongs to the step above it. */
export function stepsOf(notebook) {
  const steps = [];
  for (const cell of notebook.widgets) {
    const { step } = about(cell);
    if (step !== undefined || !steps.length) steps.push({ title: step || '', cells: [], notes: [], apart: [] });
    const last = steps[steps.length - 1];
    const tags = cell.model.getMetadata('tags') || [];
    if (tags.includes('trainer') && !tags.includes('layar')) last.notes.push(cell);
    else if (tags.includes('remove-cell') || tags.includes('ponsel')) last.apart.push(cell);
    else last.cells.push(cell);
  }
  return steps;
}

/** Which step the chosen cell is in. */
export function stepAt(steps, cell) {
  return Math.max(0, steps.findIndex(({ cells, notes, apart }) => [cells, notes, apart].some(some => some.includes(cell))));
}

/** What the copy says of a cell. */
export function about(cell) {
  return cell.model.getMetadata('psm') || {};
}

/** The nodes of a step that the room sees: text, and what code showed, never the code. */
export function shownOf(cells) {
  return cells.flatMap(cell => {
    if (about(cell).phone) return onThePhone(cell);
    const nodes = [...cell.node.querySelectorAll('.jp-MarkdownOutput, .jp-OutputArea-output')];
    // Written once: whatever is written is a change, and every change is drawn.
    if (about(cell).lead) nodes.filter(node => !node.classList.contains('psm-lead')).forEach(node => node.classList.add('psm-lead'));
    return nodes;
  });
}

/** A practice quiz that the trainer plays with the room: of the one for the phone the room sees its name. */
function onThePhone(cell) {
  const title = cell.node.querySelector('.quiz-title');
  if (!title) return [];
  const line = document.createElement('p');
  line.className = 'psm-phone';
  line.textContent = `Juga di ponsel: ${title.textContent}`;
  return [line];
}
