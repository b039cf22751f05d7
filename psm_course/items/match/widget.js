// Each left side opens the right sides under it, written out; the one that is tapped stands beside it from then on.
import {element, refill} from '../../site/scripts/core/start.js';
import {part, parts} from '../../site/scripts/practice/fields.js';

/** @param {HTMLElement} item */
const lefts = (item) => parts(item, '.joined');

/** @param {HTMLElement} item */
const show = (item) => lefts(item).forEach((left) => {
  refill(part(left, '.said'));
  parts(left, 'button', HTMLButtonElement).forEach((right) => {
    const isJoined = right.value === left.dataset.joined;
    right.setAttribute('aria-pressed', String(isJoined));
    if (isJoined) part(left, '.said').append(...right.cloneNode(true).childNodes);
  });
});

/** @type {(item: HTMLElement, left: HTMLElement) => void} */
const setUp = (item, left) => {
  const summary = element('summary', {class: 'act'}, element('span', {}, element('strong', {}, ...left.childNodes), element('span', {class: 'said'})));
  const opens = element('details', {}, summary, element('div', {class: 'rights'}, ...parts(item, '.paper li').map((right) => {
    const name = right.dataset.choice || '';
    const choose = () => {
      left.dataset.joined = left.dataset.joined === name ? '' : name;
      show(item);
      opens.open = false;
      summary.focus();
      left.dispatchEvent(new Event('change', {bubbles: true}));
    };
    return element('button', {type: 'button', class: 'act', value: name, click: choose}, ...right.cloneNode(true).childNodes);
  })));
  left.append(opens);
};

/** @type {import('../../site/scripts/practice/kinds.js').Widget} */
export const widget = {
  read: (item) => {
    const joined = lefts(item).map(({dataset}) => dataset).filter((each) => each.joined);
    return joined.length ? Object.assign({}, ...joined.map((each) => ({[each.left || '']: each.joined}))) : null;
  },
  fill: (item, response) => {
    lefts(item).forEach(({dataset}) => { dataset.joined = (response || {})[dataset.left || ''] || ''; });
    show(item);
  },
  isWhole: (item, response) => Object.keys(response).length >= lefts(item).length,
  watch: (item) => {
    lefts(item).forEach((left) => setUp(item, left));
    part(item, '.paper').hidden = true;
  },
};
