// What `load(name)` and `provided(name)` of core/start.js give: one line for each part, by the name under which its script provides it.
type HasSigned = (key: Uint8Array, signature: Uint8Array, message: Uint8Array) => boolean | Promise<boolean>;
interface Parts {
  way: typeof import('./resume/go_on.js').way;
  notices: typeof import('./core/notice.js').notices;
  people: typeof import('./people/main.js').people;
  /** A test and its items as HTML (site/output/set_aside.py). */
  items: [quiz: string, markup: string];
  /** What checks the signature of a receipt. */
  receipts: {
    receiptSigner: (signed: object, keys: object[], bytes: (value: object) => Uint8Array, hasSigned: HasSigned) => Promise<[verdict: string, key?: object]>;
    hasSigned: HasSigned;
  };
  stored: typeof import('./offline/stored.js').stored;
  /** The index of the search: [address, title, [[anchor, title, text, words, rest], …]] for each page (site/output/search_index.py). */
  index: [string, string, [string, string, string?, string?, string?][]][];
}

// Written by bundle.mjs from the folders of psm_course/items: what the file of this name exports under this name, by the type's name.
declare module 'items:*' {
  export const types: Record<string, any>;
}
