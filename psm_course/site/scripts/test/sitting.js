// A test on the phone: begin, answer, look over, hand in. Every tap is kept; closing the page costs nothing but time.
import {awaySince} from '../core/away.js';
import {known, labelOf, locked, mine} from '../core/people.js';
import {afterPaint, showKept} from '../core/kept.js';
import {announce, button, element, every, load, must, page, provided, refill, root} from '../core/start.js';
import {store} from '../core/store.js';
import {responses} from '../practice/responses.js';
import {draw, order} from './draw.js';
import {clock, rememberTab, tabOf, timestamp, uuid} from './moments.js';
import {NOT_KEPT, startForm} from './start.js';

/**
 * A half-finished list keeps its gaps as null.
 * @param {any} response
 */
const withoutGaps = (response) => (Array.isArray(response) ? response.filter((each) => each !== null) : response);

/**
 * Options that are labels of their own may stand in any order.
 * @param {HTMLElement} item @param {Sitting} sitting
 */
const arrange = (item, sitting) => {
  const options = every('label.option', item).map((option) => ({id: must('input', option, HTMLInputElement).value, option}));
  order(sitting, options, item.dataset.item).forEach(({option}) => option.parentElement?.append(option));
};

/** A screen that glides to its place may be overtaken by what comes meanwhile. @type {ScrollIntoViewOptions} */
const AT_ONCE = {behavior: 'instant'};

/** After the office's receipt: where the road leads on from this page, else how far one has come. */
const onward = () => {
  const next = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.pager .next'));
  const title = next ? (next.lastChild || next).textContent : 'Kemajuan saya';
  return element('p', {}, element('a', {class: 'check onward-act', href: next ? next.href : `${root}book/kemajuan.html`}, `Lanjut: ${(title || '').trim()}`));
};

