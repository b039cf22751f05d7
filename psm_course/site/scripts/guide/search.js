// Search without a network: the index came with the page. The words asked for stand in the address (#kata=…), so that they can be shared.
import {announce, element, must, provided, root} from '../core/start.js';
import {areKin, fold, isNear, split} from './words.js';

const PREFIX = '#kata=', AT_ONCE = 10, AROUND = 9;
/** @type {[part: 'title' | 'words' | 'page' | 'text' | 'rest', weight: number][]} */
const WEIGHTS = [['title', 8], ['words', 5], ['page', 2], ['text', 1], ['rest', 1]];
const IDLE = new Set('ada adalah apa atau bagaimana bila cara dan dari dengan di dia harus ini itu jika kalau kami ke mana oleh pada saya siapa untuk yang'.split(' '));

/** @typedef {{address: string, page: string, title: string, text: string, words: string, rest: string, isPage: boolean}} Entry */

/** @param {HTMLElement} place @param {Parts['index']} index */
const setUp = (place, index) => {
  const box = /** @type {HTMLInputElement} */ (must('input', place)), count = must('[data-count]', place), hits = must('[data-hits]', place);
  const more = must('[data-more]', place), empty = must('[data-empty]', place);

  /** @type {Entry[]} */
  const entries = index.flatMap(([address, page, parts]) => parts.map(([anchor, title, text = '', words = '', rest = '']) => (
    {address: root + address + (anchor && `#${anchor}`), page, title, text, words, rest, isPage: !anchor})));

  /**
   * word -> entry -> weight. Made at the first search.
   * @type {Map<string, Map<number, number>>}
   */
  const vocabulary = new Map();
  const learn = () => {
    entries.forEach((entry, at) => {
      for (const [part, weight] of WEIGHTS) {
        for (const word of new Set(split(fold(entry[part])))) {
          const weights = vocabulary.get(word) || new Map();
          vocabulary.set(word, weights);
          weights.set(at, (weights.get(at) || 0) + weight);
        }
      }
    });
  };

  /**
   * How well a word of the course answers a word asked for.
   * @param {string} asked
   * @param {string} word
   */
  const closeness = (asked, word) => (word === asked ? 1 : areKin(asked, word) ? 0.7 : asked.length > 2 && word.startsWith(asked) ? 0.5 : 0);
  /** @param {string} asked @returns {[word: string, close: number][]} */
  const matches = (asked) => {
    /** @type {[string, number][]} */
    const all = [...vocabulary.keys()].map((word) => [word, closeness(asked, word)]), found = all.filter(([, close]) => close);
    if (found.length || asked.length < 5) return found;
    return [...vocabulary.keys()].filter((word) => isNear(asked, word)).map((word) => [word, 0.3]);
  };

  /** @param {string} question */
  const search = (question) => {
    if (!vocabulary.size) learn();
    const all = [...new Set(split(fold(question)))], telling = all.filter((word) => !IDLE.has(word));
    const terms = (telling.length ? telling : all).map(matches);
    /** @type {Map<number, [had: number, sum: number]>} */
    const scores = new Map();
    terms.forEach((term) => {
      /** @type {Map<number, number>} */
      const best = new Map();
      term.forEach(([word, close]) => /** @type {Map<number, number>} */ (vocabulary.get(word)).forEach((weight, at) => best.set(at, Math.max(best.get(at) || 0, close * weight))));
      best.forEach((score, at) => { const [had, sum] = scores.get(at) || [0, 0]; scores.set(at, [had + 1, sum + score]); });
    });
    const most = Math.max(0, ...[...scores.values()].map(([had]) => had));
    const found = [...scores].filter(([, [had]]) => had === most).sort((a, b) => b[1][1] - a[1][1] || a[0] - b[0]).map(([at]) => entries[at]);
    return {found, words: new Set(terms.flatMap((term) => term.map(([word]) => word))), whole: most === terms.length};
  };

  /**
   * The passage around the first word that was found, with every found word marked.
   * @param {string} text
   * @param {Set<string>} words
   * @param {boolean} [whole]
   */
  const marked = (text, words, whole) => {
    const parts = text.split(/([\p{L}\p{N}]+)/u); // words stand at odd places
    /** @param {string} part @param {number} at */
    const isHit = (part, at) => at % 2 === 1 && words.has(fold(part));
    const from = whole ? 0 : Math.max(0, parts.findIndex(isHit) - AROUND), to = whole ? parts.length : from + 4 * AROUND;
    const shown = parts.slice(from, to).map((part, at) => (isHit(part, at + from) ? element('mark', {}, part) : part));
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
    element('a', {href: entry.address}, ...marked(entry.title, words, true)),
    element('p', {class: 'from'}, entry.isPage ? 'Halaman' : entry.page),
    ...(entry.text ? [element('p', {}, ...marked(entry.text, words), ...further(entry, words))] : []));

  const show = () => {
    const question = box.value.trim();
    const {found, words, whole} = question ? search(question) : {found: [], words: /** @type {Set<string>} */ (new Set()), whole: true};
    let shown = 0;
    const draw = () => {
      hits.append(...found.slice(shown, shown + AT_ONCE).map((entry) => drawn(entry, words)));
      shown += AT_ONCE;
      more.hidden = shown >= found.length;
    };
    hits.textContent = '';
    more.onclick = () => { const next = hits.childElementCount; draw(); must('a', hits.children[next]).focus(); };
    draw();
    empty.hidden = !question || found.length > 0;
    count.textContent = !question ? '' : !found.length ? `Belum ada yang cocok dengan "${question}"`
      : whole ? `${found.length} hasil` : `${found.length} hasil memuat sebagian kata`;
    return question;
  };

  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  const ask = () => {
    const question = show();
    history.replaceState(null, '', question ? PREFIX + encodeURIComponent(question) : location.pathname + location.search);
    clearTimeout(waiting); // said once the person pauses, not with every letter
    waiting = setTimeout(() => announce(count.textContent || ''), 700);
  };
  const restore = () => {
    let question = '';
    try { question = decodeURIComponent(location.hash.startsWith(PREFIX) ? location.hash.slice(PREFIX.length) : ''); } catch (_) { /* half an address */ }
    if (question && question !== box.value.trim()) { box.value = question; show(); announce(count.textContent || ''); }
  };

  box.addEventListener('input', ask);
  must('form', place).addEventListener('submit', (event) => { event.preventDefault(); ask(); });
  addEventListener('hashchange', restore);
  restore();
};

const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-search]')), index = provided('index');
if (place && index) setUp(place, index);
