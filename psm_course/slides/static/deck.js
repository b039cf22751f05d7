/* The slides on the wall. Letters are as large as what is shown of a slide has room for: smaller where another computer's font is wider
   than those we measured with, larger where a slide says little or its answer is still to come. */
(() => {
  'use strict';
  const SIZES = ['huge', 'great', 'big', 'large', 'normal', 'tight', 'small'];

  const isCut = box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
  const overflows = section => [section, ...section.querySelectorAll('.body')].some(isCut);

  const fit = PSM.fit = section => {
    const size = SIZES.findIndex(name => section.classList.contains(name));
    // A picture gives way to larger words and nothing overflows: there the words stay as they were foretold.
    const tried = SIZES.slice(section.querySelector('img, svg') ? size : 0);
    section.classList.replace(SIZES[size], tried[0]);
    for (let at = 1; at < tried.length && overflows(section); at += 1) section.classList.replace(tried[at - 1], tried[at]);
  };

  // On paper a slide is a page, and nothing moves: all is laid out at once, so that a browser without a window can print it.
  const paper = on => {
    document.documentElement.classList.toggle('paper', on);
    document.documentElement.classList.toggle('print-pdf', on); // reveal.js has a style of its own for other papers
    if (on) document.querySelectorAll('.slides > section').forEach(fit);
  };
  if (/[?&]print-pdf\b/.test(location.search)) {
    paper(true);
    return;
  }
  addEventListener('beforeprint', () => paper(true));
  addEventListener('afterprint', () => paper(false));

  const deck = new Reveal({
    width: 1920, height: 1080, margin: 0, minScale: 0.1, maxScale: 4, center: false, hash: true, controls: false,
    transition: 'none', backgroundTransition: 'none', slideNumber: 'c/t', showSlideNumber: 'all', overview: true, help: false,
    scrollActivationWidth: null, postMessage: false, plugins: [],
    keyboard: {83: () => speaker.open()},
  });
  const speaker = PSM.speaker(deck);
  const fitShown = () => { fit(deck.getCurrentSlide()); };
  deck.on('ready', fitShown);
  deck.on('slidechanged', fitShown);
  for (const event of ['fragmentshown', 'fragmenthidden']) deck.on(event, fitShown);
  document.querySelector('[data-speaker]').addEventListener('click', () => speaker.open());
  deck.initialize();
})();
