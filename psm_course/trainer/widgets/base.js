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

/**
 * A word for anywidget. `draw(state, tools)` returns what is to be seen, a node or several. Tools:
 * `change({…})` lays changes over the state; `say('…')` tells a screen reader; `ask({…})` asks the kernel (`Live.answer`), whose reply
 * lies over the state; `state()` is what both say now; `moveTo(key)` puts the focus on what has that key; `every(seconds, act)` while the word is on the page;
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
    el.append(body, said);
    model.on('change:state change:reply', show);
    show();
    return () => { model.off('change:state change:reply', show); timers.forEach(clearInterval); };
  },
});
