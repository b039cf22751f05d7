// A practice quiz: every answer is kept at once; "Periksa" marks it, says why, and the person may try again.
(() => {
  const WORDS = {
    right: ['right', 'Tepat.'],
    part: ['wrong', 'Sebagian tepat.'],
    wrong: ['wrong', 'Belum tepat.'],
    critical: ['critical', 'Berbahaya.'],
    review: ['wrong', 'Hampir sama dengan jawaban kami. Periksa ejaannya.'],
    unreadable: ['wrong', 'Tulis satu angka saja, misalnya 12 atau 12,5.'],
  };
  const CARE = 'Pilihan ini dapat membahayakan seseorang. Tidak apa-apa keliru di sini; itulah gunanya latihan. Baca sebabnya, lalu jawab sekali lagi.';
  const {element} = PSM;

  const judge = (scoring, response) => {
    const mark = PSM.mark(scoring, response);
    if (mark.critical) return 'critical';
    if (PSM.isRight(mark)) return 'right';
    if (mark.status === 'ungradable') return 'unreadable';
    if (mark.status === 'review') return 'review';
    return mark.share[0] ? 'part' : 'wrong';
  };

  // The page holds every answer and its reason for readers without scripts; a copy of the parts that matter is shown.
  const reasons = (answer, response, whole) => {
    const chosen = [].concat(response).filter((id) => typeof id === 'string');
    const told = [...answer.querySelectorAll('.verdicts > li')].filter((line) => whole || chosen.includes(line.dataset.choice));
    const parts = told.length ? [element('ul', {class: 'verdicts'}, ...told.map((line) => line.cloneNode(true)))] : [];
    if (whole) parts.push(...[...answer.querySelectorAll('.key, .why, .basis')].map((part) => part.cloneNode(true)));
    return parts;
  };

  const setUp = (quiz, item, scoring, state) => {
    const answer = item.querySelector('.answer');
    const kept = element('p', {class: 'kept'});
    const told = element('div', {class: 'told', role: 'status'});
    const check = element('button', {type: 'button', class: 'check'}, 'Periksa jawaban');
    const show = element('button', {type: 'button', class: 'plain', hidden: true}, 'Lihat jawaban');
    const id = item.dataset.item;

    const keep = (change) => PSM.showKept(kept, PSM.store.update(`quiz/${quiz.id}`, (old) => {
      const fresh = Object.assign({responses: {}, right: {}, tries: {}}, old);
      change(fresh);
      return fresh;
    }));

    const tell = (verdict, whole) => {
      const [look, word] = WORDS[verdict];
      const response = PSM.responses.read(item);
      told.replaceChildren(
        element('p', {class: `verdict ${look}`}, element('strong', {}, word)),
        ...(verdict === 'critical' ? [element('p', {class: 'care'}, CARE)] : []),
        ...reasons(answer, response, whole || verdict === 'right'),
      );
      show.hidden = whole || verdict === 'right';
      check.textContent = verdict === 'right' ? 'Periksa jawaban' : 'Periksa lagi';
    };

    const fill = (kept) => {
      PSM.responses.fill(item, kept.responses[id]);
      if (kept.right[id]) tell('right');
    };

    PSM.responses.watch(item, (response) => {
      told.replaceChildren();
      show.hidden = true;
      keep((fresh) => { fresh.responses[id] = response; });
    });
    check.addEventListener('click', () => {
      const response = PSM.responses.read(item);
      if (!PSM.responses.isWhole(item, response)) {
        told.replaceChildren(element('p', {class: 'verdict'}, 'Jawab dulu, lalu periksa.'));
        return;
      }
      const verdict = judge(scoring, response);
      tell(verdict);
      keep((fresh) => {
        fresh.tries[id] = (fresh.tries[id] || 0) + 1;
        if (verdict === 'right') fresh.right[id] = true;
      }).then(() => PSM.progress && PSM.progress.refresh());
    });
    show.addEventListener('click', () => tell(judge(scoring, PSM.responses.read(item)), true));
    answer.hidden = true;
    answer.before(kept, element('p', {class: 'actions'}, check, show), told);
    fill(state);
    return fill;
  };

  const start = async (section) => {
    const scorings = JSON.parse(section.querySelector('[data-scoring]').textContent);
    const quiz = {id: section.dataset.quiz};
    const read = async () => Object.assign({responses: {}, right: {}, tries: {}}, await PSM.store.get(`quiz/${quiz.id}`));
    const state = await read();
    const fillers = [...section.querySelectorAll('.item')]
      .filter((item) => item.dataset.type !== 'rating')
      .map((item) => (item.dataset.type === 'case' ? PSM.playCase : setUp)(quiz, item, scorings[item.dataset.item], state));
    // Another tab answered: show its answers here as well.
    PSM.store.watch(async (key) => { if (key === `quiz/${quiz.id}`) { const fresh = await read(); fillers.forEach((fill) => fill(fresh)); } });
    section.classList.add('ready');
  };

  document.querySelectorAll('[data-use="practice"]').forEach(start);
})();