/** @param {HTMLElement} section */
const setUp = async (section) => {
  const quiz = section.dataset, name = quiz.quiz || '', key = `sitting/${name}`;
  const list = must('.items', section), panel = must('.panel', section), said = must('.quiz-note', section);
  const bar = must('.sitting-bar', section), sitter = must('strong', bar), [place, kept, left] = every('span', bar);
  const top = must('.sitting-top', section); // where the screen goes: the bar itself stays in sight, so one cannot scroll to it
  const steps = must('.items ~ .actions', section), [previous, next, everything] = every('button', steps);
  /** @type {Map<string, HTMLElement>} the items, once they have come */
  const byId = new Map(), itemOf = (/** @type {string} */ id) => /** @type {HTMLElement} */ (byId.get(id));
  previous.onclick = () => { at -= 1; showItems(); };
  next.onclick = () => { if (all || at === shown.length - 1) lookOver(); else { at += 1; showItems(); } };
  everything.onclick = () => { all = !all; showItems(); };
  // Another has the phone: with one tap nobody's answers are on the screen any more.
  const leave = () => load('people').then((people) => people.choose('tamu'), () => say('Cari sinyal, lalu coba lagi.'));
  const notYou = () => button('Bukan Anda?', leave);
  await mine.who;
  if (!section.isConnected) return; // another test's sitting is locked to this tab
  /** @type {Sitting} the one that runs; undefined while none does */
  let sitting;
  /** @type {string[]} the ids of its items */
  let shown = [];
  let at = 0, all = false, ticking = 0, startedAt = 0;
  const limit = Number(quiz.minutes || 0); // in minutes; 0: none
  let minutesAllowed = limit, opened = '', toAnnounce = /** @type {number[]} */ ([]); // `opened`: the id of the sitting whose items are on the screen

  if (!locked.now) sitter.after(notYou());

  /**
   * Gone from the store, or another attempt there: another tab handed it in. It is not brought back, and nothing of it goes into another.
   * @type {(change: (fresh: Sitting) => void) => Promise<void>}
   */
  const note = (change) => mine.update(key, (/** @type {Sitting | undefined} */ old) => { if (old && old.id === opened) change(old); return old; })
    .then((fresh) => { if (fresh && fresh.id === opened) sitting = fresh; });
  /** @param {(fresh: Sitting) => void} change */
  const keep = (change) => { const keeping = note(change); showKept(kept, keeping, 'Tersimpan'); return keeping; };
  /** @param {string} id */
  const putAway = async (id) => { sitting = await mine.update(key, (old) => (old && old.id !== id ? old : undefined)).catch(() => undefined); };

  // ---- time: counted while open, and by the clock while closed, unless the clock makes no sense -----------------------------
  const spent = () => performance.now() - startedAt;
  const remaining = () => minutesAllowed * 60e3 - spent();
  const isOver = () => Boolean(minutesAllowed) && remaining() <= 0;

  const tick = () => {
    if (isOver()) { stopClock(); lookOver(); return; }
    left.textContent = `Sisa ${clock(remaining())}`;
    while (toAnnounce.length && remaining() < toAnnounce[0] * 60e3) announce(`Sisa waktu ${toAnnounce.shift()} menit.`);
  };
  const stopClock = () => { clearInterval(ticking); };
  /** More time that was taken in another tab stays taken. @param {Sitting} fresh */
  const noteTime = (fresh) => Object.assign(fresh, {
    spent: Math.max(fresh.spent || 0, Math.round(spent())), seen: Date.now(), on: shown[at], page, minutes: fresh.minutes === 0 ? 0 : minutesAllowed,
  });

  // ---- what is on the screen ----------------------------------------------------------------------------------------------
  /** @param {string} text */
  const say = (text) => { said.textContent = text; said.hidden = !text; };

  /** @param {(Node | string)[]} what */
  const only = (...what) => { panel.hidden = !what.length; refill(panel, ...what); };
  /** @param {'items' | 'overview' | 'no sitting'} what while one is sat, nothing on the page leads away from it */
  const show = (what) => {
    const isSitting = what !== 'no sitting';
    list.hidden = steps.hidden = what !== 'items';
    if (bar.hidden !== isSitting) return;
    bar.hidden = !isSitting;
    document.documentElement.classList.toggle('sitting', isSitting);
    provided('running')?.showRunning(); // what was said of a running test is said no more, or again
  };
  /** @param {string} words @param {() => unknown} retry */
  const askToRetry = (words, retry) => only(element('p', {}, words), element('p', {class: 'actions'}, button('Coba lagi', retry, 'check')));

  /** @param {string} id */
  const isAnswered = (id) => responses.isWhole(itemOf(id), sitting.responses[id]);
  const answeredOf = () => `${shown.filter(isAnswered).length} dari ${shown.length}`;

  const showItems = () => {
    only();
    show('items');
    byId.forEach((item, id) => { item.hidden = !shown.includes(id) || (!all && shown[at] !== id); });
    place.textContent = all ? `${answeredOf()} dijawab` : `Soal ${at + 1} dari ${shown.length}`;
    previous.hidden = all || at === 0;
    next.textContent = all || at === shown.length - 1 ? 'Tinjau jawaban' : 'Berikutnya';
    everything.textContent = all ? 'Tampilkan satu per satu' : 'Tampilkan semua soal';
    list.classList.toggle('one', !all);
    afterPaint(() => note(noteTime).catch(() => null)); // which question it is: closed now, the page opens on it
    const item = itemOf(shown[at]);
    item.setAttribute('tabindex', '-1');
    item.focus({preventScroll: true});
    (all ? item : top).scrollIntoView(AT_ONCE);
  };

  const lookOver = () => {
    const open = shown.filter((id) => !isAnswered(id)).length, over = isOver();
    if (over) left.textContent = 'Waktu habis';
    show('overview');
    place.textContent = 'Tinjau jawaban';
    only(
      element('h2', {}, over ? 'Waktu habis' : 'Tinjau jawaban'),
      element('p', {}, `${answeredOf()} soal sudah dijawab.${over ? ' Serahkan, atau lanjutkan bila perlu waktu lebih; petugas hanya melihat bahwa waktunya lewat.' : ''}`),
      element('ol', {class: 'overview'}, ...shown.map((id, number) => element('li', {}, element('button', {
        type: 'button', class: isAnswered(id) ? 'done' : 'todo', disabled: over, click: () => { at = number; showItems(); },
      }, `Soal ${number + 1}: ${isAnswered(id) ? 'dijawab' : 'belum'}`)))),
      element('p', {class: 'actions'},
        button(open ? `Serahkan dengan ${open} soal kosong` : 'Serahkan', handIn, 'check'),
        button(over ? 'Saya perlu waktu lebih' : 'Kembali ke soal', over ? goBeyond : showItems)),
    );
    panel.focus({preventScroll: true});
    top.scrollIntoView();
  };
  // Who reads slowly or by ear is not cut off: the office sees the time that was taken, and decides nothing by it.
  const goBeyond = () => { stopClock(); minutesAllowed = 0; left.textContent = 'Lewat waktu'; showItems(); };
  const bringUp = () => { panel.focus({preventScroll: true}); panel.scrollIntoView(AT_ONCE); };

  // ---- the items: they may come long after the page -------------------------------------------------------------------------
  // They are a file of their own (psm_course/site/output/items_file.py), which can be asked for again; their markup is what the page's own template
  // wrote. With them comes what signs and sends: who begins without a signal later must be able to hand in.
  const layOut = async () => {
    await load('people');
    const [, markup] = list.firstElementChild ? [] : await load('items', section);
    if (markup && !list.firstElementChild) list.innerHTML = markup; // else somebody else waited for them too
    for (const item of every(':scope > *', list)) {
      const id = item.dataset.item || '';
      if (!byId.has(id)) responses.watch(item, (response) => answered(item, id, response));
      byId.set(id, item);
    }
  };

  /** @param {HTMLElement} item @param {string} id @param {any} response */
  const answered = (item, id, response) => {
    if (!sitting) return;
    if (isOver()) { responses.fill(item, sitting.responses[id]); lookOver(); return; }
    if (all) at = shown.indexOf(id);
    keep((fresh) => { fresh.responses = {...fresh.responses, [id]: response}; noteTime(fresh); })
      .then(() => { if (all) place.textContent = `${answeredOf()} dijawab`; }, () => null);
    sitting.responses = {...sitting.responses, [id]: response};
  };

  /** @returns {Promise<void>} */
  const goOn = () => layOut().then(open, () => {
    show('no sitting');
    askToRetry('Jawaban Anda aman di ponsel ini, tetapi soalnya belum terunduh. Cari sinyal, lalu coba lagi.', goOn);
  });

  // ---- begin, go on, hand in ----------------------------------------------------------------------------------------------
  const open = () => {
    stopClock(); // it may be opened twice
    opened = sitting.id;
    shown = sitting.items.filter((id) => byId.has(id));
    const gone = sitting.items.length - shown.length, alsoOf = gone ? `, juga untuk ${gone} soal yang tidak ada lagi` : '';
    if (sitting.digest !== quiz.digest) say(`Soal diperbarui sesudah Anda mulai. Semua jawaban Anda tetap ikut diserahkan${alsoOf}.`);
    shown.map(itemOf).forEach((item, number) => {
      if (quiz.shuffle === 'choices' || quiz.shuffle === 'both') arrange(item, sitting);
      list.append(item);
      responses.fill(item, sitting.responses[shown[number]]);
    });
    const away = awaySince(sitting.seen);
    startedAt = performance.now() - sitting.spent - (away || 0);
    if (away === null) say('Jam ponsel ini berubah atau tes lama ditinggalkan. Jawaban Anda aman; waktu dilanjutkan.');
    at = Math.max(0, shown.indexOf(sitting.on || shown.find((id) => !isAnswered(id)) || ''));
    sitterOf().then((label) => refill(sitter, label));
    minutesAllowed = sitting.minutes === 0 ? 0 : limit; // she asked for more time
    toAnnounce = [5, 1].filter((minutes) => remaining() > minutes * 60e3);
    if (isOver()) { lookOver(); return; }
    if (minutesAllowed) { tick(); ticking = window.setInterval(tick, 1000); }
    showItems();
  };

  const handIn = async () => {
    stopClock();
    await keep(noteTime).catch(() => null);
    const given = Object.entries(sitting.responses).filter(([, response]) => response !== null)
      .reduce((answers, [id, response]) => ({...answers, [id]: withoutGaps(response)}), {});
    const {participant, id, attempt, digest, started_at} = sitting;
    const {sending} = await load('people'); // it came with the items
    await sending.keep({
      format: 'psm-submission/1', quiz: name, digest, participant, id, attempt, started_at, finished_at: timestamp(), responses: given,
    }).catch(() => null); // what could not be written stays in the open page, and is shown there to be sent
    await putAway(id);
    start(true);
  };

  // The next attempt of a person at this test: the office's word, else one after the last of her own on this phone.
  /** @type {(number: string) => Promise<Submission[]>} */
  const handInsOf = async (number) => (await mine.of(number).all('handin/')).map(([, {document: each}]) => each).filter((each) => each.quiz === name);
  /** @type {(number: string) => Promise<number>} */
  const attemptOf = async (number) => (await mine.of(number).get(`next/${name}`))
    || 1 + Math.max(0, ...(await handInsOf(number)).map(({attempt}) => attempt));
  const most = Number(quiz.attempts) || Infinity;

  /** @param {string} participant @returns {Promise<string>} why it cannot begin, or '' */
  const begin = async (participant) => {
    if (!await layOut().then(() => true, () => false)) return 'Soal belum terunduh. Cari sinyal, lalu ketuk Mulai sekali lagi.';
    const attempt = await attemptOf(participant);
    if (attempt > most) return `Anda sudah memakai ${most} kesempatan.`;
    const begun = {participant, quiz: name, attempt};
    const about = [...byId].map(([id, {dataset: {group = '', always, variants = ''}}]) => ({id, group, always: always !== undefined, variants}));
    const items = draw(begun, about, Number(quiz.draw) || about.length, quiz.shuffle === 'items' || quiz.shuffle === 'both');
    const fresh = Object.assign(begun, {
      id: uuid(), digest: quiz.digest || '', items, responses: {}, started_at: timestamp(), spent: 0, seen: Date.now(), page, minutes: limit,
    });
    all = false;
    sitting = fresh; // now: else what another tab says meanwhile would find none
    rememberTab(name, fresh.id);
    const keeping = mine.update(key, (/** @type {Sitting | undefined} */ old) => old || fresh); // another tab may have been faster
    sitting = await keeping.catch(() => fresh);
    rememberTab(name, sitting.id);
    open();
    if (await keeping.then(store.isAside, () => true)) say(NOT_KEPT);
    return '';
  };

  // A test that runs is entered by its own person only: who comes in another tab, or another day, says who it is.
  const sitterOf = async () => labelOf(locked.now || (await known(sitting.participant)) || {number: sitting.participant});
  const askWho = async () => {
    const label = await sitterOf();
    show('no sitting');
    only(element('h2', {}, 'Tes sedang dikerjakan'),
      element('p', {}, 'Tes ini sedang dikerjakan ', label, `. Jawabannya aman${quiz.minutes ? '; waktunya tetap berjalan' : ''}.`),
      element('p', {class: 'actions'},
        button(element('span', {}, 'Lanjutkan sebagai ', label.cloneNode(true)), () => { rememberTab(name, sitting.id); goOn(); }, 'check'),
        button('Bukan saya', leave)));
    bringUp();
  };

  /** @param {boolean} [focus] */
  const start = async (focus) => {
    const number = mine.number(), documents = await handInsOf(number), hasHandedIn = documents.length > 0;
    sitting = await mine.get(key);
    if (sitting && documents.some(({id}) => id === sitting.id)) await putAway(sitting.id); // handed in, and killed before the sitting was put away
    if (sitting) { await (locked.now || tabOf(name) === sitting.id ? goOn() : askWho()); return; }
    show('no sitting');
    stopClock();
    say('');
    const people = hasHandedIn && await load('people').catch(() => null);
    if (hasHandedIn && !people) { askToRetry('Jawaban Anda aman di ponsel ini. Cari sinyal, lalu coba lagi.', () => start(focus)); return; }
    const handIns = people ? await people.handIn.of(name) : [], settled = handIns.find((one) => one.receipt);
    if (people && settled && locked.now) { await people.finish(settled); return; }
    const handedIn = people ? people.handIn.show(handIns, () => start(true)) : [];
    const me = number === 'tamu' ? null : (await known(number)) || {number};
    const begins = startForm({me, most, next: await attemptOf(number), hasHandedIn, quiz, notYou, begin});
    only(...handedIn, settled ? onward() : '', ...begins, me ? '' : element('div', {'data-who': ''}));
    mine.look();
    if (focus) bringUp();
  };

  document.addEventListener('visibilitychange', () => { if (document.hidden && !bar.hidden) keep(noteTime).catch(() => null); });
  mine.watch(async (/** @type {string} */ changed) => {
    if (changed !== key && !/^(handin|receipt)\//.test(changed)) return;
    const fresh = await mine.get(key);
    if (!fresh || !sitting || (!bar.hidden && fresh.id !== opened)) { stopClock(); start(); return; }
    sitting = fresh;
    if (isOver() && fresh.minutes === 0 && !bar.hidden) goBeyond(); // more time was taken in the other tab
    shown.forEach((id) => responses.fill(itemOf(id), fresh.responses[id]));
  });
  await start();
  const soon = () => layOut().catch(() => null); // a phone that has a signal now may have none when the test is begun
  if (document.readyState === 'complete') soon();
  else window.addEventListener('load', soon);
  section.classList.add('ready');
};

export const start = () => every('[data-use="pretest"], [data-use="posttest"]').forEach(setUp);
