// What `load(name)` and `provided(name)` of core/start.js give: one line for each part, by the name under which its script provides it.
type HasSigned = (key: Uint8Array, signature: Uint8Array, message: Uint8Array) => boolean | Promise<boolean>;
interface Parts {
  way: typeof import('./resume/go_on.js').way;
  verdicts: typeof import('./practice/verdicts.js').verdicts;
  plays: Record<string, import('./practice/kinds.js').Play>;
  moments: typeof import('./resume/moment.js').moments;
  notices: typeof import('./core/notice.js').notices;
  running: typeof import('./test/running.js').running;
  people: typeof import('./people/main.js').people;
  /** A test and its items as HTML (site/output/set_aside.py). */
  items: [quiz: string, markup: string];
  hashes: typeof import('./crypto/hashes_part.js').hashes;
  ed25519: typeof import('./crypto/ed25519_part.js').ed25519;
  receipts: typeof import('./verify/signed/main.js').receipts;
  ways: typeof import('./verify/ways.js').ways;
  documents: typeof import('./verify/signed/documents.js').documents;
  files: typeof import('./verify/file.js').files;
  log: typeof import('./verify/log.js').log;
  inflate: typeof import('./verify/inflate.js').inflating;
  numbers: typeof import('./verify/number.js').numbers;
  camera: typeof import('./verify/camera.js').camera;
  /** Documents by their path below the office's site (site/output/verification.py). */
  published: Record<string, Record<string, any>>;
  stored: typeof import('./offline/stored.js').stored;
  /** The index of the search: [address, title, [[anchor, title, text, words, rest], …]] for each page (site/output/search_index.py). */
  index: [string, string, [string, string, string?, string?, string?][]][];
}

// Written by bundle.mjs from the folders of psm_course/items: what the file of this name exports under this name, by the type's name.
declare module 'items:*' {
  export const types: Record<string, any>;
}
