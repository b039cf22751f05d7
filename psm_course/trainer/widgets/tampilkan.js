// Pages that a hall reads one after the other: `pages` [{title, html, answer}], `at` the page shown, `told` whether its answer is.
import {button, element, html, word} from './base.js';

// The answer is folded on the site; here it is opened by its button.
const opened = (answer) => {
  answer.querySelectorAll('details').forEach((folded) => { folded.open = true; });
  return answer;
};

export default word((state, {change, keep, moveTo, say}) => {
  const {pages, at, told} = state, page = pages[at], place = `${state.called} ${at + 1} dari ${pages.length}`;
  // Who turns the pages stays on the same button, and on the other one where there is no further page.
  const go = (step) => {
    const to = at + step;
    moveTo(Boolean(pages[to + step]) === (step > 0) ? 'next' : 'back');
    change({at: to, told: false});
    say(`${state.called} ${to + 1} dari ${pages.length}. ${pages[to].title || ''}`);
  };
  const tell = () => { moveTo('tell'); change({told: !told}); say(told ? 'Jawaban ditutup.' : 'Jawaban tampil di bawah soal.'); };
  return [
    element('p', {class: at || told ? 'heading begun' : 'heading', role: 'heading', 'aria-level': '3'}, element('span', {}, page.title || state.title), element('span', {class: 'place'}, place)),
    keep(`page ${at}`, () => html(page.html, {class: `page ${state.look}`})), // what was ticked on it stays
    told && page.answer && opened(html(page.answer, {class: 'told'})),
    element('p', {class: 'tools'},
      button('back', '← Sebelumnya', () => go(-1), {disabled: at === 0, 'data-clicker': 'PageUp'}),
      // The clicker opens the answer first, as on slides.
      page.answer && button('tell', told ? 'Tutup jawaban' : 'Tampilkan jawaban', tell, {class: told ? '' : 'main', 'aria-expanded': String(Boolean(told)), 'data-clicker': told ? undefined : 'PageDown'}),
      button('next', 'Berikutnya →', () => go(1), {disabled: at === pages.length - 1, class: told || !page.answer ? 'main' : '', 'data-clicker': told || !page.answer ? 'PageDown' : undefined})),
  ];
});
