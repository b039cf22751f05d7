// Where we are, the small tools that all other modules use, and the way to parts of the program that few pages need.

/** @typedef {string | number | boolean | null | undefined | ((event: any) => unknown)} Attribute */

const html = document.documentElement;
html.classList.add('js');

/** Relative address of the site's root, so that a sub-path and a folder work too. */
export const root = html.dataset.root || '';
export const page = html.dataset.page || '';

/**
 * A DOM element. Text is always text, never markup; `false` and `null` attributes are left out; functions listen to events.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute> | null} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const element = (tag, attributes, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
};

/**
 * A button that does something here.
 * @param {string | Node} words
 * @param {() => unknown} click
 * @param {string} [look]
 */
export const button = (words, click, look = 'plain') => element('button', {type: 'button', class: look, click}, words);

/**
 * Put these in the place of all that an element holds.
 * @param {Element} place
 * @param {...(Node | string)} children
 */
export const refill = (place, ...children) => {
  place.textContent = '';
  place.append(...children);
};

// The region stands empty in the page from the start, or nothing would be read.
const region = element('p', {class: 'unseen', role: 'status'});
document.body.append(region);

/**
 * Say something to a screen reader.
 * @param {string} text
 */
export const announce = (text) => {
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 50);
};

/**
 * The element that a page is sure to have.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @param {new () => Kind} [_kind] which element it is, where that matters
 * @returns {Kind}
 */
export const must = (selector, within = document, _kind) => /** @type {Kind} */ (within.querySelector(selector));

/**
 * All elements that a selector finds, in the order of the page.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @param {new () => Kind} [_kind] which elements these are, where that matters
 * @returns {Kind[]}
 */
export const every = (selector, within = document, _kind) => [.../** @type {NodeListOf<Kind>} */ (within.querySelectorAll(selector))];

/** @type {Map<string, any>} */
const parts = new Map();
/** @type {WeakMap<Element, Promise<any>>} */
const coming = new WeakMap();

/**
 * What a script that has come offers to the others; given back, for the module to export.
 * @template Offered
 * @param {keyof Parts} name
 * @param {Offered} offered
 */
export const provide = (name, offered) => { parts.set(name, offered); return offered; };

/**
 * What was provided under this name, where that script stands in the page.
 * @template {keyof Parts} Name
 * @param {Name} name
 * @returns {Parts[Name] | undefined}
 */
export const provided = (name) => parts.get(name);

/**
 * @param {HTMLTemplateElement} waits
 * @returns {Promise<Event>} rejected when it cannot be had now
 */
const comes = (waits) => new Promise((resolve, reject) => {
  const copy = document.importNode(waits.content, true);
  Object.assign(must('script', copy), {onload: resolve, onerror: reject});
  document.head.append(copy);
});

/**
 * A script that few pages need waits in a template, `data-<name>`; it is loaded once, and can be asked for again where it could not be had.
 * What it lies over (`data-after`) comes before it.
 * @template {keyof Parts} Name
 * @param {Name} name
 * @param {ParentNode} [within] where to look for the template
 * @returns {Promise<Parts[Name]>} what the script provides; rejected when it cannot be had now
 */
export const load = async (name, within = document) => {
  const waits = /** @type {HTMLTemplateElement} */ (within.querySelector(`template[data-${name}]`)), {after} = waits.dataset;
  if (!coming.has(waits)) {
    if (after) document.head.append(element('link', {rel: 'preload', as: 'script', href: /** @type {HTMLScriptElement} */ (must('script', waits.content)).src})); // meanwhile
    coming.set(waits, after ? load(/** @type {keyof Parts} */ (after)).then(() => comes(waits)) : comes(waits));
  }
  return /** @type {Promise<Event>} */ (coming.get(waits)).then(() => parts.get(name), (error) => { coming.delete(waits); throw error; });
};
