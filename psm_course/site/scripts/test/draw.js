// The office's draw, repeated on the phone: see psm_course/grading/draw.py, with which a test compares it. Runs under Node too.
import {hash32} from '../../vendor/murmur-hash/index.js'; // x86, 32 bit, of the UTF-8 text

/** @typedef {{participant: string, quiz: string, attempt: number}} Sitting whose draw it is */
/** @typedef {{id: string, group: string, always: boolean, variants: string}} Item as in the file of the quiz */

/**
 * Things in the order of this sitting; what stands inside an item, in that item's. Ids are ASCII (`Id` of psm_course/authoring/fields.py), which
 * JavaScript sorts as Python does.
 * @template {{id: string}} Thing
 * @param {Sitting} sitting @param {Thing[]} things @param {string} [inside]
 */
export const order = (sitting, things, inside) => {
  const prefix = `${sitting.participant}|${sitting.quiz}|${sitting.attempt}|${inside ? `${inside}|` : ''}`;
  const hashed = things.map((thing) => ({thing, hash: hash32(prefix + thing.id)}));
  return hashed.sort((one, other) => one.hash - other.hash || (one.thing.id < other.thing.id ? -1 : 1)).map(({thing}) => thing);
};

/**
 * Of variants, the one whose turn it is: of k of them, sorted by id, that at (number on the card + attempt - 1) mod k.
 * @param {Sitting} sitting @param {Item[]} items @returns {Item[]} without the others
 */
const withoutOthers = ({participant, attempt}, items) => {
  const turn = Number((/([0-9]{1,9})[^0-9]*$/.exec(participant) || [])[1] || 0) + attempt - 1;
  return items.filter(({id, variants}) => {
    const ids = items.filter((other) => other.variants === variants).map((other) => other.id).sort();
    return !variants || ids[turn % ids.length] === id;
  });
};

/**
 * The items that one learner gets: those that always come, and of the others one of each group in turn.
 * @param {Sitting} sitting @param {Item[]} all @param {number} size @param {boolean} isShuffled
 */
export const draw = (sitting, all, size, isShuffled) => {
  const items = withoutOthers(sitting, all), inOrder = order(sitting, items);
  const comes = (/** @type {Item} */ {always, variants}) => Boolean(always || variants);
  const queue = [...inOrder.filter(comes), ...inOrder.filter((item) => !comes(item))];
  /** @param {Item} item @param {number} place @returns {number} how many its group has given until its turn; what always comes, comes first */
  const roundOf = (item, place) => (comes(item) ? -1 : queue.slice(0, place).filter(({group}) => group === item.group).length);
  const ranked = queue.map((item, place) => ({item, round: roundOf(item, place)}));
  // What stands equal keeps its place: sorting is stable in every browser of floor.json.
  const drawn = ranked.sort((one, other) => one.round - other.round).slice(0, size).map(({item}) => item);
  return (isShuffled ? inOrder : items).filter((item) => drawn.includes(item)).map(({id}) => id);
};
