PSM.item('text', ({folded, marked, ungradable, verdict}) => {
  const oneEditApart = (one, other) => {
    let [a, b] = [[...one], [...other]];
    if (a.length > b.length) [a, b] = [b, a];
    if (b.length - a.length > 1 || one === other) return false;
    let same = 0;
    while (same < a.length && a[same] === b[same]) same += 1;
    return a.slice(a.length < b.length ? same : same + 1).join('') === b.slice(same + 1).join('');
  };
  return {
    first: 'Tulis jawaban Anda',
    mark: (scoring, response) => {
      if (typeof response !== 'string' || [...response].length > 200) return ungradable();
      const written = ['', ' '].map((sign) => folded(response, sign)); // Jum'at is Jumat, and UPTD-PPA is UPTD PPA
      if (written.some((spelling) => scoring.accept.includes(spelling))) return marked(1, 1);
      const isNear = written.some((spelling) => scoring.accept.some((accepted) => oneEditApart(spelling, accepted)));
      return isNear ? verdict('review') : marked(0, 1);
    },
  };
});
