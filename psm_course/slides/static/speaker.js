/* The trainer's window: what may be said, what comes next, and the time. The deck fills it from outside, so that it needs no script,
   no address and no message between windows, and works from a file as from the desk. */
const PSM = {
  speaker(deck) {
    'use strict';
    const quiet = document.documentElement.hasAttribute('data-quiet');
    const SMALL = 190; // height of a slide in small, in pixels
    let shown = null;
    let since = Date.now();
    let parts = {};

    const element = (name, attributes = {}, ...children) => {
      const made = shown.document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...children);
      return made;
    };

    const small = (section, height) => {
      const box = element('div', {class: 'reveal small-slide', 'aria-hidden': 'true'});
      if (!section) return box;
      const slide = shown.document.importNode(section, true);
      slide.querySelectorAll('.keys, .notes').forEach(part => part.remove());
      slide.className = section.className.replace(/\b(past|future)\b/g, '') + ' present';
      slide.removeAttribute('hidden');
      slide.removeAttribute('aria-hidden');
      slide.style.cssText = `display:flex;transform:scale(${height / 1080})`;
      box.append(element('div', {class: 'slides'}, slide));
      box.style.cssText = `height:${height}px;width:${height * 16 / 9}px`;
      return box;
    };

    const next = () => {
      const slides = deck.getSlides();
      return slides[slides.indexOf(deck.getCurrentSlide()) + 1];
    };

    const hasAnswerToCome = () => deck.availableFragments().next;

    const refresh = () => {
      if (!shown || shown.closed) return;
      const current = deck.getCurrentSlide();
      const notes = current.querySelector('.notes');
      const clone = shown.document.importNode(notes, true);
      parts.notes.replaceChildren(...clone.childNodes);
      if (!parts.notes.textContent.trim()) parts.notes.replaceChildren(element('p', {class: 'none'}, 'Tidak ada catatan untuk slide ini.'));
      parts.now.replaceChildren(small(current, SMALL));
      parts.next.replaceChildren(small(next(), SMALL));
      parts.after.textContent = hasAnswerToCome() ? 'Berikutnya: jawabannya, lalu' : next() ? 'Berikutnya' : 'Ini slide terakhir';
      parts.place.textContent = `Slide ${deck.getSlidePastCount() + 1} dari ${deck.getTotalSlides()}`;
    };

    const two = number => String(number).padStart(2, '0');
    const tick = () => {
      if (quiet || !shown || shown.closed) return;
      const now = new Date();
      const minutes = Math.floor((Date.now() - since) / 60000);
      parts.clock.textContent = `${two(now.getHours())}.${two(now.getMinutes())}`;
      parts.passed.textContent = `${minutes} menit berjalan`;
    };

    const keys = event => {
      const forward = ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'n'];
      const back = ['ArrowLeft', 'ArrowUp', 'PageUp', 'p'];
      if (event.target.closest('button') && event.key === ' ') return;
      if (forward.includes(event.key)) deck.next();
      else if (back.includes(event.key)) deck.prev();
      else return;
      event.preventDefault();
    };

    const button = (label, act) => {
      const made = element('button', {type: 'button'}, label);
      made.addEventListener('click', act);
      return made;
    };

    const fill = () => {
      const page = shown.document;
      page.documentElement.lang = 'id';
      page.head.replaceChildren(element('meta', {charset: 'utf-8'}), ...[...document.querySelectorAll('style')].map(style => page.importNode(style, true)));
      page.title = `Pelatih: ${document.title}`;
      parts = {
        notes: element('section', {class: 'say', 'aria-label': 'Catatan pelatih', 'aria-live': 'polite', tabindex: '0'}),
        now: element('div'), next: element('div'), after: element('h2'), place: element('p', {class: 'place'}),
        clock: element('p', {class: 'clock'}), passed: element('p', {class: 'passed'}),
      };
      const time = quiet ? [] : [parts.clock, parts.passed, button('Mulai hitung lagi', () => { since = Date.now(); tick(); })];
      const moving = element('p', {class: 'moving'}, button('← Mundur', () => deck.prev()), button('Maju →', () => deck.next()));
      page.body.className = 'pelatih';
      page.body.replaceChildren(
        element('main', {}, element('h1', {}, 'Catatan pelatih'), parts.notes),
        element('aside', {}, element('h2', {}, 'Di dinding'), parts.now, parts.after, parts.next, parts.place, moving, ...time),
      );
      page.addEventListener('keydown', keys);
      refresh();
      tick();
    };

    for (const event of ['ready', 'slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(event, refresh);
    setInterval(tick, 5000);
    // A page that is loaded anew cannot reach the window of the one before it, which would stand there and no longer move.
    addEventListener('pagehide', () => shown && shown.close());

    return {
      open() {
        shown = window.open('', 'psm-pelatih', 'popup,width=1200,height=760');
        if (shown) fill();
        else alert('Peramban menutup jendela pelatih. Izinkan jendela baru untuk halaman ini, lalu tekan S lagi.');
      },
    };
  },
};
