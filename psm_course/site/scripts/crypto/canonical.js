// JSON in one canonical form (RFC 8785): sorted names and no space. The office computes over it.

/**
 * @param {any} value
 * @param {(leaf: any) => string} [written] how names, texts, numbers and the like are written
 * @returns {string}
 */
export const canonical = (value, written = JSON.stringify) => {
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each, written)).join(',')}]`;
  if (value === null || typeof value !== 'object') return written(value);
  return `{${Object.keys(value).sort().map((name) => `${written(name)}:${canonical(value[name], written)}`).join(',')}}`;
};
