// Sliders beside a picture that the kernel draws: `sliders` [{name, label, min, max, step, unit, names}], their `values` by name, `html`.
// `{values}` is asked at every move; the reply holds the new `html`.
import {button, element, html, word} from './base.js';

// `names` are said in place of the numbers, if there are any.
const written = (value, {unit, names = []}) => names[value] || `${String(value).replace('.', ',')}${unit ? ` ${unit}` : ''}`;

export default word((state, {ask, change, keep, say, state: now}) => {
  const picture = keep('picture', () => html('', {class: 'picture'}));
  if (picture.drawn !== state.html) { picture.innerHTML = state.html; picture.drawn = state.html; }
  const move = (values) => { change({values}); ask({values}); };
  // Kept while it is dragged; only its figure is written anew.
  const sliders = keep('sliders', () => element('div', {class: 'sliders'}, ...state.sliders.map((slider, at) => {
    const input = () => move({...now().values, [slider.name]: Number(range.value)});
    const range = element('input', {type: 'range', id: `${state.key}-${at}`, min: slider.min, max: slider.max, step: slider.step, value: state.values[slider.name], 'data-key': slider.name, input});
    return element('p', {class: 'slider'}, element('label', {for: `${state.key}-${at}`}, slider.label), range, element('output', {for: `${state.key}-${at}`, 'data-of': slider.name}));
  })));
  state.sliders.forEach((slider) => {
    const {name} = slider, value = state.values[name], range = sliders.querySelector(`[data-key="${name}"]`);
    sliders.querySelector(`[data-of="${name}"]`).textContent = written(value, slider);
    range.setAttribute('aria-valuetext', written(value, slider));
    if (Number(range.value) !== value) range.value = value;
  });
  const again = () => { move(state.first); say('Kembali ke nilai awal.'); };
  const reset = keep('reset', () => element('p', {class: 'tools'}, button('reset', 'Kembali ke nilai awal', again)));
  return [sliders, picture, reset];
});
