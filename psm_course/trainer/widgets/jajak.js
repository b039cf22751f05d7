// A question to the hall: `question`, `choices` [{id, html}], `counts` by id. Bars grow as hands are tapped or typed.
import {button, element, html, tally, word} from './base.js';

export default word((state, tools) => {
  const {change, say, keep} = tools;
  const write = (counts) => change({counts});
  const all = state.choices.reduce((sum, {id}) => sum + (state.counts[id] || 0), 0);
  return [
    keep('question', () => html(state.question, {class: 'asked poll'})),
    tally(tools, 'hands', state.choices, () => tools.state().counts, write),
    element('p', {class: 'tools'},
      button('clear', 'Kosongkan', () => { write({}); say('Hitungan kosong lagi.'); }, {disabled: all === 0}),
      element('span', {class: 'place'}, all ? `${all} tangan` : 'Hitung tangan: ketik angkanya, atau ketuk +1')),
  ];
});
