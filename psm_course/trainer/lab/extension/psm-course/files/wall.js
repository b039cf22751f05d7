/**
 * The wall: a second window for the projector that shows what the room may see of the step that the trainer is at.
 * It is a picture of what stands in the notebook; everything is worked on the laptop.
 */
const SETTLED = 40; // ms in which what changes together is drawn once
const NOT_FOR_THE_ROOM = '.jp-InternalAnchorLink, .jp-OutputPrompt, script';
const SCROLLED = 0.85; // of the window's height, so that the last line is seen again
const [HALF_WIDE, HALF_HIGH] = [24, 24]; // rem: half a drawing at most
const MARGIN = 16; // px above what a screen begins with
const BLOCKS = 'h1, h2, h3, figcaption, p, li, table, tr, img, svg, .line, .option'; // what a screen does not begin in the middle of
// Sizes of letters, by the usual one, largest first. Text alone may grow, hands and groups too; what else is worked on keeps its size
// unless it would not fit.
const SMALLER = [1, 0.94, 0.88];
const LARGER = [1.55, 1.4, 1.3, 1.15];
const TALL = 1.15; // height by width from which on a drawing is shown as wide as it can be read, and scrolled

export class Wall {
  constructor(address, pressed) {
    this.address = address;
    this.pressed = pressed;
    this.nodes = null; // until a lesson is there
    this.first = 0; // the place among the blocks of the one that the screen begins with
    this.added = 0; // px below the step, so that its last screen begins with something whole
    this.window = null;
    addEventListener('message', event => event.data === 'psm-layar' && event.origin === location.origin && this.attend(event.source));
  }

  get isOpen() {
    return Boolean(this.window && !this.window.closed);
  }

  /** Open the window, or bring it forward. */
  open() {
    if (this.isOpen) this.window.focus();
    else this.window = window.open(this.address, 'psm-layar', 'popup,width=1280,height=800');
  }

  /** The wall says again and again that it is there (`layar.js`): so it is found whichever of the two pages was loaded anew. */
  attend(window) {
    const { document } = window;
    if (document.onkeydown === this.pressed && document.getElementById('langkah')?.childElementCount) return;
    document.onkeydown = this.pressed;
    this.window = window;
    this.draw();
  }

  /** Show these nodes from the top. */
  show(nodes) {
    this.nodes = nodes;
    this.first = 0;
    if (this.isOpen) this.add(-this.added);
    this.draw();
    if (this.isOpen) this.window.scrollTo(0, 0);
  }

