'use strict';
// The first script of every page: the one global, where we are, and two small tools all other scripts use.
var PSM = {};

(() => {
  const html = document.documentElement;
  html.classList.add('js');
  PSM.root = html.dataset.root; // relative address of the site's root, so that a sub-path and a folder work too
  PSM.page = html.dataset.page;

  // A DOM element. Text is always text, never markup; `false` and `null` attributes are left out; functions listen to events.
  PSM.element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === 'function') made.addEventListener(name, value);
      else if (value === true) made.setAttribute(name, '');
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  // Say something to a screen reader. The region stands empty in the page from the start, or nothing would be read.
  const region = PSM.element('p', {class: 'unseen', role: 'status'});
  document.body.append(region);
  PSM.announce = (text) => {
    region.textContent = '';
    setTimeout(() => { region.textContent = text; }, 50);
  };

  // A script that few pages need waits in a template; it is loaded once, and can be asked for again where it could not be had.
  PSM.load = async (name, within = document) => {
    const waits = within.querySelector(`[data-${name}]`);
    waits.coming = waits.coming || new Promise((resolve, reject) => {
      const parts = document.importNode(waits.content, true), script = parts.querySelector('script');
      script.onload = resolve;
      script.onerror = () => { waits.coming = null; reject(); };
      document.head.append(parts);
    });
    return waits.coming;
  };

  // A visible word on whether something was kept. Success is not announced: it comes with every tap. Of several taps in a row
  // only the last may say that all is kept.
  const waiting = new WeakMap();
  PSM.showKept = (place, kept) => {
    const say = (text, isTrouble) => {
      if (waiting.get(place) !== kept) return;
      place.textContent = text;
      place.classList.toggle('trouble', isTrouble);
      if (isTrouble) PSM.announce(text);
    };
    waiting.set(place, kept);
    say('Menyimpan…', false);
    return kept.then(
      () => say('Tersimpan di ponsel ini', false),
      () => say('Belum tersimpan: penyimpanan ponsel penuh atau ditolak. Jangan tutup halaman ini. Kosongkan sedikit ruang, lalu jawab lagi.', true),
    );
  };
})();
