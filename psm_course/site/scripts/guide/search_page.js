// Search without a network: the index came with the page. The words asked for stand in the address (#kata=…), so that they can be shared.
import {announce, element, every, must, provided, root} from '../core/start.js';
import {announceAtPause, begin} from './guide.js';
import {entriesOf, finder} from './ranking.js';
import {fold, split} from './words.js';

/** @typedef {import('./ranking.js').Entry} Entry */

const PREFIX = 'kata=', AT_ONCE = 10, AROUND = 9;

const form = must('[data-form]'), box = /** @type {HTMLInputElement} */ (must('input', form)), count = must('[data-count]');
const hits = must('[data-hits]'), more = must('[data-more]');
const card = /** @type {HTMLElement | null} */ (document.querySelector('[data-numbers]'));
if (card) form.after(card);

const search = finder(entriesOf(/** @type {Parts['index']} */ (provided('index'))), card ? JSON.parse(card.dataset.numbers || '') : []);

/**
 * The numbers that the question asks for, before everything else.
 * @param {string[]} ids
 * @param {boolean} urgent
 */
const showNumbers = (ids, urgent) => {
  if (!card) return;
  card.hidden = !ids.length;
  card.className = urgent ? 'danger' : 'careful';
  for (const number of every('[data-call]', card)) number.hidden = !ids.includes(number.dataset.call || '');
  must('.calls', card).append(...ids.map((id) => must(`[data-call="${id}"]`, card)));
};

/**
 * The passage around the first word that was found, with every found word marked.
 * @param {string} text
 * @param {Set<string>} words
 * @param {boolean} [whole]
 */
const marked = (text, words, whole) => {
  const parts = text.split(/([\p{L}\p{N}]+)/u), isHit = (/** @type {string} */ part) => words.has(fold(part));
  const from = whole ? 0 : Math.max(0, parts.findIndex(isHit) - AROUND), to = whole ? parts.length : from + 4 * AROUND;
  const shown = parts.slice(from, to).map((part) => (isHit(part) ? element('mark', {}, part) : part));
  return [...(from ? ['… '] : []), ...shown, ...(to < parts.length ? [' …'] : [])];
};

/**
 * A long text is not whole in the index: words found in the rest of it are named.
 * @param {Entry} entry
 * @param {Set<string>} words
 */
const further = ({text, rest}, words) => (split(text).some((word) => words.has(fold(word))) ? []
  : split(rest).filter((word) => words.has(word)).slice(0, 3).flatMap((word) => [' … ', element('mark', {}, word)]));

/** @param {Entry} entry @param {Set<string>} words */
const drawn = (entry, words) => element('li', {},
  element('a', {href: root + entry.address}, ...marked(entry.title, words, true)),
  element('p', {class: 'from'}, entry.page || 'Halaman'),
  ...(entry.text ? [element('p', {}, ...marked(entry.text, words), ...further(entry, words))] : []));

const show = () => {
  const question = box.value.trim();
  const {found, words, whole, call, urgent} = search(question);
  const draw = () => {
    hits.append(...found.slice(hits.childElementCount, hits.childElementCount + AT_ONCE).map((entry) => drawn(entry, words)));
    more.hidden = hits.childElementCount >= found.length;
  };
  showNumbers(call, urgent);
  hits.textContent = '';
  more.onclick = () => { const next = hits.childElementCount; draw(); must('a', hits.children[next]).focus(); };
  draw();
  must('[data-empty]').hidden = !question || found.length > 0;
  const said = found.length ? `${found.length} hasil${whole ? '' : ' memuat sebagian kata'}` : `Belum ada yang cocok dengan "${question}"`;
  count.textContent = question && said;
  return question;
};

const ask = () => {
  const question = show();
  history.replaceState(null, '', question ? `#${PREFIX}${encodeURIComponent(question)}` : location.pathname + location.search);
  announceAtPause(count.textContent || '');
};

box.addEventListener('input', ask);
form.addEventListener('submit', ask);
begin(PREFIX, (question) => {
  if (question && question !== box.value.trim()) { box.value = question; show(); announce(count.textContent || ''); }
});
