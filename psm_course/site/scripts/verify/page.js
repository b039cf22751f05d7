// The page of "Periksa sertifikat", for certificates and receipts: from a token in the address to a verdict, and the other ways in, which are
// a part of their own. The token stands behind #, which browsers never send. The page's parts find what its modules export.
import {current, failed, judged, rehearsed, said} from './checking.js';
import {need} from './parts.js';
import {part} from './shown.js';

/** @typedef {typeof import('./ways.js').ways} Ways */

const fromAddress = () => {
  const fragment = location.hash.slice(1);
  if (!fragment || document.getElementById(fragment)) return; // links within the page are no tokens
  part('busy').hidden = false;
  judged(() => said(fragment)); // first: it asks for scripts and the snapshot, and a browser asks an office's laptop for six things at a time
  current().prepare();
  rehearsed({name: '-', course: '-'}); // while what was asked for is on its way
};

// The other ways come when somebody touches them, and do what was done meanwhile.
/** @param {(ways: Ways) => void} act */
const withWays = (act) => need('ways').then(act, (error) => failed(error, () => withWays(act)));
const touched = () => need('ways').then(({ready}) => ready()).catch(() => null);

/** @param {FileList} files */
const openFirst = ([file]) => { if (file) withWays(({open}) => open(file)); };
/** @param {DragEvent} event */
const dragged = (event) => {
  const given = event.dataTransfer;
  if (!given || ![...given.types].includes('Files')) return;
  event.preventDefault();
  part('drop').classList.toggle('over', event.type === 'dragover');
  if (event.type === 'drop') openFirst(given.files);
};

const ways = part('ways');
ways.addEventListener('pointerdown', touched);
ways.addEventListener('focusin', touched);
ways.addEventListener('submit', (/** @type {{target: HTMLFormElement}} */ {target}) => withWays(({submit}) => submit(target)));
part('file').addEventListener('change', (/** @type {{target: {files: FileList}}} */ {target}) => openFirst(target.files));
part('scan').addEventListener('click', () => withWays(({scan}) => scan()));
for (const kind of /** @type {const} */ (['dragover', 'dragleave', 'drop'])) document.addEventListener(kind, dragged);
addEventListener('hashchange', fromAddress);
part('keyless').hidden = current().issuers.length > 0;
part('scan').hidden = !('BarcodeDetector' in self && navigator.mediaDevices);
ways.hidden = false;
fromAddress();
