// What the index has for a question, best first. Words of the question find their kin, else what is one slip of the thumb away. A word that
// few entries know says more than one that many do, so "anak tetangga sering dipukul" is about the blows.
import {areKin, fold, isNear, split} from './words.js';

/** @typedef {{address: string, page: string, title: string, text: string, words: string, rest: string}} Entry `page` is '' of a page itself */
/** @typedef {{words: string[], call: string[], at?: string, typed?: string, urgent?: boolean}} Asked phrases, the ids of the numbers that
 *   somebody who types one needs, the address of what to do, and other words by which that is found */

/** @type {[part: 'title' | 'words' | 'page' | 'text' | 'rest', weight: number][]} */
const WEIGHTS = [['title', 8], ['words', 8], ['page', 2], ['text', 1], ['rest', 1]];
const IDLE = new Set('ada adalah apa atau bagaimana bila cara dan dari dengan di dia gimana harus ini itu jika kalau kami ke kok lagi mana mau oleh pada saya sama siapa sih untuk ya yang yg'.split(' '));
const TIME = /\bpukul (?=\d|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|se|berapa)/g; // of the day: no blow
const KIN = 0.7, BEGUN = 0.4, NEAR = 0.45, LEAST = 0.25, MEANT = 3, WHOLE_PAGE = 1.2, SHORT = 4, NUMBERS = 3;

/** @param {Parts['index']} index @returns {Entry[]} */
export const entriesOf = (index) => index.flatMap(([address, page, parts]) => parts.map(([anchor, title, text = '', words = '', rest = '']) => (
  {address: address + (anchor && `#${anchor}`), page: anchor && page, title, text, words, rest})));

/**
 * As people type: "anak2" is said twice, "tolooong" is said long.
 * @param {string} question
 */
const wordsOf = (question) => [...new Set(split(fold(question).replace(/([a-z])2\b/g, '$1').replace(/(.)\1\1+/g, '$1')))];

/**
 * How well a word of the course answers a word asked for.
 * @param {string} one
 * @param {string} word
 */
const closeness = (one, word) => (word === one ? 1 : areKin(one, word) ? KIN : one.length > 2 && word.startsWith(one) ? BEGUN : 0);

/** @param {Entry[]} entries @param {Asked[]} numbers */
export const finder = (entries, numbers) => {
  /**
   * word -> entry -> weight. Made at the first search.
   * @type {Map<string, Map<number, number>>}
   */
  const vocabulary = new Map();
  /** @param {string} word */
  const weightsOf = (word) => {
    const weights = vocabulary.get(word) || new Map();
    vocabulary.set(word, weights);
    return weights;
  };
  const learn = () => {
    for (const {words, at, typed} of numbers) {
      split(fold(words.join(' '))).forEach(weightsOf);
      for (const entry of entries) if (entry.address === at) entry.words += ` ${words.join(' ')} ${typed}`;
    }
    entries.forEach((entry, at) => {
      for (const [part, weight] of WEIGHTS) {
        const words = new Set(split(fold(entry[part]).replace(TIME, ''))), heavier = part === 'title' ? SHORT / words.size : 0; // a word of a short title says more
        for (const word of words) {
          const weights = weightsOf(word);
          weights.set(at, (weights.get(at) || 0) + weight + heavier);
        }
      }
    });
  };
  /** @param {string} one @returns {[word: string, close: number][]} */
  const matches = (one) => {
    /** @type {[string, number][]} */
    const all = [...vocabulary.keys()].map((word) => [word, closeness(one, word)]), found = all.filter(([, close]) => close);
    if (found.length || one.length < 4) return found;
    return [...vocabulary.keys()].filter((word) => isNear(one, word) && (one.length > 5 || one[0] === word[0])).map((word) => [word, NEAR]);
  };

  /** @param {string} question */
  return (question) => {
    if (!vocabulary.size) learn();
    const typed = wordsOf(question), telling = typed.filter((word) => !IDLE.has(word));
    const terms = (telling.length ? telling : typed).map(matches);
    /** @type {Map<number, [had: number, sum: number, share: number]>} */
    const scores = new Map();
    for (const term of terms) {
      /** @type {Map<number, number>} */
      const best = new Map();
      for (const [word, close] of term) weightsOf(word).forEach((weight, at) => best.set(at, Math.max(best.get(at) || 0, close * weight)));
      const rare = Math.log(1 + entries.length / (best.size || 1));
      best.forEach((score, at) => { const [had, sum, share] = scores.get(at) || [0, 0, 0]; scores.set(at, [had + 1, sum + rare * score, share + rare]); });
    }
    const most = Math.max(0, ...[...scores.values()].map(([had]) => had));
    // A phrase was typed where each of its words was.
    const said = new Set([...typed, ...terms.flatMap((term) => term.filter(([, close]) => close > BEGUN).map(([word]) => word))]);
    const meant = numbers.filter((each) => each.words.some((phrase) => split(fold(phrase)).every((word) => said.has(word))));
    const weighed = [...scores].map(([at, [had, sum, share]]) => ({entry: entries[at], at, had, score: sum * share}));
    const least = LEAST * Math.max(0, ...weighed.map(({score}) => score));
    for (const each of weighed) each.score *= meant.some(({at}) => at === each.entry.address) ? MEANT : each.entry.page ? 1 : WHOLE_PAGE;
    return {
      found: weighed.filter(({had, score}) => had === most || score >= least).sort((a, b) => b.score - a.score || a.at - b.at).map(({entry}) => entry),
      words: new Set(terms.flatMap((term) => term.map(([word]) => word))),
      whole: most === terms.length,
      call: [...new Set(meant.flatMap(({call}) => call))].slice(0, NUMBERS),
      urgent: meant.some(({urgent}) => urgent),
    };
  };
};
