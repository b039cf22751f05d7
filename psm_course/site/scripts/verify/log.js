// The part "log": whether the office's open log tells of a certificate. It comes after the verdict and never makes it better. The same as
// psm_course/credentials/verification/open_log.py and credentials/log/ (decision 0137).
import {element, provide, root} from '../core/start.js';
import {recall, remember, say} from './parts.js';
import {factRows} from './facts.js';
import {listing, part, show} from './shown.js';
import {fromBase64, fromHex, fromMultibase, hex, joined} from './signed/bytes.js';
import {areTexts, json} from './signed/json.js';
import {digest, hasSigned} from './signed/signature.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {import('./verdict.js').Verdict} Verdict */
/** @typedef {{office: string, origin: string, index: number, event: number, at: string}} Place */
/** @typedef {{origin: string, size: number, root: string}} Head a checkpoint; its root in hexadecimal */
/**
 * What says where it was entered: the document that a code names, or the proof beside a file (null: a broken one).
 * @typedef {{log: Json, token: ReturnType<typeof import('./signed/token.js').parseToken>} | {proof: Json | null}} Said
 */
/** @typedef {(path: string) => Promise<Uint8Array | null>} Read a file of the log, null where there is none; it throws where that cannot be told */

const PROOF = 'bukti catatannya rusak atau bukan milik sertifikat ini';
const ABSENT = 'buku terbuka penerbitnya tidak ada di sini';
const HEAD = 'puncak buku terbuka di sini rusak atau bukan milik penerbitnya';
const OLDER = 'buku terbuka di sini bukan lanjutan dari yang pernah terlihat: lebih pendek, atau ditulis ulang';
const FORMAT = 'psm-inclusion/1', WIDTH = 256, HASH = 32, LONGEST = 100000;

/** What speaks against it: half a sentence. */
class Unlogged extends Error {}
/** @param {string} why @returns {never} */
const refuse = (why) => { throw new Unlogged(why); };
/** @param {number} number `3.021` */
const inDigits = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, '.');
/** @param {string} text */
const bytesOf = (text) => new TextEncoder().encode(text);

// ---- the tree (RFC 6962) ------------------------------------------------------------------------------------------------------------------
/** @param {Uint8Array} left @param {Uint8Array} right */
const node = (left, right) => digest(joined([1], left, right));
/** @param {number} size two leaves at least @returns {number} how many of them hang on the left of the root: the greatest power of two below it */
const leftOf = (size) => 2 ** ((size - 1).toString(2).length - 1);
/** @param {Uint8Array[]} hashes roots of subtrees, all full but the last @returns {Promise<Uint8Array>} the root over them */
const rootOf = async (hashes) => {
  if (hashes.length === 1) return hashes[0];
  const half = leftOf(hashes.length), [left, right] = await Promise.all([rootOf(hashes.slice(0, half)), rootOf(hashes.slice(half))]);
  return node(left, right);
};
/** @param {number} index @param {number} level @param {number} size @returns {{level: number, number: number, width: number}} the tile over a leaf */
const tileOver = (index, level, size) => {
  const number = Math.floor(index / WIDTH ** (level + 1));
  return {level, number, width: Math.min(WIDTH, Math.floor(size / WIDTH ** level) - number * WIDTH)};
};
/** @param {number} number @returns {string} */
const named = (number) => (number < 1000 ? '' : `${named(Math.floor(number / 1000)).replace(/(\d{3})$/, 'x$1')}/`) + String(number % 1000).padStart(3, '0');
/** @param {{level: number, number: number, width: number}} tile */
const pathOf = ({level, number, width}) => `tile/${level}/${named(number)}${width < WIDTH ? `.p/${width}` : ''}`;
/**
 * @param {Uint8Array} leaf @param {number} index @param {number} size @param {Uint8Array[]} path what stands beside its way up
 * @returns {Promise<Uint8Array | null>} the root; null where the way is too long or too short
 */
const climbed = async (leaf, index, size, path) => {
  if (size < 2 || !path.length) return size === 1 && index === 0 && !path.length ? leaf : null;
  const half = leftOf(size), isLeft = index < half, lower = path.slice(0, -1), beside = path[lower.length];
  const found = await (isLeft ? climbed(leaf, index, half, lower) : climbed(leaf, index - half, size - half, lower));
  return found && (isLeft ? node(found, beside) : node(beside, found));
};

