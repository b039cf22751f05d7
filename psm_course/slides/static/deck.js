/* The slides on the wall. Letters are made a step smaller where another computer's font is wider than those we measured with. */
(() => {
  'use strict';
  const SIZES = ['big', 'large', 'normal', 'tight', 'small'];

  const overflows = section => [section, ...section.querySelectorAll('.body')].some(box => box.scrollHeight > box.clientHeight + 1);

  const fit = PSM.fit = section => {
    for (let size = SIZES.findIndex(name => section.classList.contains(name)); overflows(section) && size < SIZES.length - 1; size += 1) {
      section.classList.replace(SIZES[size], SIZES[size + 1]);
    }
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
