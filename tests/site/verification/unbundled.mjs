// Runs the modules that verify in Node, as they are written: each line of input is [function, arguments], each line of output what it gave.
// They find their sentences in the page's template, so a document stands in that has nothing else.
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';

const here = (path) => new URL(`../../../psm_course/site/${path}`, import.meta.url);
const html = readFileSync(here('theme/_verify.html'), 'utf8');
const words = new Map([...html.matchAll(/<p data-word="([\w-]+)">([^]*?)<\/p>/g)].map(([, name, text]) => [name, {textContent: text}]));
const element = {classList: {add() {}}, dataset: {}, append() {}, setAttribute() {}, querySelector: () => null};
globalThis.self = globalThis;
globalThis.location = new URL('https://dinsos.example/v');
globalThis.document = {
  documentElement: element, body: element, createElement: () => element,
  querySelector: (selector) => (selector === '[data-words]' ? {content: {querySelector: (word) => words.get(word.slice(12, -2))}} : element),
};
// Node before 24 reads windows-1252 as if it were ISO 8859-1; browsers do not.
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
globalThis.TextDecoder = class extends TextDecoder {
  decode(data) {
    const text = super.decode(data);
    return this.encoding === 'windows-1252' ? text.replace(/[\x80-\x9f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 128]) : text;
  }
};
if (process.argv[2] === 'without WebCrypto') Object.defineProperty(globalThis, 'crypto', {value: {}});

const from = (path) => import(here(`scripts/${path}`));
for (const part of ['crypto/hashes_part', 'crypto/ed25519_part', 'verify/inflate', 'verify/signed/documents', 'verify/file', 'verify/log']) await from(`${part}.js`);
const {officeOf} = await from('verify/published.js'), {verify} = await from('verify/verdict.js'), ed25519 = await from('crypto/ed25519.js');
const {digestOf, keyOf, macOf} = await from('crypto/hashes.js'), {hex} = await from('verify/signed/bytes.js');

const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'));
const KINDS = {'perbaikan.json': 'corrections', 'sidik.json': 'digests', sidik: 'digests', status: 'status_lists', terbitan: 'issuances'};
const offices = new Map(), logs = new Map(), {provided} = await from('core/start.js');
const known = {
  has_webcrypto: () => Boolean(crypto.subtle),
  // One office a world, as the page has one: what it read once it does not read again.
  world: (name, world) => {
    offices.set(name, officeOf(world.keys, async (_, path) => world[KINDS[path.split('/')[0]]]));
  },
  // The verdict, and then what the open log says of it: `log` is a copy of it by path, or null.
  entered: async (given, beside, world, log, seen, now) => {
    const office = offices.get(world), asked = [];
    const found = beside === null ? await verify(bytes(given), office, Date.parse(now))
      : await (await provided('files')).verifyFile(bytes(given), office, Date.parse(now), bytes(beside));
    const read = async (path) => { asked.push(path); return path in logs.get(log) ? bytes(logs.get(log)[path]) : null; };
    return [await provided('log').withLog(found, log && read, seen), asked];
  },
  log: (name, files) => { logs.set(name, files); },
  verify: (given, world, now) => verify(bytes(given), offices.get(world), Date.parse(now)),
  has_signed: (...given) => ed25519.hasSigned(...given.map(bytes)),
  sha256: (data) => hex(digestOf(bytes(data))),
  hmac: (key, data) => hex(macOf(bytes(key), bytes(data))),
  hkdf: (secret, purpose) => hex(keyOf(bytes(secret), bytes(purpose))),
};
for await (const line of createInterface({input: process.stdin})) {
  const [name, given] = JSON.parse(line);
  console.log(JSON.stringify(await known[name](...given) ?? null));
}
