// A case one step at a time: the room votes by hands, the trainer takes a choice, what follows is read, and at the end the path stands.
// `steps` by id {html, choices: [{id, html, next, told, critical}]}, `start`; `path` [{step, choice}], `asking`: the last choice is told,
// the next step not yet asked; `votes` by step and choice; `counting`: hands are counted.
import {button, element, html, letter, tally, word} from './base.js';

const END = 'end';

const stepAfter = (state, path) => {
  const last = path[path.length - 1];
  return last ? state.steps[last.step].choices.find(({id}) => id === last.choice).next : state.start;
};

const told = (state, {step, choice}) => {
  const at = state.steps[step].choices.findIndex(({id}) => id === choice), taken = state.steps[step].choices[at];
  return [
    element('div', {class: 'taken'}, element('span', {class: 'letter', 'aria-hidden': 'true'}, letter(at)), html(taken.html, {class: 'text'})),
    html(taken.told, {class: taken.critical ? 'follows critical' : 'follows'}),
  ];
};

const counted = (state, {step, choice}) => {
  const votes = state.votes[step] || {}, all = Object.values(votes).reduce((sum, count) => sum + count, 0);
  return all ? element('span', {class: 'place'}, `${votes[choice] || 0} dari ${all} tangan`) : null;
};

const wholePath = (state) => element('ol', {class: 'path'}, state.path.map((taken) => element('li', {},
  html(state.steps[taken.step].html, {class: 'situation'}), ...told(state, taken), counted(state, taken))));

export default word((state, tools) => {
  const {change, keep, moveTo, say} = tools, {path, asking} = state;
  const at = asking ? path[path.length - 1].step : stepAfter(state, path);
  const number = asking ? path.length : path.length + 1, step = state.steps[at];
  const take = (choice) => {
    moveTo('on');
    change({path: [...path, {step: at, choice}], asking: true});
    say(`Pilihan ${letter(step.choices.findIndex(({id}) => id === choice))}. ${step.choices.find(({id}) => id === choice).plain}`);
  };
  const on = () => { moveTo('heading'); change({asking: false}); say(stepAfter(state, path) === END ? 'Kasus selesai. Jalan yang ditempuh tampil.' : `Langkah ${path.length + 1}.`); };
  const back = () => { moveTo('heading'); change({path: path.slice(0, -1), asking: false}); say('Silakan pilih lagi.'); };
  const again = () => { moveTo('heading'); change({path: [], asking: false, votes: {}}); say('Dari awal.'); };
  const heading = (text) => element('p', {class: path.length ? 'heading begun' : 'heading', role: 'heading', 'aria-level': '3', tabindex: '-1', 'data-key': 'heading'}, element('span', {}, state.title), element('span', {class: 'place'}, text));
  const restart = path.length > 0 && button('again', 'Ulangi dari awal', again);
  if (at === END) return [heading('Jalan yang ditempuh'), wholePath(state), html(state.lesson, {class: 'told'}), element('p', {class: 'tools'}, button('undo', '← Ganti pilihan terakhir', back), restart)];
  if (asking) {
    return [
      heading(`Langkah ${number}`), html(step.html, {class: 'situation'}), ...told(state, path[path.length - 1]),
      element('p', {class: 'tools'}, button('undo', '← Ganti pilihan', back, {'data-clicker': 'PageUp'}), restart,
        button('on', stepAfter(state, path) === END ? 'Lihat jalan yang ditempuh →' : 'Lanjut →', on, {class: 'main', 'data-clicker': 'PageDown'})),
    ];
  }
  const read = () => tools.state().votes[at] || {}, write = (counts) => change({votes: {...tools.state().votes, [at]: counts}});
  const choices = state.counting ? tally(tools, `votes ${at}`, step.choices, read, write, take)
    : element('div', {class: 'choosing'}, step.choices.map(({id, html: text}, place) => element('button', {type: 'button', class: 'choice', 'data-key': `take ${id}`, click: () => take(id)},
      element('span', {class: 'letter'}, letter(place)), html(text, {class: 'text'}))));
  return [
    heading(`Langkah ${number}`),
    path.length === 0 && state.opening && html(state.opening, {class: 'opening'}),
    keep(`step ${at}`, () => html(step.html, {class: 'asked'})), choices,
    element('p', {class: 'tools'}, path.length > 0 && button('undo', '← Langkah sebelumnya', back, {'data-clicker': 'PageUp'}), restart),
  ];
});
