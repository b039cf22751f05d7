// A branching case, one step at a time: choose, read what follows, go on. Nothing is chosen by moving the focus.
(() => {
  const {element} = PSM;

  const share = ({share: [earned, outOf]}) => Number(earned * BigInt(100) / (outOf || BigInt(1)));
  const verdict = (mark) => {
    if (mark.critical) return ['critical', 'Cerita selesai, tetapi ada langkah yang berbahaya. Ulangi dan cari jalan yang lebih aman.'];
    if (share(mark) >= 100) return ['right', 'Cerita selesai. Semua langkah Anda membuat orang itu lebih aman.'];
    if (share(mark) >= 60) return ['right', 'Cerita selesai dengan baik. Ada langkah yang dapat lebih baik lagi; coba ulangi.'];
    return ['wrong', 'Cerita selesai. Beberapa langkah belum membantu. Ulangi, lalu pilih jalan lain.'];
  };

  PSM.playCase = (quiz, item, scoring, state) => {
    const id = item.dataset.item;
    const steps = new Map([...item.querySelectorAll('.step')].map((step) => [step.dataset.step, step]));
    const lesson = item.querySelector('.answer');
    const ending = element('div', {class: 'told', role: 'status'});
    const kept = element('p', {class: 'kept'});
    const again = element('button', {type: 'button', class: 'plain', hidden: true}, 'Ulangi dari awal');
    let path = [];

    const keep = (done) => PSM.showKept(kept, PSM.store.update(`quiz/${quiz.id}`, (old) => {
      const fresh = Object.assign({responses: {}, right: {}, tries: {}}, old);
      fresh.responses[id] = path;
      if (done) {
        fresh.tries[id] = (fresh.tries[id] || 0) + 1;
        if (!PSM.mark(scoring, path).critical) fresh.right[id] = true;
      }
      return fresh;
    }));

    const finish = () => {
      const [look, words] = verdict(PSM.mark(scoring, path));
      ending.replaceChildren(
        element('p', {class: `verdict ${look}`}, element('strong', {}, words)),
        ...[...lesson.querySelectorAll('.why, .basis')].map((part) => part.cloneNode(true)),
      );
    };

    // Where the path stands now: chosen steps show their choice and what followed, the next one its choices, the rest nothing.
    const show = (focus) => {
      const taken = new Map(path.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]));
      let at = scoring.start, place = 0;
      steps.forEach((step) => { step.hidden = true; });
      ending.replaceChildren();
      while (at !== 'end') {
        const step = steps.get(at), choice = taken.get(at);
        place += 1;
        step.hidden = false;
        step.querySelector('.step-number').textContent = `Langkah ${place}`;
        step.querySelectorAll('.branch').forEach((branch) => {
          branch.hidden = choice !== undefined && branch.dataset.choice !== choice;
          branch.querySelector('.consequence').hidden = branch.dataset.choice !== choice;
          branch.querySelector('button').setAttribute('aria-pressed', String(branch.dataset.choice === choice));
        });
        if (choice === undefined) break;
        at = scoring.steps[at][choice].next;
        if (at !== 'end' && !taken.has(at)) { if (focus) steps.get(at).focus({preventScroll: true}); }
      }
      item.append(ending, kept, again);
      again.hidden = !path.length;
      if (at === 'end') finish();
      return at === 'end';
    };

    const choose = (step, choice) => {
      const cut = path.findIndex((part) => part.startsWith(`${step}:`));
      if (cut >= 0 && path[cut] === `${step}:${choice}`) path = path.slice(0, cut); // pressed again: choose anew from here
      else path = [...(cut >= 0 ? path.slice(0, cut) : path), `${step}:${choice}`];
      const done = show(false);
      const told = steps.get(step).querySelector(`.branch[data-choice="${choice}"] .consequence`);
      if (!told.hidden) PSM.announce(told.textContent);
      keep(done).then(() => PSM.progress && PSM.progress.refresh());
    };

    // `details` serve readers without scripts; here a choice is a button with its consequence under it.
    const asButton = (step, branch) => {
      const choice = branch.dataset.choice;
      const summary = branch.querySelector('summary');
      const told = branch.querySelector('.consequence') || element('div', {class: 'consequence'});
      const button = element('button', {type: 'button', class: 'act', click: () => choose(step, choice)}, ...summary.childNodes);
      const made = element('div', {class: branch.className, 'data-choice': choice}, button, told);
      branch.replaceWith(made);
    };

    steps.forEach((step, name) => step.querySelectorAll('.branch').forEach((branch) => asButton(name, branch)));
    lesson.hidden = true;
    again.addEventListener('click', () => { path = []; show(false); steps.get(scoring.start).focus(); keep(false); });

    const fill = (fresh) => { path = fresh.responses[id] || []; if (PSM.mark(scoring, path).status === 'ungradable') path = []; show(false); };
    fill(state);
    return fill;
  };
})();
