// What `load(name)` and `provided(name)` of core/start.js give: one line for each part, by the name under which its script provides it.
interface Parts {
  way: typeof import('./resume/go_on.js').way;
  notices: typeof import('./core/notice.js').notices;
  people: typeof import('./people/main.js').people;
  stored: typeof import('./offline/stored.js').stored;
  /** The index of the search: [address, title, [[anchor, title, text, words, rest], …]] for each page (site/output/search_index.py). */
  index: [string, string, [string, string, string?, string?, string?][]][];
}

// Written by bundle.mjs from the folders of psm_course/items: what the file of this name exports under this name, by the type's name.
declare module 'items:*' {
  export const types: Record<string, any>;
}
