// A picture that the kernel draws anew by itself: `html`, every `seconds`, until somebody stops it. `{refresh: true}` is asked.
import {button, element, html, word} from './base.js';

export default word((state, {change, say, ask, every, state: now}) => {
  every(state.seconds, () => { if (!now().stopped) ask({refresh: true}); });
  const stop = () => { change({stopped: !state.stopped}); say(state.stopped ? 'Diperbarui sendiri.' : 'Berhenti diperbarui.'); };
  return [
    html(state.html),
    element('p', {class: 'tools'},
      button('now', 'Perbarui sekarang', () => ask({refresh: true})),
      button('stop', state.stopped ? 'Perbarui sendiri lagi' : 'Berhenti memperbarui', stop, {'aria-pressed': String(Boolean(state.stopped))})),
  ];
});
