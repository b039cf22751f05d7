// What the words' scripts share. A word draws its state; whatever changes the state, here or in the kernel, draws it anew.

/**
 * An element with its attributes (a function listens to the event of that name) and what stands in it.
 * @param {string} name @param {Record<string, any>} [attributes] @param {...(Node|string|null|undefined|false|(Node|string|null|false)[])} children
 */
export const element = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

/** A button. `key` is its name within the word: who pressed it stays on it when the word is drawn anew. */
export const button = (key, text, press, attributes = {}) => element('button', {type: 'button', 'data-key': key, click: press, ...attributes}, text);

/** HTML of the word's own, made by the kernel from our templates. */
export const html = (text, attributes = {}) => {
  const node = element('div', attributes);
  node.innerHTML = text;
  return node;
};

// JupyterLab binds the keys of a notebook to whatever has the focus in it, unless that element says this itself (see `shown.py`).
const keepKeys = (body) => body.querySelectorAll('a, button, input, select, summary, textarea, [tabindex]')
  .forEach((node) => node.setAttribute('data-lm-suppress-shortcuts', 'true'));

/** What takes the focus after drawing: where it was, by its key, unless the word moves it. */
const keyOfFocus = (body) => {
  const here = body.ownerDocument.activeElement;
  return body.contains(here) ? here.dataset.key : undefined;
};

const focusOn = (body, key) => {
  const there = key && body.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);
  if (there) there.focus({preventScroll: true});
};

/** A choice as the hall calls it. */
export const letter = (at) => String.fromCharCode(65 + at);

/** How many hands, and their share of all. */
const share = (count, all) => (all ? `${count} (${Math.round((100 * count) / all)} %)` : String(count));

/**
 * Hands counted for each choice {id, html}, tapped or typed, with bars that grow. Made once, so that nothing moves under the hand.
 * `read()` gives the counts by id, `write(counts)` keeps them; with `take(id)` each choice can be taken for the room.
 */
export const tally = ({keep, say}, name, choices, read, write, take) => {
  const count = (id, to) => write({...read(), [id]: Math.max(0, Math.min(9999, Math.round(to) || 0))});
  const made = keep(name, () => element('div', {class: 'tally'}, choices.map(({id, html: text}, at) => {
    const add = (more) => () => { count(id, (read()[id] || 0) + more); say(`${letter(at)}: ${read()[id]}`); };
    const typed = element('input', {type: 'number', min: 0, max: 9999, inputmode: 'numeric', 'aria-label': `Banyaknya tangan untuk ${letter(at)}`, 'data-key': `${name} ${id}`, input: () => count(id, typed.value)});
    return element('div', {class: 'row', 'data-of': id},
      element('span', {class: 'letter', 'aria-hidden': 'true'}, letter(at)),
      html(text, {class: 'text'}),
      element('span', {class: 'bar', 'aria-hidden': 'true'}, element('span', {class: 'filled'})),
      element('strong', {class: 'share'}),
      element('span', {class: 'hands'},
        button(`less ${id}`, '−', add(-1), {'aria-label': `Kurangi satu untuk ${letter(at)}`}), typed,
        button(`more ${id}`, '+1', add(1), {'aria-label': `+1: tambah satu untuk ${letter(at)}`}),
        take && button(`take ${id}`, `Pilih ${letter(at)}`, () => take(id), {class: 'take'})));
  })));
  const counts = read(), all = choices.reduce((sum, {id}) => sum + (counts[id] || 0), 0), most = Math.max(1, ...choices.map(({id}) => counts[id] || 0));
  made.querySelectorAll('.row').forEach((row) => {
    const mine = counts[row.dataset.of] || 0, typed = row.querySelector('input');
    row.querySelector('.filled').style.width = `${(100 * mine) / most}%`;
    row.querySelector('.share').textContent = share(mine, all);
    row.classList.toggle('leads', mine === most && all > 0);
    if (typed.ownerDocument.activeElement !== typed) typed.value = mine;
  });
  return made;
};

/**
 * A word for anywidget. `draw(state, tools)` returns what is to be seen, a node or several. Tools:
 * `change({…})` lays changes over the state; `say('…')` tells a screen reader; `ask({…})` asks the kernel (`Live.answer`), whose reply
 * lies over the state; `state()` is what both say now; `moveTo(key)`, before a change, puts the focus on what then has that key; `every(seconds, act)` while the word is on the page;
 * `keep(name, make)` makes something once, for what must not be drawn anew under somebody's hand.
 */
export const word = (draw) => ({
  render({model, el}) {
    const body = element('div', {class: 'word'});
    const said = element('p', {class: 'unseen', role: 'status', 'aria-live': 'polite'});
    const kept = {}, timers = [];
    let next;
    const now = () => ({...model.get('state'), ...model.get('reply')});
    const tools = {
      change: (changes) => { model.set('state', {...model.get('state'), ...changes}); model.save_changes(); },
      say: (text) => { said.textContent = text; },
      ask: (question) => model.send(question),
      moveTo: (key) => { next = key; },
      every: (seconds, act) => kept[`every ${seconds}`] || (kept[`every ${seconds}`] = timers.push(setInterval(act, seconds * 1000))),
      keep: (name, make) => kept[name] || (kept[name] = make()),
      state: now,
    };
    const show = () => {
      const state = now(), before = keyOfFocus(body);
      const trouble = state.trouble && element('p', {class: 'notice', role: 'alert'}, state.trouble);
      const drawn = [draw(state, tools), trouble].flat().filter(Boolean);
      if (drawn.length !== body.childNodes.length || drawn.some((node, at) => node !== body.childNodes[at])) body.replaceChildren(...drawn);
      keepKeys(body);
      if (before !== undefined || next) focusOn(body, next || before);
      next = undefined;
    };
    el.classList.add('psm-shown');
    el.append(element('style', {}, model.get('css')), body, said);
    // The clicker in the trainer's hand sends these keys.
    el.addEventListener('keydown', (event) => {
      const pressed = body.querySelector(`[data-clicker="${event.key}"]:not([disabled])`);
      if (pressed) { event.preventDefault(); pressed.click(); }
    });
    model.on('change:state change:reply', show);
    show();
    return () => { model.off('change:state change:reply', show); timers.forEach(clearInterval); };
  },
});
