PSM.item('number', ({folded, fraction, strip}) => {
  const THOUSANDS = /^([+-]?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/;
  const PLAIN = /^([+-]?\d+)(?:[.,](\d+))?$/;
  const readNumber = (text) => {
    const writtenAs = strip(text).replace(/\u2212/g, '-');
    if ([...writtenAs].length > 40) return null;
    const grouped = THOUSANDS.exec(writtenAs), found = grouped || PLAIN.exec(writtenAs);
    if (!found) return null;
    const whole = grouped ? found[1].replace(/\./g, '') : found[1];
    return fraction(found[2] ? `${whole}.${found[2]}` : whole);
  };
  // With the item's own unit after it or before it, or with none.
  const read = (text, unit) => {
    const number = readNumber(text);
    if (number || !unit) return number;
    const parts = folded(text).split(unit).map((part) => part.replace(/^[ .]+|[ .]+$/g, ''));
    return parts.length === 2 && parts.includes('') ? readNumber(parts.join('')) : null;
  };
  return {
    first: 'Tulis angkanya',
    unreadable: 'Tulis angka saja, misalnya 12 atau 12,5.',
    mark: (scoring, response) => {
      const written = typeof response === 'string' ? read(response, scoring.unit) : null;
      if (!written) return null;
      const [answer, below] = fraction(scoring.answer), [tolerance, part] = fraction(scoring.tolerance);
      const off = written[0] * below - answer * written[1];
      return [(off < 0 ? -off : off) * part <= tolerance * written[1] * below, 1];
    },
  };
});
