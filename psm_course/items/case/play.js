// A branching case, one step at a time: choose, read what follows, go on. Nothing is chosen by moving the focus.
PSM.item('case', ({list}) => {
  const {element} = PSM;

  const verdict = ({critical, share: [earned, outOf]}) => {
    if (critical) return ['critical', 'Cerita selesai, tetapi ada langkah yang berbahaya. Tidak apa-apa, ini latihan. Ulangi, lalu cari jalan yang aman.'];
    if (earned === outOf) return ['right', 'Cerita selesai. Semua langkah Anda tepat.'];
    if (earned * BigInt(5) >= outOf * BigInt(3)) return ['right', 'Cerita selesai dengan baik. Satu dua langkah masih dapat lebih baik; coba ulangi.'];
    return ['wrong', 'Cerita selesai. Beberapa langkah belum membantu. Ulangi, lalu pilih jalan lain.'];
  };

  const play = (item, scoring, keep, state) => {
    const id = item.dataset.item;
    const steps = new Map([...item.querySelectorAll('.step')].map((step) => [step.dataset.step, step]));
    const lesson = item.querySelector('.answer');
    const ending = element('div', {class: 'told', role: 'status'});
    const place = element('p', {class: 'kept'});
    const again = element('button', {type: 'button', class: 'plain', hidden: true}, 'Ulangi dari awal');
    let path = [];

    const keepPath = (isDone) => keep(place, (fresh) => {
      fresh.responses[id] = path;
      if (!isDone) return;
      fresh.tries[id] = (fresh.tries[id] || 0) + 1;
      if (!PSM.mark(scoring, path).critical) fresh.right[id] = true;
    });

    const finish = () => {
      const [look, words] = verdict(PSM.mark(scoring, path));
      ending.replaceChildren(
        element('p', {class: `verdict ${look}`}, element('strong', {}, words)),
        ...[...lesson.querySelectorAll('.why, .basis')].map((part) => part.cloneNode(true)),
      );
    };

    const showStep = (step, number, choice) => {
      step.hidden = false;
      step.querySelector('.step-number').textContent = `Langkah ${number}`;
      step.querySelectorAll('.branch').forEach((branch) => {
        const isTaken = branch.dataset.choice === choice, told = branch.querySelector('.consequence');
        branch.hidden = choice !== undefined && !isTaken;
        branch.querySelector('button').setAttribute('aria-pressed', String(isTaken));
        branch.querySelector('.anew').hidden = !isTaken;
        told.hidden = !isTaken || !told.textContent;
      });
    };

    // Where the path stands now: chosen steps show their choice and what followed, the next one its choices, the rest nothing.
    const show = () => {
      let at = scoring.start;
      steps.forEach((step) => { step.hidden = true; });
      ending.replaceChildren();
      for (let number = 1; at !== 'end'; number += 1) {
        const taken = path[number - 1], choice = taken && taken.slice(at.length + 1);
        showStep(steps.get(at), number, choice);
        if (!taken) break;
        at = scoring.steps[at][choice].next;
      }
      again.hidden = !path.length;
      if (at === 'end') finish();
      return at === 'end';
    };

    const choose = (name, choice) => {
      const taken = `${name}:${choice}`, before = path.findIndex((part) => part.startsWith(`${name}:`));
      const isTakenBack = path[before] === taken; // pressed again: choose anew from here
      path = [...(before < 0 ? path : path.slice(0, before)), ...(isTakenBack ? [] : [taken])];
      const isDone = show(), step = steps.get(name);
      PSM.announce(isTakenBack ? 'Silakan pilih lagi untuk langkah ini.'
        : `${step.querySelector(`.branch[data-choice="${choice}"] .consequence`).textContent} ${isDone ? '' : `Lanjut ke langkah ${path.length + 1}.`}`);
      keepPath(isDone);
    };

    // `details` serve readers without scripts; here a choice is a button with its consequence under it.
    const asButton = (name, branch) => {
      const choice = branch.dataset.choice;
      const told = branch.querySelector('.consequence') || element('div', {class: 'consequence'});
      const onward = branch.querySelector('.onward'); // for paper
      const anew = element('span', {class: 'anew'}, 'Ketuk lagi untuk mengganti');
      const button = element('button', {type: 'button', class: 'act', click: () => choose(name, choice)}, ...branch.querySelector('summary').childNodes, anew);
      branch.replaceWith(element('div', {class: branch.className, 'data-choice': choice}, button, told, onward));
      onward.hidden = true;
    };

    steps.forEach((step, name) => step.querySelectorAll('.branch').forEach((branch) => asButton(name, branch)));
    lesson.hidden = true;
    again.addEventListener('click', () => { path = []; show(); steps.get(scoring.start).focus(); keepPath(false); });
    const fill = (kept) => {
      let fresh = list(kept.responses[id]);
      while (PSM.mark(scoring, fresh).status === 'ungradable') fresh = fresh.slice(0, -1); // a newer story: go on from where it still fits
      if (fresh.join() === path.join()) return;
      path = fresh;
      show();
      PSM.showKept(place, Promise.resolve());
    };
    show();
    fill(state);
    lesson.before(ending, place, again);
    return fill;
  };
  return {play};
});
