// Between the form of an item and its response: the widget of its type says how (psm_course/items/*/widget.js).
import {widgets} from './kinds.js';

/** @typedef {import('./kinds.js').Response} Response */

/** @param {HTMLElement} item */
const of = (item) => widgets[item.dataset.type || ''];
/** @param {Response} response what is empty counts as not answered; the keys of a text are its letters */
const orNull = (response) => (Object.keys(response || '').length ? response : null);

export const responses = {
  /** @type {(item: HTMLElement) => Response} */
  read: (item) => orNull(of(item).read(item)),
  /** @type {(item: HTMLElement, response: Response) => void} */
  fill: (item, response) => of(item).fill(item, response),
  /** @type {(item: HTMLElement, response: Response) => boolean} */
  isWhole: (item, response) => {
    const {isWhole} = of(item);
    return Boolean(response && (!isWhole || isWhole(item, response)));
  },

  /**
   * Calls `changed(response)` after every change by the person.
   * @type {(item: HTMLElement, changed: (response: Response) => void) => void}
   */
  watch: (item, changed) => {
    const {watch} = of(item), settle = watch && watch(item);
    /** @param {any} event */
    const tell = ({target}) => { if (settle) settle(target); changed(responses.read(item)); };
    item.addEventListener('change', tell);
    item.addEventListener('input', (/** @type {any} */ event) => { if (event.target.type === 'text') tell(event); });
  },
};
