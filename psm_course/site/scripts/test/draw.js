// The office's draw, repeated on the phone: see psm_course/grading/draw.py, with which a test compares it. Runs under Node too.

/** @typedef {{participant: string, quiz: string, attempt: number}} Sitting whose draw it is */
/** @typedef {{id: string, group: string, always: boolean, variants: string}} Item as in the file of the quiz */

/**
 * MurmurHash3, x86, 32 bit, seed 0, of the UTF-8 text.
 * @param {string} text
 */
const hash = (text) => {
  const data = new TextEncoder().encode(text);
  const mix = (/** @type {number} */ block) => {
    const once = Math.imul(block, 0xcc9e2d51);
    return Math.imul((once << 15) | (once >>> 17), 0x1b873593);
  };
  const whole = data.length - (data.length % 4);
  let state = 0, rest = 0;
  for (let at = 0; at < whole; at += 4) {
    state ^= mix(data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24));
    state = (state << 13) | (state >>> 19);
    state = (Math.imul(state, 5) + 0xe6546b64) | 0;
  }
  for (let at = data.length - 1; at >= whole; at -= 1) rest = (rest << 8) | data[at];
  state ^= mix(rest) ^ data.length;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
};

/**
 * The ids in the order of this sitting; of what stands inside an item, in that item's. Ids are ASCII (`Id` of psm_course/authoring/fields.py), which
 * JavaScript sorts as Python does.
 * @param {Sitting} sitting @param {string[]} ids @param {string} [inside]
 */
export const order = (sitting, ids, inside) => {
  const prefix = `${sitting.participant}|${sitting.quiz}|${sitting.attempt}|${inside ? `${inside}|` : ''}`;
  const hashes = new Map(ids.map((id) => [id, hash(prefix + id)])), of = (/** @type {string} */ id) => hashes.get(id) || 0;
  return ids.slice().sort((one, other) => of(one) - of(other) || (one < other ? -1 : 1));
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
  const items = withoutOthers(sitting, all), ids = items.map(({id}) => id), ordered = order(sitting, ids);
  const inOrder = items.slice().sort((one, other) => ordered.indexOf(one.id) - ordered.indexOf(other.id));
  const comes = (/** @type {Item} */ {always, variants}) => Boolean(always || variants);
  const queue = [...inOrder.filter(comes), ...inOrder.filter((item) => !comes(item))];
  const ranked = queue.map((item, place) => {
    const before = queue.slice(0, place).filter(({group}) => group === item.group); // what its group has given until its turn
    return {id: item.id, place, round: comes(item) ? -1 : before.length};
  });
  const drawn = ranked.sort((one, other) => one.round - other.round || one.place - other.place).slice(0, size).map(({id}) => id);
  return (isShuffled ? ordered : ids).filter((id) => drawn.includes(id));
};
