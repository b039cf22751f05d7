PSM.item('text', ({folded}) => {
  // What is left between their common beginning and their common end is one letter at most, on either side.
  const oneEditApart = (one, other) => {
    const a = [...one], b = [...other];
    while (a.length && a[0] === b[0]) { a.shift(); b.shift(); }
    while (a.length && a[a.length - 1] === b[b.length - 1]) { a.pop(); b.pop(); }
    return Math.max(a.length, b.length) === 1;
  };
  return {
    first: 'Tulis jawaban Anda',
    mark: (scoring, response) => {
      if (typeof response !== 'string' || [...response].length > 200) return null;
      const written = ['', ' '].map((sign) => folded(response, sign)); // Jum'at is Jumat, and UPTD-PPA is UPTD PPA
      if (written.some((spelling) => scoring.accept.includes(spelling))) return [1, 1];
      return written.some((spelling) => scoring.accept.some((accepted) => oneEditApart(spelling, accepted))) ? 'review' : [0, 1];
    },
  };
});
