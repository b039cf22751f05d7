// The fields of an item's form, for the widgets of item types and for who lays out items.

/**
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => Kind} [_kind] which elements these are, where that matters
 * @returns {Kind[]}
 */
export const parts = (within, selector, _kind) => [.../** @type {NodeListOf<Kind>} */ (within.querySelectorAll(selector))];
/**
 * The first of these, which the template is sure to have written there.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => Kind} [_kind]
 * @returns {Kind}
 */
export const part = (within, selector, _kind) => /** @type {Kind} */ (within.querySelector(selector));

/**
 * An older version of the item may have been of another type.
 * @type {(response: unknown) => any[]}
 */
export const list = (response) => (Array.isArray(response) ? response : []);

/** @param {HTMLElement} item */
export const ticked = (item) => parts(item, 'input:checked', HTMLInputElement).map((input) => input.value);
/** @param {HTMLElement} item @param {string[]} values */
export const tick = (item, values) => parts(item, 'input', HTMLInputElement).forEach((input) => { input.checked = values.includes(input.value); });

/**
 * A choice of one.
 * @type {import('./kinds.js').Widget}
 */
export const one = {
  read: (item) => ticked(item)[0] || null,
  fill: (item, response) => tick(item, [response]),
};

/**
 * A written line.
 * @type {import('./kinds.js').Widget}
 */
export const written = {
  read: (item) => part(item, 'input', HTMLInputElement).value.trim() || null,
  fill: (item, response) => { part(item, 'input', HTMLInputElement).value = typeof response === 'string' ? response : ''; },
};

/**
 * Do this once the screen shows what a tap changed: what nobody sees makes the tap no slower.
 * @param {() => unknown} run
 */
export const afterPaint = (run) => { requestAnimationFrame(() => setTimeout(run)); };