  /** Draw again soon: something in the notebook changed. */
  changed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.draw(), SETTLED);
  }

  draw() {
    const place = this.isOpen && this.window.document.getElementById('langkah');
    if (!place || !this.nodes) return;
    const picture = document.createElement('div');
    picture.append(...this.nodes.map(pictureOf));
    if (picture.innerHTML === this.drawn && place.childElementCount) {
      copyState(picture, place);
      return;
    }
    this.drawn = picture.innerHTML;
    place.replaceChildren(...[...picture.childNodes].map(node => place.ownerDocument.importNode(node, true)));
    copyState(picture, place);
    this.fit();
    this.window.onresize = () => this.resized();
    for (const image of place.querySelectorAll('img')) image.onload = () => this.fit();
  }

  /** The largest letters with which the step is seen in one go; where none are small enough the usual ones, for a table the smallest. */
  fit() {
    const { innerHeight, scrollY, document: shown } = this.window;
    const before = shown.documentElement.scrollHeight;
    const isWorkedOn = shown.querySelector('#langkah :is(.psm-shown:not(:has(> .help, .poll, .grouped)), img, svg, table)');
    const fits = size => {
      shown.documentElement.style.setProperty('--size', size);
      return shown.documentElement.scrollHeight - this.added <= innerHeight;
    };
    if (!(isWorkedOn ? SMALLER : LARGER.concat(SMALLER)).some(fits)) fits(shown.querySelector('#langkah table') ? SMALLER.at(-1) : 1);
    // Sizes that were tried made the page shorter for a moment: what the room was looking at stays where it was.
    if (scrollY) this.window.scrollTo(0, (scrollY * shown.documentElement.scrollHeight) / before);
  }

  /** The window has another size, as when the projector is plugged in late: what the screen began with stays at its top. */
  resized() {
    this.fit();
    if (!this.window.scrollY) return;
    const first = this.boxes()[this.first];
    if (!first) return;
    const { innerHeight, scrollY, document: shown } = this.window;
    const down = first.top - (this.headAbove(first) || MARGIN);
    const left = shown.documentElement.scrollHeight - innerHeight - scrollY;
    if (down > left) this.add(down - left);
    this.window.scrollBy(0, down);
  }

  boxes() {
    return [...this.window.document.querySelectorAll(BLOCKS)].map(each => each.getBoundingClientRect());
  }

  /** Darken the wall, or light it again. */
  darken() {
    if (this.isOpen) this.window.document.documentElement.classList.toggle('gelap');
  }

  /** Scroll one screen (`by` 1 or -1). @returns {boolean} Whether there was anything left to see. */
  scroll(by) {
    if (!this.isOpen) return false;
    const { scrollY, innerHeight, document: shown } = this.window;
    const left = by > 0 ? shown.documentElement.scrollHeight - innerHeight - scrollY : scrollY;
    if (left < 8) return false;
    const down = by > 0 ? this.below(left) : -innerHeight * SCROLLED;
    if (by > 0 && down > left) this.add(down - left);
    this.window.scrollBy(0, down);
    this.first = Math.max(0, this.boxes().findIndex(({ top, height }) => height && top >= 0));
    return true;
  }

  /** More, or less, room below the step. */
  add(height) {
    this.added += height;
    this.window.document.body.style.paddingBottom = `${this.added}px`;
  }

  /** The height of the head that stays above the rows of a table of which `row` is one. */
  headAbove(row) {
    const tables = [...this.window.document.querySelectorAll('table:has(thead)')].map(each => [each, each.getBoundingClientRect()]);
    const around = tables.find(([, { top, bottom }]) => top < row.top && row.bottom <= bottom + 1);
    return around ? around[0].tHead.getBoundingClientRect().height : 0;
  }

  /** How far down the first thing begins that is not seen whole; where only `left` is to be seen, the first thing that is whole there. */
  below(left) {
    const { innerHeight } = this.window;
    const boxes = this.boxes();
    const cut = boxes.find(({ top, bottom }) => bottom > innerHeight && top > innerHeight / 4);
    const isTall = boxes.some(({ top, bottom, height }) => top <= innerHeight / 4 && bottom > innerHeight && height > innerHeight);
    if (!cut) return Math.min(innerHeight * SCROLLED, left);
    const startOf = box => box.top - (this.headAbove(box) || MARGIN);
    const down = Math.min(startOf(cut), isTall ? innerHeight : Infinity);
    return down > left ? Math.min(down, ...boxes.map(startOf).filter(start => start >= left)) : down;
  }
}

/** A copy of a node without what is not for the room. What people ticked and typed goes with it as attributes of our own. */
function pictureOf(node) {
  const picture = node.cloneNode(true);
  const [live, still] = [node, picture].map(each => [...each.querySelectorAll('input, select, textarea')]);
  live.forEach((field, at) => still[at].setAttribute('data-state', JSON.stringify([field.checked, field.value])));
  const [drawn, drawings] = [node, picture].map(each => [...each.querySelectorAll('img')]);
  drawings.forEach((each, at) => dress(each, drawn[at], [...drawn[at].parentNode.children]));
  picture.querySelectorAll(NOT_FOR_THE_ROOM).forEach(each => each.remove());
  return picture;
}

/** A drawing as wide as it can be read; of two that stand side by side, halves of one, both as wide as the taller one may be. */
function dress(drawing, { naturalWidth, naturalHeight }, together) {
  if (together.length === 2 && together.every(each => each.matches('img'))) {
    const narrowest = Math.min(...together.map(each => each.naturalWidth / each.naturalHeight || 1));
    drawing.style.width = `${Math.min(HALF_WIDE, HALF_HIGH * narrowest)}rem`;
  } else {
    drawing.classList.toggle('tall', naturalHeight > TALL * naturalWidth);
  }
}

function copyState(picture, place) {
  const [told, shown] = [picture, place].map(each => [...each.querySelectorAll('[data-state]')]);
  told.forEach((field, at) => {
    const [checked, value] = JSON.parse(field.getAttribute('data-state'));
    Object.assign(shown[at], { checked, value });
  });
}
