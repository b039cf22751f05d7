/** What the laptop shows beside the notebook: the time, where we are, the notes of this step, what comes next. */

const TICK = 1000;

export class Panel {
  /** @param {{forward: Function, back: Function, wall: Function, darken: Function, open: (path: string) => void}} deeds */
  constructor(node, lessons, deeds) {
    this.lessons = lessons;
    this.begun = new Map();
    node.classList.add('psm-panel');
    // Its keys are its own: an arrow in the list of lessons moves no cell.
    node.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.chosen = made('select', '', lessons.map(lesson => Object.assign(made('option', numbered(lesson)), { value: lesson.path })));
    this.chosen.setAttribute('aria-label', 'Pelajaran');
    this.chosen.addEventListener('change', () => deeds.open(this.chosen.value));
    this.clock = made('p', '');
    this.clock.className = 'psm-clock';
    this.minutes = made('p', '');
    this.timed = made('div', '', [this.clock, this.minutes]);
    this.waiting = made('p', 'Pelajaran sedang disiapkan. Tunggu sampai kalimat ini hilang.');
    this.waiting.className = 'psm-waiting';
    this.waiting.setAttribute('role', 'status');
    this.place = made('h2', '');
    this.now = made('p', '');
    this.now.className = 'psm-now';
    this.notes = made('div', '');
    this.notes.className = 'psm-notes';
    this.notesTitle = made('h2', 'Catatan langkah ini');
    this.next = made('p', '');
    this.ahead = made('div', '');
    this.ahead.className = 'psm-notes';
    // What is said before a picture is on the wall has to be read before that.
    this.readAhead = made('details', '', [made('summary', 'Catatan langkah itu, sebelum ia tampil'), this.ahead]);
    this.following = made('div', '', [made('h2', 'Sesudah ini'), this.next, this.readAhead]);
    // Until a lesson is there, nothing is said of any.
    this.following.hidden = this.notesTitle.hidden = true;
    this.chosen.selectedIndex = -1;
    const wall = button('Buka layar proyektor', deeds.wall);
    wall.className = 'psm-main';
    node.append(
      this.timed,
      row([wall]),
      row([button('◀ Mundur', deeds.back), button('Maju ▶', deeds.forward)]),
      row([button('Gelapkan layar', deeds.darken)]),
      this.waiting,
      this.place, this.now,
      this.following,
      this.notesTitle, this.notes,
      made('h2', 'Pelajaran'), this.chosen,
    );
    setInterval(() => this.tick(), TICK);
  }

  /**
   * @param {{path: string, minutes: number, quiet: boolean}} lesson
   * @param {import('./steps.js').Step[]} steps
   * @param {boolean} isReady whether all its cells have run
   * @param {boolean} moved whether the trainer came from another step
   */
  show(lesson, steps, at, isReady, moved) {
    this.lesson = lesson;
    this.waiting.hidden = isReady;
    if (!this.begun.has(lesson.path)) this.begun.set(lesson.path, Date.now());
    this.chosen.value = lesson.path;
    this.place.textContent = `Langkah ${at + 1} dari ${steps.length}`;
    this.now.textContent = steps[at].title;
    this.next.textContent = at + 1 < steps.length ? steps[at + 1].title : this.after(lesson.path);
    this.following.hidden = false;
    if (moved) this.readAhead.open = false;
    this.note(steps, at);
    this.tick();
  }

  /** The notes of a step and of the next one, as they stand in the notebook by now: JupyterLab draws them some time after it has opened it. */
  note(steps, at) {
    this.notesTitle.hidden = this.notes.hidden = !copyNotes(this.notes, steps[at]);
    this.readAhead.hidden = !copyNotes(this.ahead, steps[at + 1]);
  }

  after(path) {
    const following = this.lessonAfter(path);
    return following ? `Pelajaran ini selesai. Berikutnya: ${following.title}` : 'Ini langkah terakhir.';
  }

  lessonAfter(path) {
    return this.lessons[this.lessons.findIndex(lesson => lesson.path === path) + 1];
  }

  tick() {
    this.timed.hidden = !this.lesson || this.lesson.quiet; // some modules are taught without a clock
    if (this.timed.hidden) return;
    const now = new Date();
    this.clock.textContent = [now.getHours(), now.getMinutes()].map(each => String(each).padStart(2, '0')).join('.');
    const spent = Math.floor((now - this.begun.get(this.lesson.path)) / 60000);
    const { minutes } = this.lesson;
    const over = spent - minutes;
    this.minutes.textContent = over > 0 ? `Lewat ${over} menit dari ${minutes} menit` : `Menit ke-${spent + 1} dari ${minutes}`;
  }
}

/** Put a step's notes into `place`, where they are others than it has. @returns {boolean} Whether there are any. */
function copyNotes(place, step) {
  const notes = (step?.notes || []).flatMap(cell => [...cell.node.querySelectorAll('.jp-MarkdownOutput')]);
  const shown = made('div', '', notes.map(node => node.cloneNode(true)));
  if (shown.innerHTML !== place.innerHTML) place.replaceChildren(...shown.childNodes);
  return notes.length > 0;
}

/** A lesson's title, with the numbers of its module and of itself where its path has them. */
function numbered({ path, title }) {
  const found = /\/0*(\d+)-[^/]*\/0*(\d+)-[^/]*$/.exec(path);
  return found ? `${found[1]}.${found[2]} ${title}` : title;
}

function made(name, text, children = []) {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  node.append(...children);
  return node;
}

function row(children) {
  const node = made('div', '', children);
  node.className = 'psm-row';
  return node;
}

function button(text, pressed) {
  const node = made('button', text);
  node.type = 'button';
  node.addEventListener('click', pressed);
  return node;
}