// ---- a checkpoint (C2SP signed note) ------------------------------------------------------------------------------------------------------
// Its text (origin, size, root, and what else it says), an empty line, and the lines of those who signed it.
const NOTE = /^(([^\s+/]+\/log\/[1-9]\d{0,8})\n(0|[1-9]\d{0,14})\n([^\n]+)\n(?:[^\n]+\n)*)\n((?:[^\n]+\n)*)$/;
/** @param {string} note @param {import('./signed/receipt.js').LogKey[]} keys @returns {Promise<Head | null>} null where none of the keys signed it */
const opened = async (note, keys) => {
  const [, text, origin, size, packed = '', signed] = NOTE.exec(note) || [], top = fromBase64(packed);
  if (note.length > LONGEST || /[\0-\x09\x0b-\x1f]/.test(note) || !top || top.length !== HASH) return null;
  const known = await Promise.all(keys.map(async ({multikey}) => {
    const key = /** @type {Uint8Array} */ (fromMultibase(multikey)).slice(2);
    return {key, id: hex((await digest(joined(bytesOf(`${origin}\n`), [1], key))).slice(0, 4))};
  }));
  let isSigned = false;
  for (const line of signed.split('\n').slice(0, -1)) {
    const [, owner, written] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) || [], raw = written ? fromBase64(written) : null;
    if (!raw || raw.length < 5) return null;
    const signer = owner === origin && known.find(({id}) => id === hex(raw.slice(0, 4)));
    if (signer && !await hasSigned(signer.key, raw.slice(4), bytesOf(text))) return null;
    isSigned = isSigned || Boolean(signer);
  }
  return isSigned ? {origin, size: Number(size), root: hex(top)} : null;
};

// ---- the leaf -----------------------------------------------------------------------------------------------------------------------------
/** @param {Json} from @returns {Place | null} */
const placeOf = ({office, origin, index, event, at}) => {
  const isWhole = areTexts(office, origin, at) && [index, event].every((each) => Number.isSafeInteger(each) && each >= 0);
  return isWhole && /^[^\s+/]+\/log\/[1-9]\d{0,8}$/.test(origin) ? {office, origin, index, event, at} : null;
};
/** @param {Said} said @returns {Promise<{place: Place, blind: Uint8Array, path: Uint8Array[], checkpoint: string} | null>} null: nothing that could be followed */
const read = async (said) => {
  if ('log' in said) {
    const {log, token: {position, signature}} = said, offset = (log.positions || []).indexOf(position), first = placeOf(log);
    const place = first && offset >= 0 ? Object.assign(first, {index: first.index + offset, event: first.event + offset}) : null;
    return place && {place, blind: await digest(joined(bytesOf(FORMAT), signature)), path: [], checkpoint: ''};
  }
  const {proof} = said, place = proof && placeOf(proof);
  if (!proof || !place || typeof proof.checkpoint !== 'string' || !/^[0-9a-f]{64}$/.test(proof.blind) || !Array.isArray(proof.path)) return null;
  const path = proof.path.map((each) => (typeof each === 'string' ? fromBase64(each) : null)).filter((each) => each !== null && each.length === HASH);
  const proper = Object.assign({format: FORMAT, blind: proof.blind, path: proof.path, checkpoint: proof.checkpoint}, place);
  if (path.length !== proof.path.length || !json.same(proper, proof)) return null;
  return {place, blind: fromHex(proof.blind), path: /** @type {Uint8Array[]} */ (path), checkpoint: proof.checkpoint};
};
/** @param {Place} place @param {Uint8Array} blind @param {Json} facts */
const leafOf = async ({office, event, at}, blind, facts) => {
  const [content, lines, salt] = await Promise.all([digest(joined(blind, json.bytes(facts))), digest(new Uint8Array(0)), digest(blind)]);
  const said = {office, id: event, at, actor: 'register', verb: 'record entered', subject: facts.number, detail: {content: hex(content)}, lines: hex(lines)};
  return digest(joined([0], await digest(joined(salt, json.bytes(said)))));
};

// ---- in a log -----------------------------------------------------------------------------------------------------------------------------
/** @param {Read} from @param {string} path @param {import('./signed/receipt.js').LogKey[]} keys */
const headIn = async (from, path, keys) => {
  const note = await from(path), head = note ? await opened(new TextDecoder('utf-8', {ignoreBOM: true}).decode(note), keys) : refuse(ABSENT);
  return head || refuse(HEAD);
};
/**
 * @param {Place} place @param {Uint8Array} leaf @param {import('./signed/receipt.js').LogKey[]} keys @param {Read} from @param {Head[]} seen
 * @returns {Promise<Head>}
 */
