// Each left side opens the right sides under it, written out; the one that is tapped stands beside it from then on.
import {element, every, must, refill} from '../../site/scripts/core/start.js';

/** @param {HTMLElement} item */
const lefts = (item) => every('.joined', item);

/** @param {HTMLElement} left @param {string} [joined] the right side beside it from now on */
const join = (left, joined = '') => {
  const rights = every('button', left, HTMLButtonElement), beside = rights.find(({value}) => value === joined);
  left.dataset.joined = joined;
  rights.forEach((right) => right.setAttribute('aria-pressed', String(right === beside)));
  refill(must('.said', left), ...(beside ? beside.cloneNode(true).childNodes : []));
};

/** @type {(item: HTMLElement, left: HTMLElement) => void} */
const setUp = (item, left) => {
  const summary = element('summary', {class: 'act'}, element('span', {}, element('strong', {}, ...left.childNodes), element('span', {class: 'said'})));
  const opens = element('details', {}, summary, element('div', {class: 'rights'}, ...every('.paper li', item).map((right) => {
    const name = right.dataset.choice || '';
    const choose = () => {
      join(left, left.dataset.joined === name ? '' : name);
      opens.open = false;
      left.dispatchEvent(new Event('change', {bubbles: true}));
      summary.focus(); // lays the page out: once, after all that changes
    };
    return element('button', {type: 'button', class: 'act', value: name, click: choose}, ...right.cloneNode(true).childNodes);
  })));
  left.append(opens);
};

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => Object.assign({}, ...lefts(item).map(({dataset: {left = '', joined}}) => (joined ? {[left]: joined} : {}))),
  fill: (item, response) => lefts(item).forEach((left) => join(left, (response || {})[left.dataset.left || ''])),
  isWhole: (item, response) => Object.keys(response).length >= lefts(item).length,
  watch: (item) => {
    lefts(item).forEach((left) => setUp(item, left));
    must('.paper', item).hidden = true;
  },
};
