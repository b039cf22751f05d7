// Words of the glossary and marks of sources: a mouse or the keyboard shows the meaning by style alone. On a touch screen the first tap
// shows it, the second goes to the glossary, or to the sources. Escape puts it away.
import {announce, every} from '../core/start.js';

const clear = () => every('.term.meant').forEach((shown) => shown.classList.remove('meant'));
document.addEventListener('click', (event) => {
  const term = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('.term:not(.meant)'));
  clear();
  if (!term || !matchMedia('(hover: none)').matches) return;
  event.preventDefault();
  term.classList.add('meant');
  announce(term.dataset.meaning || term.innerText);
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  clear();
  document.documentElement.classList.add('untold'); // until the pointer or the focus goes elsewhere
  const back = () => document.documentElement.classList.remove('untold');
  for (const next of ['mouseover', 'focusin']) document.addEventListener(next, back, {once: true});
});
