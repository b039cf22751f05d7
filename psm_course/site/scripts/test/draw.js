// The office's draw, repeated on the phone: see psm_course/grading/draw.py, with which a test compares it.
(() => {
  // MurmurHash3, x86, 32 bit, seed 0, of the UTF-8 text.
  const hash = (text) => {
    const data = new TextEncoder().encode(text);
    const mix = (block) => {
      block = Math.imul(block, 0xcc9e2d51);
      return Math.imul((block << 15) | (block >>> 17), 0x1b873593);
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

  const byCodePoint = (one, other) => { // as Python compares texts; JavaScript would compare UTF-16 units
    const a = [...one], b = [...other];
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      if (a[at] !== b[at]) return a[at].codePointAt(0) - b[at].codePointAt(0);
    }
    return a.length - b.length;
  };

  const order = (sitting, ids, inside) => {
    const prefix = `${sitting.participant}|${sitting.quiz}|${sitting.attempt}|${inside ? `${inside}|` : ''}`;
    return ids.map((id) => [hash(prefix + id), id])
      .sort(([one, id], [other, otherId]) => one - other || byCodePoint(id, otherId))
      .map(([, id]) => id);
  };

  // `items`: [{id, group, always}] as in the file; `size`: how many one learner gets.
  const draw = (sitting, items, size, shuffled) => {
    const ids = items.map((item) => item.id);
    if (size === ids.length && !shuffled) return ids;
    const ordered = order(sitting, ids);
    const by = new Map(items.map((item) => [item.id, item]));
    const had = {}, rounds = new Map();
    items.forEach((item) => { if (item.always) had[item.group] = (had[item.group] || 0) + 1; });
    ordered.forEach((id) => {
      const {group, always} = by.get(id);
      rounds.set(id, always ? -1 : had[group] || 0);
      if (!always) had[group] = (had[group] || 0) + 1;
    });
    const place = new Map(ordered.map((id, at) => [id, at]));
    const drawn = new Set([...ordered].sort((a, b) => rounds.get(a) - rounds.get(b) || place.get(a) - place.get(b)).slice(0, size));
    return (shuffled ? ordered : ids).filter((id) => drawn.has(id));
  };

  PSM.draw = {hash, order, draw};
})();
