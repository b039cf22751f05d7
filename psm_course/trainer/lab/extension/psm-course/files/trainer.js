/** The plugin: runs a lesson when it is opened, and moves wall and panel to the step that the trainer is at. */
import { Panel } from './panel.js';
import { about, stepAt, stepsOf, shownOf } from './steps.js';
import { Wall } from './wall.js';

const FORWARD = ['PageDown', 'ArrowRight', 'ArrowDown', ' '];
const BACK = ['PageUp', 'ArrowLeft', 'ArrowUp'];
const DARKEN = ['b', 'B', '.'];
// On the laptop itself only what a clicker sends: the arrows are the notebook's.
const CLICKER = ['PageDown', 'PageUp'];
const WIDE = '350px'; // of the panel: notes are read at a glance
// Where the trainer was, for the page that is loaded anew.
const PLACE = 'psm-langkah';

/** @param modules what JupyterLab shares: coreutils, notebook, widgets. */
export function trainer({ coreutils, notebook, widgets }) {
  return {
    id: 'psm-course:trainer',
    autoStart: true,
    requires: [notebook.INotebookTracker],
    activate(app, tracker) {
      const session = new Session(app, tracker, notebook.NotebookActions);
      const lessons = JSON.parse(coreutils.PageConfig.getOption('psmLessons') || '[]');
      const side = new widgets.Widget();
      side.id = 'psm-panel';
      side.node.style.minWidth = WIDE; // before it is measured: a style sheet comes later
      side.title.label = 'Pelatih';
      session.panel = new Panel(side.node, lessons, session.deeds);
      loadStyle();
      app.shell.add(side, 'right', { rank: 1 });
      app.restored.then(() => {
        app.shell.collapseLeft();
        app.shell.activateById(side.id);
      });
    },
  };
}

class Session {
  constructor(app, tracker, actions) {
    this.tracker = tracker;
    this.actions = actions;
    this.at = 0;
    this.ready = new WeakSet(); // the notebooks of which every cell has run
    this.before = JSON.parse(sessionStorage.getItem(PLACE) || '{}');
    this.deeds = {
      forward: () => this.move(1),
      back: () => this.move(-1),
      wall: () => this.wall.open(),
      darken: () => this.wall.darken(),
      open: path => app.commands.execute('docmanager:open', { path }),
    };
    this.wall = new Wall(new URL('layar.html', import.meta.url).href, event => this.pressed(event, FORWARD.concat(BACK, DARKEN)));
    tracker.widgetAdded.connect((_, panel) => this.prepare(panel));
    tracker.currentChanged.connect(() => this.arrive());
    tracker.activeCellChanged.connect(() => this.arrive());
    document.addEventListener('keydown', event => this.wall.isOpen && this.pressed(event, CLICKER), true);
  }

  get book() {
    return this.tracker.currentWidget;
  }

  get lesson() {
    const { minutes = 0, quiet = false } = this.book.model?.getMetadata('psm') || {};
    return { path: this.book.context.path, minutes, quiet };
  }

  /** Run a lesson that was just opened, cell by cell, so that one that stops keeps no other from running. */
  async prepare(panel) {
    await panel.context.ready;
    await panel.revealed;
    // It is a copy that is thrown away: nobody is to be asked whether to save it.
    panel.context.model.dirty = false;
    panel.context.model.stateChanged.connect(model => {
      if (model.dirty) model.dirty = false;
    });
    this.watch(panel.content.node);
    this.return(panel);
    this.arrive();
    await panel.sessionContext.ready;
    for (const cell of panel.content.widgets.filter(each => each.model.type === 'code')) {
      await this.actions.runCells(panel.content, [cell], panel.sessionContext).catch(() => false);
    }
    this.ready.add(panel.content);
    this.arrive();
  }

  /** Choose the cell at which the trainer was before this page was loaded anew. */
  return({ content, context }) {
    const { path, cell } = this.before;
    const at = path === context.path ? content.widgets.findIndex(each => each.model.id === cell) : -1;
    if (at < 0) return;
    this.before = {};
    content.activeCellIndex = at;
    content.widgets[at].node.scrollIntoView({ block: 'start' });
  }

  /** Tell the wall of whatever changes in a notebook, what people tick and type included. */
  watch(node) {
    const changed = () => {
      this.look();
      this.wall.changed();
    };
    new MutationObserver(changed).observe(node, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const event of ['input', 'change', 'toggle']) node.addEventListener(event, changed, true);
  }

  /** A cell that is run has a new output, which belongs on the wall even if the chosen cell stays the same. */
  look() {
    if (!this.notebook?.model || this.notebook !== this.book?.content) return;
    const steps = stepsOf(this.notebook);
    if (!steps[this.at]) return;
    this.wall.nodes = shownOf(steps[this.at].cells);
    this.panel.note(steps, this.at);
  }

  /** Show the step of the chosen cell on the wall and in the panel. */
  arrive() {
    const notebook = this.book?.content;
    if (!notebook?.model || !notebook.widgets.length) return;
    const steps = stepsOf(notebook);
    const at = stepAt(steps, notebook.activeCell);
    const moved = at !== this.at || notebook !== this.notebook;
    [this.at, this.notebook] = [at, notebook];
    for (const cell of steps.flatMap(step => step.notes)) cell.node.classList.add('psm-note');
    for (const cell of steps.flatMap(step => step.cells).filter(each => about(each).phone)) cell.node.classList.add('psm-on-phone');
    const nodes = shownOf(steps[at].cells);
    if (moved) this.wall.show(nodes);
    else this.wall.nodes = nodes;
    this.wall.changed();
    this.panel.show(this.lesson, steps, at, this.ready.has(notebook), moved);
    sessionStorage.setItem(PLACE, JSON.stringify({ path: this.lesson.path, cell: notebook.activeCell?.model.id }));
  }

  /** One screen of the wall, then, by a key, what comes next in a word that is worked with the hall, then one step, then the next lesson. */
  move(by, isKey = false) {
    const notebook = this.book?.content;
    if (!notebook || this.wall.scroll(by)) return;
    const steps = stepsOf(notebook);
    if (isKey && pressWithin(steps[this.at], by)) return;
    const next = steps[this.at + by];
    if (next) {
      const cell = next.cells[0] || next.notes[0];
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
      cell.node.scrollIntoView({ block: 'start' });
      this.arrive();
    } else if (by > 0) {
      const following = this.panel.lessonAfter(this.lesson.path);
      if (following) this.deeds.open(following.path);
    }
  }

  pressed(event, keys) {
    if (!keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (DARKEN.includes(event.key)) this.wall.darken();
    else this.move(FORWARD.includes(event.key) ? 1 : -1, true);
  }
}

/** Press what a word of this step says a clicker presses in it (see `widgets/base.js`). @returns {boolean} Whether there is any. */
function pressWithin({ cells }, by) {
  const wanted = `[data-clicker="${by > 0 ? 'PageDown' : 'PageUp'}"]:not([disabled])`;
  const button = cells.map(cell => cell.node.querySelector(wanted)).find(Boolean);
  button?.click();
  return Boolean(button);
}

function loadStyle() {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href: new URL('panel.css', import.meta.url).href });
  document.head.append(link);
}
