// A practice quiz: every answer is kept at once; "Periksa" marks it, says why, and the person may try again.
(() => {
  const WORDS = {
    right: ['right', 'Tepat.'],
    part: ['part', 'Sebagian tepat.'],
    wrong: ['wrong', 'Belum tepat.'],
    critical: ['critical', 'Hati-hati, ini berbahaya.'],
    review: ['part', 'Hampir tepat. Periksa ejaannya, lalu coba lagi.'],
    unreadable: ['part', 'Jawab sekali lagi.'],
  };
  const CARE = 'Di lapangan, pilihan ini dapat mencelakakan orang. Di sini Anda boleh keliru; itulah gunanya latihan. Baca sebabnya, lalu jawab sekali lagi.';
  const {element} = PSM;

  // A verdict, and the words of the item's own type for it where it has any.
  const judge = (scoring, response) => {
    const mark = PSM.mark(scoring, response), {partly, unreadable} = PSM.items[scoring.type];
    if (mark.critical) return ['critical'];
    if (PSM.isRight(mark)) return ['right'];
    if (mark.status === 'ungradable') return ['unreadable', unreadable];
    if (mark.status === 'review') return ['review'];
    const own = partly && partly(scoring, response, mark.share);
    return [own || mark.share[0] ? 'part' : 'wrong', own];
  };

  // The page holds every answer and its reason for readers without scripts; a copy of the parts that matter is shown.
  const reasons = (answer, response, isRight, whole) => {
    const chosen = [].concat(response);
    const told = [...answer.querySelectorAll('.verdicts > li')].filter((line) => whole || chosen.includes(line.dataset.choice));
    const parts = told.length ? [element('ul', {class: 'verdicts'}, ...told.map((line) => line.cloneNode(true)))] : [];
    if (whole || isRight) parts.push(...[...answer.querySelectorAll(whole ? '.key, .why, .basis' : '.why, .basis')].map((part) => part.cloneNode(true)));
    return parts;
  };

  const setUp = (item, scoring, keep, state) => {
    const answer = item.querySelector('.answer');
    const place = element('p', {class: 'kept'});
    const told = element('div', {class: 'told', role: 'status'});
    const check = element('button', {type: 'button', class: 'check'}, 'Periksa jawaban');
    const show = element('button', {type: 'button', class: 'plain', hidden: true}, 'Lihat jawaban');
    const id = item.dataset.item, read = () => PSM.responses.read(item);
    let shown = null; // the response that the form shows, as text

    const isNew = (response) => {
      const before = shown;
      shown = JSON.stringify(response || null);
      return shown !== before;
    };

    const say = (...parts) => {
      told.replaceChildren(...parts);
      show.hidden = true;
      check.className = 'check';
    };

    const tell = ([verdict, own], whole) => {
      const isRight = verdict === 'right', response = read();
      say(
        element('p', {class: `verdict ${WORDS[verdict][0]}`}, element('strong', {}, own || WORDS[verdict][1])),
        ...(verdict === 'critical' ? [element('p', {class: 'care'}, CARE)] : []),
        ...reasons(answer, response, isRight, whole),
      );
      show.hidden = whole || isRight;
      check.className = isRight ? 'plain' : 'check';
      check.textContent = 'Periksa lagi';
    };

    const fill = (kept) => {
      const response = kept.responses[id];
      if (isNew(response)) {
        PSM.responses.fill(item, response);
        say();
        if (response && answer) PSM.showKept(place, Promise.resolve());
      }
      // It was right once; the answer may have been changed since, or the quiz. A resume code brings no answer along.
      if (kept.right[id] && response && !told.firstChild && judge(scoring, read())[0] === 'right') tell(['right']);
    };

    PSM.responses.watch(item, (response) => {
      if (!isNew(response)) return;
      say();
      keep(place, (fresh) => { fresh.responses[id] = response; });
    });
    fill(state); // before it stands in the page: what was told on an earlier visit is not read out again
    if (!answer) { item.append(place); return fill; } // an opinion is neither right nor wrong: it is only kept
    check.addEventListener('click', () => {
      const response = read();
      if (!PSM.responses.isWhole(item, response)) {
        say(element('p', {class: 'verdict'}, `${PSM.items[scoring.type].first} dulu, lalu periksa.`));
        return;
      }
      const judged = judge(scoring, response), [verdict] = judged;
      tell(judged);
      told.scrollIntoView({block: 'nearest'});
      if (verdict === 'unreadable') return;
      keep(place, (fresh) => {
        fresh.tries[id] = (fresh.tries[id] || 0) + 1;
        if (verdict === 'right') fresh.right[id] = true;
      });
    });
    show.addEventListener('click', () => {
      tell(judge(scoring, read()), true);
      check.focus({preventScroll: true}); // the button that had the focus is gone
      told.scrollIntoView({block: 'nearest'});
    });
    item.addEventListener('keydown', (event) => { if (event.key === 'Enter' && event.target.type === 'text') check.click(); });
    answer.hidden = true;
    answer.before(place, element('p', {class: 'actions'}, check, show), told);
    return fill;
  };

  const start = async (section) => {
    const scorings = JSON.parse(section.querySelector('[data-scoring]').textContent);
    const key = `quiz/${section.dataset.quiz}`;
    const whole = (kept) => Object.assign({responses: {}, right: {}, tries: {}}, kept);
    const keep = (place, change) => PSM.showKept(place, PSM.mine.update(key, (old) => {
      const fresh = whole(old);
      change(fresh);
      return fresh;
    })).then(PSM.progress.refresh);
    const state = whole(await PSM.mine.get(key));
    const fillers = [...section.querySelectorAll('.item')].map((item) => {
      const begin = PSM.items[item.dataset.type].play || setUp;
      return begin(item, scorings[item.dataset.item], keep, state);
    });
    // Another tab answered: show its answers here as well.
    PSM.mine.watch(async (changed) => {
      if (changed !== key) return;
      const fresh = whole(await PSM.mine.get(key));
      fillers.forEach((fill) => fill(fresh));
    });
    section.classList.add('ready');
  };

  document.querySelectorAll('[data-use="practice"]').forEach(start);
})();
