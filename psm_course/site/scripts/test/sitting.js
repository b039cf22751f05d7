// A test on the phone: begin, answer, look over, hand in. Every tap is kept; closing the page costs nothing but time.
(() => {
  const {element} = PSM;
  const MOST_AWAY = 12 * 3600e3; // away for longer, or a clock set back: the phone's clock is not to be believed
  const two = (number) => String(number).padStart(2, '0');

  const uuid = () => {
    const random = crypto.getRandomValues(new Uint8Array(16));
    random[6] = (random[6] & 15) | 64;
    random[8] = (random[8] & 63) | 128;
    const hex = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };

  // This moment with the phone's own offset: 2026-11-24T09:05:00+07:00
  const timestamp = () => {
    const now = new Date(), ahead = -now.getTimezoneOffset(), far = Math.abs(ahead);
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    return `${day}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}${ahead < 0 ? '-' : '+'}${two(Math.floor(far / 60))}:${two(far % 60)}`;
  };

  const clock = (milliseconds) => {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    return `${Math.floor(seconds / 60)}.${two(seconds % 60)}`;
  };

  // Which sitting this tab is in: it stays so when the page is loaded again, and is forgotten with the tab.
  const tabOf = (quiz) => { try { return sessionStorage.getItem(`psm-tes ${quiz}`); } catch (_) { return null; } };
  const rememberTab = (quiz, id) => { try { sessionStorage.setItem(`psm-tes ${quiz}`, id); } catch (_) { /* it is asked again */ } };

  // A half-finished list keeps its gaps as null.
  const withoutGaps = (response) => (Array.isArray(response) ? response.filter((part) => part !== null) : response);

  // Options that are labels of their own may stand in any order.
  const arrange = (item, sitting) => {
    const options = new Map([...item.querySelectorAll('label.option')].map((option) => [option.querySelector('input').value, option]));
    PSM.draw.order(sitting, [...options.keys()], item.dataset.item).forEach((id) => options.get(id).parentNode.append(options.get(id)));
  };

  const setUp = async (section) => {
    const quiz = section.dataset, list = section.querySelector('.items'), key = `sitting/${quiz.quiz}`;
    const byId = new Map(); // the items, once they have come
    const panel = element('div', {class: 'panel', tabindex: '-1'});
    const top = element('div'); // where the screen goes: the bar itself stays in sight, so one cannot scroll to it
    const bar = element('div', {class: 'sitting-bar', hidden: true});
    const place = element('span'), left = element('span', {class: 'left'}), kept = element('span', {class: 'kept'});
    const note = element('p', {class: 'quiz-note', hidden: true, role: 'status'});
    const previous = element('button', {type: 'button', class: 'plain'}, 'Sebelumnya');
    const next = element('button', {type: 'button', class: 'check'}, 'Berikutnya');
    const everything = element('button', {type: 'button', class: 'plain'}, 'Tampilkan semua soal');
    const steps = element('p', {class: 'actions', hidden: true}, previous, next, everything);
    await PSM.mine.who;
    if (!section.isConnected) return; // another test's sitting is locked to this tab
    let sitting = await PSM.mine.get(key), shown = [], at = 0, all = false, ticking = null, warned = new Set(), openedAt = 0, spentBefore = 0;

    bar.append(place, left, kept);
    list.before(top, bar, note, panel);
    list.after(steps);

    const keep = (change) => {
      // Gone from the store: another tab handed it in. It is not brought back.
      const keeping = PSM.mine.update(key, (old) => { if (old) change(old); return old; })
        .then((fresh) => { sitting = fresh || sitting; });
      PSM.showKept(kept, keeping);
      return keeping;
    };

    // ---- time: counted while open, and by the clock while closed, unless the clock makes no sense -----------------------------
    const spent = () => spentBefore + (performance.now() - openedAt);
    const remaining = () => quiz.minutes * 60e3 - spent();
    const isOver = () => Boolean(quiz.minutes) && remaining() <= 0;

    const resumeClock = () => {
      const away = Date.now() - sitting.seen;
      openedAt = performance.now();
      spentBefore = sitting.spent + (away >= 0 && away < MOST_AWAY ? away : 0);
      if (away < 0 || away >= MOST_AWAY) say('Jam ponsel ini berubah atau tes lama ditinggalkan. Jawaban Anda aman; waktu dilanjutkan.');
    };

    const tick = () => {
      if (!quiz.minutes) return;
      left.textContent = isOver() ? 'Waktu habis' : `Sisa ${clock(remaining())}`;
      for (const minutes of [5, 1]) {
        if (!warned.has(minutes) && remaining() < minutes * 60e3 && remaining() > 0) { warned.add(minutes); PSM.announce(`Sisa waktu ${minutes} menit.`); }
      }
      if (isOver()) { stopClock(); lookOver(); }
    };
    const stopClock = () => { clearInterval(ticking); ticking = null; };
    const noteTime = (fresh) => { fresh.spent = Math.max(fresh.spent || 0, Math.round(spent())); fresh.seen = Date.now(); };

    // ---- what is on the screen ----------------------------------------------------------------------------------------------
    const say = (text) => { note.textContent = text; note.hidden = !text; };

    const only = (...parts) => {
      panel.hidden = !parts.length;
      panel.replaceChildren(...parts);
    };

    const isAnswered = (id) => PSM.responses.isWhole(byId.get(id), sitting.responses[id]);

    const showItems = (focus) => {
      only();
      list.hidden = steps.hidden = bar.hidden = false;
      byId.forEach((item) => { item.hidden = !shown.includes(item.dataset.item) || (!all && shown[at] !== item.dataset.item); });
      place.textContent = all ? `${shown.filter(isAnswered).length} dari ${shown.length} dijawab` : `Soal ${at + 1} dari ${shown.length}`;
      previous.hidden = all || at === 0;
      next.textContent = all || at === shown.length - 1 ? 'Tinjau jawaban' : 'Berikutnya';
      everything.textContent = all ? 'Tampilkan satu per satu' : 'Tampilkan semua soal';
      list.classList.toggle('one', !all);
      if (focus) { const item = byId.get(shown[at]); item.setAttribute('tabindex', '-1'); item.focus({preventScroll: true}); (all ? item : top).scrollIntoView(); }
    };

    const lookOver = () => {
      const open = shown.filter((id) => !isAnswered(id));
      list.hidden = steps.hidden = true;
      bar.hidden = false;
      place.textContent = 'Tinjau jawaban';
      const over = isOver();
      only(
        element('h2', {}, over ? 'Waktu habis' : 'Tinjau jawaban'),
        element('p', {}, `${shown.length - open.length} dari ${shown.length} soal sudah dijawab.`
          + (over ? ' Serahkan sekarang.' : '')),
        element('ol', {class: 'overview'}, ...shown.map((id, number) => element('li', {}, element('button', {
          type: 'button', class: isAnswered(id) ? 'done' : 'todo', disabled: over, click: () => { at = number; showItems(true); },
        }, `Soal ${number + 1}: ${isAnswered(id) ? 'dijawab' : 'belum'}`)))),
        element('p', {class: 'actions'},
          element('button', {type: 'button', class: 'check', click: handIn}, open.length ? `Serahkan dengan ${open.length} soal kosong` : 'Serahkan'),
          over ? '' : element('button', {type: 'button', class: 'plain', click: () => showItems(true)}, 'Kembali ke soal')),
      );
      panel.focus({preventScroll: true});
      top.scrollIntoView();
    };

    // ---- the items: they may come long after the page -------------------------------------------------------------------------
    // With them comes what signs and sends: who begins without a signal later must be able to hand in.
    const layOut = async () => {
      await PSM.load('people');
      for (const item of await PSM.itemsOf(section)) {
        if (byId.has(item.dataset.item)) continue;
        byId.set(item.dataset.item, item);
        PSM.responses.watch(item, (response) => answered(item, response));
      }
    };

    const answered = (item, response) => {
      if (!sitting) return;
      if (isOver()) { PSM.responses.fill(item, sitting.responses[item.dataset.item]); lookOver(); return; }
      keep((fresh) => { fresh.responses = Object.assign({}, fresh.responses, {[item.dataset.item]: response}); noteTime(fresh); })
        .then(() => { if (all) place.textContent = `${shown.filter(isAnswered).length} dari ${shown.length} dijawab`; }, () => null);
      sitting.responses = Object.assign({}, sitting.responses, {[item.dataset.item]: response});
    };

    const goOn = () => layOut().then(open, () => {
      list.hidden = steps.hidden = bar.hidden = true;
      only(element('p', {}, 'Jawaban Anda aman di ponsel ini, tetapi soalnya belum terunduh. Cari sinyal, lalu coba lagi.'),
        element('p', {class: 'actions'}, element('button', {type: 'button', class: 'check', click: goOn}, 'Coba lagi')));
    });

    // ---- begin, go on, hand in ----------------------------------------------------------------------------------------------
    const open = () => {
      shown = sitting.items.filter((id) => byId.has(id));
      if (sitting.digest !== quiz.digest) {
        const gone = sitting.items.length - shown.length;
        say(`Soal diperbarui sesudah Anda mulai. Semua jawaban Anda tetap ikut diserahkan${gone ? `, juga untuk ${gone} soal yang tidak ada lagi` : ''}.`);
      }
      if (quiz.shuffle === 'choices' || quiz.shuffle === 'both') shown.forEach((id) => arrange(byId.get(id), sitting));
      shown.forEach((id) => list.append(byId.get(id)));
      shown.forEach((id) => PSM.responses.fill(byId.get(id), sitting.responses[id]));
      resumeClock();
      const first = shown.findIndex((id) => !isAnswered(id));
      at = first < 0 ? 0 : first;
      if (isOver()) { left.textContent = 'Waktu habis'; lookOver(); return; }
      if (quiz.minutes) { tick(); ticking = setInterval(tick, 1000); }
      showItems();
    };

    const begin = (participant, attempt) => {
      const begun = {participant, quiz: quiz.quiz, attempt};
      const about = [...byId.values()].map((item) => ({id: item.dataset.item, group: item.dataset.group || '', always: item.hasAttribute('data-always')}));
      const drawn = PSM.draw.draw(begun, about, Number(quiz.draw) || about.length, quiz.shuffle === 'items' || quiz.shuffle === 'both');
      const fresh = Object.assign(begun, {
        id: uuid(), digest: quiz.digest, items: drawn, responses: {}, started_at: timestamp(), spent: 0, seen: Date.now(),
      });
      sitting = fresh;
      rememberTab(quiz.quiz, fresh.id);
      all = false;
      warned = new Set();
      return PSM.mine.update(key, (old) => old || fresh).then((kept) => { sitting = kept; rememberTab(quiz.quiz, kept.id); });
    };

    const handIn = async () => {
      stopClock();
      await keep(noteTime).catch(() => null);
      const responses = {};
      Object.keys(sitting.responses).forEach((id) => {
        if (sitting.responses[id] !== null) responses[id] = withoutGaps(sitting.responses[id]);
      });
      const {participant, id, attempt, digest, started_at} = sitting;
      await PSM.sending.keep({
        format: 'psm-submission/1', quiz: quiz.quiz, digest, participant, id, attempt, started_at, finished_at: timestamp(), responses,
      }).catch(() => null); // what could not be written stays in the open page, and is shown there to be sent
      await PSM.mine.update(key, () => undefined).catch(() => null);
      sitting = undefined;
      start(true);
    };

    // The next attempt of a person at this test: the office's word, else one after the last of her own on this phone.
    const handInsOf = async (number) => (await PSM.mine.of(number).all('handin/')).map(([, {document}]) => document).filter((document) => document.quiz === quiz.quiz);
    const attemptOf = async (number) => (await PSM.mine.of(number).get(`next/${quiz.quiz}`))
      || 1 + Math.max(0, ...(await handInsOf(number)).map((document) => document.attempt));
    const most = Number(quiz.attempts) || Infinity;
    const usedUp = `Anda sudah memakai ${most} kesempatan.`;

    const startForm = (me, next, hasHandedIn) => PSM.startForm({
      me, most, next, hasHandedIn, quiz,
      // Gives a sentence where it cannot begin; `number` is hers who begins.
      begin: async (number) => {
        if (!await layOut().then(() => true, () => false)) return `Soal belum terunduh. Cari sinyal, lalu ketuk ${hasHandedIn ? 'Mulai lagi' : 'Mulai'} sekali lagi.`;
        const attempt = await attemptOf(number);
        if (attempt > most) return usedUp;
        const kept = await begin(number, attempt).then(() => true, () => false);
        open();
        if (!isOver()) showItems(true);
        if (!kept) say('Ponsel ini tidak dapat menyimpan. Kerjakan, tetapi jangan menutup halaman sebelum jawaban dikirim.');
        return '';
      },
    });

    // A test that runs is entered by its own person only: who comes in another tab, or another day, says who it is.
    const isHere = () => PSM.lock && PSM.lock.now || tabOf(quiz.quiz) === sitting.id;
    const askWho = async () => {
      const label = PSM.device.label((await PSM.device.find(sitting.participant)) || {number: sitting.participant});
      list.hidden = steps.hidden = bar.hidden = true;
      only(element('h2', {}, 'Tes sedang dikerjakan'),
        element('p', {}, `Tes ini sedang dikerjakan ${label}. Jawabannya aman${quiz.minutes ? '; waktunya tetap berjalan' : ''}.`),
        element('p', {class: 'actions'},
          element('button', {type: 'button', class: 'check', click: () => { rememberTab(quiz.quiz, sitting.id); goOn(); }}, `Lanjutkan sebagai ${label}`),
          element('button', {type: 'button', class: 'plain', click: notMe}, 'Bukan saya')),
        element('div', {'data-who': ''}));
      PSM.mine.look();
    };
    const notMe = async () => {
      stopClock();
      PSM.mine.be('tamu');
      await PSM.device.use('tamu').catch(() => null);
      start(true);
    };

    // The hand-ins of this person, to be shown; nothing where what shows them cannot be had, or where a locked sitting is over.
    const handedIn = async (documents, focus) => {
      if (!documents.length) return [];
      try { await PSM.load('people'); } catch (_) {
        only(element('p', {}, 'Jawaban Anda aman di ponsel ini. Cari sinyal, lalu coba lagi.'),
          element('p', {class: 'actions'}, element('button', {type: 'button', class: 'check', click: () => start(focus)}, 'Coba lagi')));
        return null;
      }
      const handIns = await PSM.handIn.of(quiz.quiz), settled = handIns.find((one) => one.receipt);
      if (PSM.lock.now && settled) { await PSM.lock.finish(settled); return null; }
      return PSM.handIn.show(handIns, () => start(true));
    };

    const start = async (focus) => {
      const number = PSM.mine.number(), handIns = await handInsOf(number);
      sitting = await PSM.mine.get(key);
      if (sitting && handIns.some((document) => document.id === sitting.id)) { // handed in, and killed before the sitting was put away
        await PSM.mine.update(key, () => undefined).catch(() => null);
        sitting = undefined;
      }
      if (sitting) { await (isHere() ? goOn() : askWho()); return; }
      list.hidden = steps.hidden = bar.hidden = true;
      stopClock();
      say('');
      const below = await handedIn(handIns, focus);
      if (!below) return;
      const me = number === 'tamu' ? null : (await PSM.device.find(number)) || {number};
      const next = await attemptOf(number);
      only(...below, ...startForm(me, next, handIns.length > 0), element('div', {'data-who': ''}));
      PSM.mine.look();
      if (focus) { panel.focus({preventScroll: true}); panel.scrollIntoView(); }
    };

    previous.addEventListener('click', () => { at -= 1; showItems(true); });
    next.addEventListener('click', () => { if (all || at === shown.length - 1) lookOver(); else { at += 1; showItems(true); } });
    everything.addEventListener('click', () => { all = !all; showItems(true); });
    document.addEventListener('visibilitychange', () => { if (document.hidden && sitting) keep(noteTime).catch(() => null); });
    PSM.mine.watch(async (changed) => {
      if (changed !== key && !/^(handin|receipt)\//.test(changed)) return;
      const fresh = await PSM.mine.get(key);
      if (Boolean(fresh) !== Boolean(sitting) || !fresh) { stopClock(); start(); return; }
      sitting = fresh;
      shown.forEach((id) => PSM.responses.fill(byId.get(id), fresh.responses[id]));
    });
    await start();
    const soon = () => layOut().catch(() => null); // a phone that has a signal now may have none when the test is begun
    if (document.readyState === 'complete') soon();
    else window.addEventListener('load', soon);
    section.classList.add('ready');
  };

  document.querySelectorAll('[data-use="pretest"], [data-use="posttest"]').forEach(setUp);
})();
