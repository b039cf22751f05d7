PSM.item('number', ({folded, fraction, marked, strip, ungradable}) => {
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
  const bare = (text) => text.replace(/^[ .]+|[ .]+$/g, '');
  const read = (text, unit) => {
    const number = readNumber(text), written = bare(folded(text));
    if (number || !unit) return number;
    if (written.endsWith(unit)) return readNumber(bare(written.slice(0, -unit.length)));
    return written.startsWith(unit) ? readNumber(bare(written.slice(unit.length))) : null;
  };
  return {
    first: 'Tulis angkanya',
    unreadable: 'Tulis angka saja, misalnya 12 atau 12,5.',
    mark: (scoring, response) => {
      const written = typeof response === 'string' ? read(response, scoring.unit) : null;
      if (written === null) return ungradable();
      const [answer, below] = fraction(scoring.answer), [tolerance, part] = fraction(scoring.tolerance);
      const off = written[0] * below - answer * written[1];
      return marked((off < 0 ? -off : off) * part <= tolerance * written[1] * below ? 1 : 0, 1);
    },
  };
});
