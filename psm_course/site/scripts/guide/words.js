// Indonesian words as a search sees them: without case and accents, and with the roots they may come from, for "melapor",
// "dilaporkan" and "laporan" are one matter. There is no dictionary: a word has several possible roots, and two words are
// taken for kin when they share one. Talk of the street is heard too: "mukulin" is what somebody does who "memukuli", "ketabrak" is "tertabrak".
/** @param {string} text */
export const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
/** @param {string} text @returns {string[]} */
export const split = (text) => text.match(/[\p{L}\p{N}]+/gu) || [];

/** Each with what must at least be left before it. */
const ENDINGS = [/^(.{3,})(?:lah|kah|pun)$/, /^(.{3,})(?:nya|nye|na|ku|mu)$/, /^(.{4,})kan$/, /^(.{4,})an$/, /^(.{4,})in$/, /^(.{4,})i$/];
/**
 * A prefix and the letter that it swallowed: "menulis" comes from "tulis", "mengirim" from "kirim".
 */
const PREFIXES = 'di ke se ber be bel ter te per pel me pe mem pem men pen meng peng mem+p pem+p men+t pen+t meng+k peng+k meny+s peny+s m+p n+t ng ng+k ny+s'
  .split(' ').map((prefix) => prefix.split('+'));
const SHORTEST = 4; // shorter rests are seldom words; after a long prefix three letters will do ("menguji")

/** @param {string} word */
const withoutPrefix = (word) => PREFIXES
  .filter(([prefix, swallowed = '']) => word.startsWith(prefix)
    && word.length - prefix.length + swallowed.length >= (prefix.length > 3 ? 3 : SHORTEST))
  .map(([prefix, swallowed = '']) => swallowed + word.slice(prefix.length));

/** @param {string} word */
const rootsOf = (word) => {
  const stems = [word];
  for (const ending of ENDINGS) stems.push(...stems.filter((stem) => ending.test(stem)).map((stem) => stem.replace(ending, '$1')));
  const bare = stems.flatMap(withoutPrefix); // "diperlakukan" wears two prefixes
  return new Set([...stems, ...bare, ...bare.flatMap(withoutPrefix)]);
};
/** @type {Map<string, Set<string>>} every word of the course is asked for with every letter that is typed */
const known = new Map();
/** @param {string} word */
const roots = (word) => {
  const found = known.get(word) || rootsOf(word);
  known.set(word, found);
  return found;
};
/** @param {string} one @param {string} other */
export const areKin = (one, other) => { const theirs = roots(other); return [...roots(one)].some((root) => theirs.has(root)); };

/**
 * One letter more, less or other, or two that changed places.
 * @param {string} one
 * @param {string} other
 */
export const isNear = (one, other) => {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0, end = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  while (end < Math.min(one.length, other.length) - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const left = one.slice(start, one.length - end), right = other.slice(start, other.length - end);
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(''));
};
