// The clock of the hall against the day's plan: `rows` [{starts, ends, title, now?}] in minutes after midnight, `zone` minutes east of UTC,
// `lesson` {title, starts, ends} if this notebook is in the plan, `late` sentence or empty, `cuts` [text].
import {button, element, word} from './base.js';

const DAY = 24 * 60;
const two = (number) => String(number).padStart(2, '0');
const clock = (minute) => `${two(Math.floor(minute / 60) % 24)}.${two(Math.floor(minute) % 60)}`;
const length = (minutes) => (minutes >= 60 ? `${Math.floor(minutes / 60)} jam ${minutes % 60} menit` : `${minutes} menit`);

/** Minutes after midnight by the office's clock, with the seconds as a fraction. */
const minuteNow = (zone) => (((Date.now() / 60000 + zone) % DAY) + DAY) % DAY;

// Opened at another time of the day there is nothing left, and nothing late.
const isNear = ({starts, ends}, now) => now > starts - 180 && now < ends + 180;
const left = ({ends}, now) => (ends > now ? `sisa ${length(Math.ceil(ends - now))}` : `lewat ${length(Math.floor(now - ends))}`);

export default word((state, {ask, every, keep, say}) => {
  const hand = keep('hand', () => element('p', {class: 'clock', role: 'timer'}));
  const plan = keep('plan', () => element('div', {}));
  const draw = () => {
    const now = minuteNow(state.zone), running = state.lesson || state.rows.find(({starts, ends}) => starts <= now && now < ends);
    const next = state.rows.find(({starts}) => starts > now);
    hand.textContent = clock(now);
    const lines = [
      running && element('p', {class: 'running'}, element('strong', {}, running.title), ` ${clock(running.starts)}–${clock(running.ends)} `, isNear(running, now) && element('span', {class: running.ends > now ? 'left' : 'left over'}, left(running, now))),
      next && element('p', {class: 'next'}, `Sesudah itu, ${clock(next.starts)}: ${next.title}`),
    ].filter(Boolean);
    const text = lines.map((line) => line.textContent).join();
    if (plan.text !== text) plan.replaceChildren(...lines);
    plan.text = text;
  };
  every(5, draw);
  draw();
  return [
    hand, plan,
    state.late && element('p', {class: 'late'}, state.late),
    state.cuts.length > 0 && element('ul', {class: 'cuts'}, state.cuts.map((cut) => element('li', {}, cut))),
    !state.lesson && state.rows.length === 0 && element('p', {class: 'next'}, 'Buku catatan ini tidak ada di rundown hari ini.'),
    state.lesson && element('p', {class: 'tools'}, button('now', 'Hitung lagi', () => { ask({now: true}); say('Dihitung lagi.'); })),
  ];
});
