/* The slides on the wall. Letters are made a step smaller where another computer's font is wider than those we measured with. */
(() => {
  'use strict';
  const SIZES = ['normal', 'tight', 'small'];

  const overflows = section => [section, ...section.querySelectorAll('.body')].some(box => box.scrollHeight > box.clientHeight + 1);

  const fit = section => {
    for (let size = SIZES.findIndex(name => section.classList.contains(name)); overflows(section) && size < SIZES.length - 1; size += 1) {
      section.classList.replace(SIZES[size], SIZES[size + 1]);
    }
  };

  const deck = new Reveal({
    width: 1920, height: 1080, margin: 0, minScale: 0.1, maxScale: 4, center: false, hash: true, controls: false,
    transition: 'none', backgroundTransition: 'none', slideNumber: 'c/t', showSlideNumber: 'all', overview: true, help: false,
    scrollActivationWidth: null, pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1, postMessage: false, plugins: [],
    keyboard: {83: () => speaker.open()},
  });
  const speaker = PSM.speaker(deck);
  const fitShown = () => { fit(deck.getCurrentSlide()); };
  deck.on('ready', fitShown);
  deck.on('slidechanged', fitShown);
  for (const event of ['fragmentshown', 'fragmenthidden']) deck.on(event, fitShown);
  deck.on('pdf-ready', () => { document.querySelectorAll('.slides section').forEach(fit); });
  document.querySelector('[data-speaker]').addEventListener('click', () => speaker.open());
  deck.initialize();
})();