const inLog = async ({origin, index}, leaf, keys, from, seen) => {
  let head = await headIn(from, 'checkpoint', keys), below = '';
  if (head.origin !== origin) { // a log that ended lies below the one of today
    below = `${origin.slice(origin.lastIndexOf('/') + 1)}/`;
    head = await headIn(from, `${below}checkpoint`, keys);
    if (head.origin !== origin) refuse(HEAD);
  }
  const {size, root: top} = head, broken = `buku terbuka di sini terpotong atau berubah, sehingga nomor ${inDigits(index)} tidak dapat dicocokkan`;
  if (seen.some((each) => each.origin === origin && (size < each.size || (size === each.size && top !== each.root)))) refuse(OLDER);
  if (index >= size) refuse(`buku terbuka di sini baru memuat ${inDigits(size)} catatan, dan nomor ${inDigits(index)} belum ada di sana`);
  /** @param {ReturnType<typeof tileOver>} tile */
  const hashesOf = async (tile) => {
    const content = await from(below + pathOf(tile));
    if (!content || content.length !== tile.width * HASH) return refuse(broken);
    return Array.from({length: tile.width}, (_, at) => content.subarray(at * HASH, (at + 1) * HASH));
  };
  const edges = [0, 1, 2, 3, 4, 5, 6, 7].map((level) => tileOver(size, level, size)).filter(({width}) => width); // those that are not full
  const way = [tileOver(index, 0, size)];
  while (way[way.length - 1].width === WIDTH) way.push(tileOver(index, way.length, size));
  const tiles = way.concat(edges.filter(({level}) => level !== way.length - 1).reverse()), found = await Promise.all(tiles.map(hashesOf));
  for (let level = 1; level < way.length; level += 1) {
    const under = await rootOf(found[level - 1]);
    if (hex(under) !== hex(found[level][Math.floor(index / WIDTH ** level) % WIDTH])) refuse(broken);
  }
  /** @type {Uint8Array[]} the root of what hangs on the right of a tile that is not full */
  let right = [];
  for (const {level} of edges) {
    const own = found[tiles.findIndex((tile) => tile.level === level && tile.width < WIDTH)];
    right = [await rootOf([...own, ...right])];
  }
  if (hex(right[0]) !== top) refuse(broken);
  if (hex(found[0][index % WIDTH]) !== hex(leaf)) refuse(`di buku terbuka, nomor ${inDigits(index)} berisi catatan lain`);
  return head;
};

/**
 * @param {Verdict} found
 * @param {Read | null} from
 * @param {Head[]} [seen] what the reader saw earlier of the office's logs
 * @param {(head: Head) => void} [keep] told of the log in which it was found
 * @returns {Promise<Verdict>} with what the log says; the same where nothing speaks of it, or the log cannot be had now
 */
const withLog = async (found, from, seen = [], keep = () => {}) => {
  const {statement} = found;
  if (!statement || !statement.inclusion || !statement.issuer.logKeys.length || !['valid', 'stale'].includes(found.verdict)) return found;
  const {issuer: {logKeys, name}, facts, inclusion} = statement;
  try {
    const said = await read(inclusion) || refuse(PROOF), {place, checkpoint} = said, leaf = await leafOf(place, said.blind, facts);
    let head = checkpoint ? await opened(checkpoint, logKeys) : null;
    const top = head && await climbed(leaf, place.index, head.size, said.path);
    if (checkpoint && !(head && head.origin === place.origin && hex(top || []) === head.root)) refuse(PROOF);
    if (from) head = await inLog(place, leaf, logKeys, from, seen);
    if (!head) return found;
    if (from) keep(head);
    return {...found, reason: `${found.reason} Tercatat dalam buku terbuka, nomor ${inDigits(place.index)}.`, log: {origin: place.origin, index: place.index, size: head.size}};
  } catch (error) {
    if (!(error instanceof Unlogged)) throw error;
    return {...found, verdict: 'unlogged', reason: say('unlogged', name, error.message)};
  }
};

// ---- on the page --------------------------------------------------------------------------------------------------------------------------
const MEANS = 'Kantor menuliskannya di daftar yang hanya dapat bertambah. Bila catatan itu diubah atau dihapus, siapa pun yang menyimpan salinannya akan melihatnya.';
/** @returns {Head[]} */
const kept = () => recall('log') || [];
/** @param {Head} head the longest of each log is remembered */
const keep = (head) => remember('log', [...kept().filter(({origin}) => origin !== head.origin), head]);
/** @type {Read} */
const fetched = async (path) => {
  const response = await fetch(`${root}log/${path}`, {credentials: 'omit', cache: 'no-cache'});
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  if (response.status === 404) return null;
  throw new TypeError('no log now');
};

/** Look into the log for what is shown, and say so there. @param {Verdict} found */
const follow = async (found) => {
  const outcome = part('outcome'), heading = outcome.querySelector('h2');
  const looked = await withLog(found, location.protocol === 'file:' ? null : fetched, kept(), keep).catch(() => withLog(found, null));
  if (!heading.isConnected) return; // something else was handed in meanwhile
  const {record, log, reason, status_as_of: asOf} = looked;
  if (looked.verdict === 'unlogged' && record) {
    show('unlogged', {reason, status: asOf && say('as-of', json.day(json.instant(asOf))), signed: listing(factRows(record))});
  } else if (log) {
    outcome.querySelector('.advice').before(element('p', {class: 'entered'}, element('strong', {}, `Tercatat dalam buku terbuka, nomor ${inDigits(log.index)}. `), MEANS));
  }
};

export const log = provide('log', {follow, withLog});
