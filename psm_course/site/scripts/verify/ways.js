// The part "ways": the ways to a verdict other than the address: a file, the text of a code, the camera, and the number.
import {must, provide} from '../core/start.js';
import {fresh, judged, rehearsed, said} from './checking.js';
import {need} from './parts.js';
import {officeOf} from './published.js';
import {part, show} from './shown.js';
import {latin} from './signed/bytes.js';
import {verify} from './verdict.js';

/** @param {File} file */
const textOf = (file) => need('camera').then(({textIn}) => textIn(file));
/** @param {File} file */
const bytesOf = (file) => new Response(file.slice(0, 10000001)).arrayBuffer().then((whole) => new Uint8Array(whole)); // one more than a PDF may have

part('ways').addEventListener('input', (/** @type {{target: HTMLInputElement}} */ {target}) => target.setCustomValidity(''));

/** @param {string} number @param {string} name */
const lookedUp = async (number, name) => {
  const numbers = await need('numbers'), [kind, title, reason, asOf] = await numbers.lookUp(number.trim().slice(0, 200), await fresh());
  return () => show(kind, {title, reason, status: asOf && `Status per ${asOf}`, 'of-name': numbers.sayOfName(name.trim().slice(0, 200))});
};

const NOT_COME = 'Pembaca kode belum terunduh. Sambungkan ke internet, lalu ketuk lagi, atau pakai kamera ponsel biasa.';
const scan = () => {
  const told = part('told');
  told.textContent = '';
  need('camera').then(({open}) => open(), () => { told.textContent = NOT_COME; });
};

// ---- a rehearsal ------------------------------------------------------------------------------------------------------------------------

// Whatever is done first is slow. So it is done now, with the certificate of nobody, while the person still chooses, types or aims.
const NOBODY = {
  format: 'psm-keys/1', issuer: 'did:key:contoh', name: '', site: '',
  keys: [{public_key: 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp', created: '2025-01-06T01:00:00Z', retired_at: null, compromised_at: null}],
};
const OF_NOBODY = '0oRJogEnBEQTnjlAoFgroToAAQAAiUyDlpbagFH2cDXc_Z1mQ29udG9oYTFhMWVEZXBvawEZTxH2AFhANCQPvZmjiktO0NKjDrO_fG28gkPeMXjrjyTjjuQkbqcUOGMknXlcgDyspXZsF4VGpnS1NlRoJ0unONggj-LUDw';
const rehearse = () => verify(OF_NOBODY, officeOf([NOBODY], async () => []), Date.now()).then((found) => { rehearsed(found.record || {}); return found; });
/** Asks for and reads ahead of time all that a scan will want. */
const ready = async () => (await fresh()).prepare();
/** @type {(work: () => void) => unknown} */
const whenIdle = self.requestIdleCallback || setTimeout;
const rehearsal = ready().catch(() => null).then(() => new Promise((resolve) => { whenIdle(() => resolve(rehearse().catch(() => null))); })); // what is wrong is said when it counts

export const ways = provide('ways', {
  ready,
  rehearsal,
  scan,
  /** @param {HTMLFormElement} form one of its fields says what it needs */
  submit: (form) => {
    const field = /** @type {HTMLInputElement} */ (must('[data-needed]', form)), {value} = field, name = part('name').value;
    field.setCustomValidity(value.trim() ? '' : /** @type {string} */ (field.dataset.needed));
    if (field.reportValidity()) judged(() => ('pasting' in form.dataset ? said(value) : lookedUp(value, name)));
  },
  /** @param {File} file */
  open: (file) => {
    part('file').value = ''; // the same file may be chosen again
    judged(async () => {
      const bytes = file.type === 'image/png' && await bytesOf(file), isBadge = bytes && /openbadgecredential/.test(latin(bytes));
      return said(isBadge ? bytes : await (file.type.startsWith('image/') ? textOf : bytesOf)(file));
    });
  },
});
