// What the office has published, and whether somebody we know signed a token with a key that counted then.
// The same as psm_course/credentials/{keys,signer,status_list,corrections,issuance,published}.py.
import {Missing, need, say} from './parts.js';
import {fromMultibase, hex} from './signed/bytes.js';
import {areTexts, json, refuse} from './signed/json.js';
import {canCheck, digest, hasSigned} from './signed/signature.js';

/** @typedef {import('./signed/json.js').Json} Json */
/** @typedef {{multikey: string, raw: Uint8Array, createdAt: number, retiredAt: number | null, compromisedAt: number | null}} Key */
/**
 * An office, by its keys.json or its snapshot. `version` 0: it has no snapshot yet.
 * @typedef {{did: string, name: string, site: string, logKeys: import('./signed/receipt.js').LogKey[], keys: Key[], document: Json,
 *   version: number, made: number, until: number, root: string | null, turns: number[], files: Record<string, {sha256: string}>}} Issuer
 */
/** @typedef {{purpose: string, list: string, index: number}} Place a bit of a status list */
/** @typedef {{reason: string, on: string, supersededBy: string | null}} Correction */
/** @typedef {{id: string, issuer: string, purpose: string, asOf: number, until: number, isSet: (index: number) => boolean}} StatusList */
/** @typedef {{issuer: string, asOf: number, byNumber: Map<string, Correction>}} Corrections */
/** @typedef {{issuer: string, before: string, after: string, facts: Json, log?: Json, digest: string}} Issuance */
/** @typedef {ReturnType<typeof officeOf>} Office */

export const LENGTH = 131072, DAY = 86400000, PURPOSES = ['revocation', 'refresh'];

/** A reason to believe nothing that stands in the document. */
export class Doubt extends Error {
  /** @param {string} verdict @param {string} reason */
  constructor(verdict, reason) { super(reason); this.verdict = verdict; }
}

// ---- keys --------------------------------------------------------------------------------------------------------------------------

/**
 * @param {Json} entry
 * @returns {Key}
 */
const readKey = (entry) => {
  const raw = fromMultibase(entry.public_key);
  /** @param {string | null} text */
  const at = (text) => (text === null ? null : json.instant(text));
  if (!raw || raw.length !== 34 || raw[0] !== 0xed || raw[1] !== 1) throw new TypeError('no key');
  return {multikey: entry.public_key, raw: raw.slice(2), createdAt: json.instant(entry.created), retiredAt: at(entry.retired_at), compromisedAt: at(entry.compromised_at)};
};

/** @param {Json} document @returns {Issuer} */
const readSnapshot = (document) => {
  const {issuer: {id: did, name, site}, version, made, validUntil, root_key: root, turns, files, keys} = document;
  /** @param {string} purpose @returns {Json[]} */
  const keysFor = (purpose) => keys.filter((/** @type {Json} */ {purposes}) => purposes.includes(purpose));
  const listed = keysFor('certificates').map((each) => readKey(Object.assign({public_key: each.multikey, retired_at: each.retired, compromised_at: each.compromised}, each)));
  if (!areTexts(did, name, site) || ![version, ...turns].every((each) => Number.isInteger(each) && each > 0)) throw new TypeError('no snapshot');
  return {did, name, site, logKeys: /** @type {any} */ (keysFor('log')), keys: listed, document, version, made: json.instant(made), until: json.instant(validUntil), root, turns, files};
};

/**
 * @param {Json} document
 * @returns {Issuer | null} null for what is neither keys.json nor a snapshot
 */
export const readIssuer = (document) => {
  try {
    if (document.format === 'psm-snapshot/1') return readSnapshot(document);
    const {issuer: did, name, site, keys, log_keys: logKeys = [], root_key: root = null} = document;
    return document.format === 'psm-keys/1' && areTexts(did, name, site)
      ? {did, name, site, logKeys, keys: keys.map(readKey), document, version: 0, made: 0, until: Infinity, root, turns: [], files: {}} : null;
  } catch { return null; }
};

// ---- signatures ----------------------------------------------------------------------------------------------------------------------

/** The mark of a signature: by it the published lists know a certificate, in whichever form it was signed. @param {Uint8Array} signature */
export const markOf = async (signature) => btoa(String.fromCharCode(...(await digest(signature)).slice(0, 12))).replace(/\+/g, '-').replace(/\//g, '_');

/** The last second of a day: of a token only the day is known. @param {string} day */
export const endOf = (day) => json.startOf(day) + DAY - 1000;

/**
 * @param {Key} key
 * @param {number} signedAt
 * @param {number} [latest]
 */
export const refuseKeyOutOfUse = (key, signedAt, latest = signedAt) => {
  if (key.compromisedAt !== null) throw new Doubt('revoked', say('leaked', json.day(key.compromisedAt)));
  if (latest < key.createdAt) throw new Doubt('tampered', say('too-early', json.day(key.createdAt)));
  if (key.retiredAt !== null && signedAt > key.retiredAt) throw new Doubt('unknown_issuer', say('retired', json.day(key.retiredAt)));
};

/**
 * @param {ReturnType<typeof import('./signed/token.js').parseToken>} token
 * @param {Issuer[]} issuers
 * @returns {Promise<Issuer>}
 * @throws {Doubt}
 */
export const signerOfToken = async (token, issuers) => {
  const keys = await Promise.all(issuers.flatMap((issuer) => issuer.keys.map(async (key) => ({issuer, key, digest: hex(await digest(key.raw))}))));
  const named = keys.filter((each) => each.digest.slice(0, 8) === hex(token.kid)); // a token calls its key by the first bytes of its digest
  for (const {issuer, key} of named) {
    if (await hasSigned(key.raw, token.signature, token.message)) {
      refuseKeyOutOfUse(key, json.startOf(token.signedOn), endOf(token.signedOn)); // the whole day counts, of a key's first as of its last
      return issuer;
    }
  }
  throw named.length ? new Doubt('tampered', say('changed')) : new Doubt('unknown_issuer', say('unknown'));
};

// ---- lists ---------------------------------------------------------------------------------------------------------------------------

/** @returns {never} */
export const noList = () => refuse(say('no-list'));

/**
 * @param {string} site
 * @param {number} position
 * @returns {Place[]}
 */
export const placesOf = (site, position) => PURPOSES.map((purpose) => ({
  purpose, list: `${site}/status/${Math.floor(position / LENGTH)}-${purpose}.json`, index: position % LENGTH,
}));

const LISTS = ['status/0-revocation.json', 'status/0-refresh.json', 'perbaikan.json', 'sidik.json'];

/**
 * Whether an office's snapshot names just these bytes; null: it names others, of later than this list.
 * @param {Issuer} issuer @param {string} path @param {Json} document
 */
const isNamed = async ({files, made}, path, document) => {
  if (!files[path]) return false;
  if (hex(await digest(json.bytes(document))) === files[path].sha256) return true;
  return json.instant(document.validFrom || document.as_of) > made ? false : null;
};

/**
 * What is no such document, or not signed by anybody we know, is not at hand. A part of ourselves that has not come is another matter, and so
 * is a browser that can check nothing.
 * @param {unknown} error
 */
const orNull = (error) => { if (error instanceof Missing || !canCheck) throw error; return null; };

/**
 * @template {{asOf: number}} Listed
 * @param {Listed[]} list
 */
const newest = (list) => list.sort((one, other) => one.asOf - other.asOf)[list.length - 1] || null;

/**
 * What offices have published. What is not signed by its office is left out. Every path is asked for once, until it is to be asked for again,
 * and what it gave is read once.
 * @param {Json[]} keys of each office its snapshot, or its keys.json
 * @param {(issuer: Issuer, path: string) => Promise<Json[]>} documents what was published at a path below its site; it may hold more than that
 */
export const officeOf = (keys, documents) => {
  const issuers = keys.map(readIssuer).filter((issuer) => issuer !== null);
  /** @type {Map<string, Promise<any[]>>} what counts, by office and path */
  const asked = new Map();

  /** @param {Issuer} issuer @param {string} path @param {Json} document */
  const read = async (issuer, path, document) => {
    const named = await isNamed(issuer, path, document), {READERS, signerOf} = await need('documents');
    if (named === null) return null;
    if (!path.startsWith('terbitan/')) await signerOf(document, issuers, named); // not signed: its digest, which the token names, proves it
    return READERS[path.split('/')[0]](document);
  };
  /** @param {Issuer} issuer @param {string} path */
  const counting = async (issuer, path) => {
    const all = await Promise.all((await documents(issuer, path)).map((each) => read(issuer, path, each).catch(orNull)));
    return all.filter((each) => each && each.issuer === issuer.did);
  };
  /** @param {Issuer} issuer @param {string} path @returns {Promise<any[]>} */
  const all = (issuer, path) => {
    const name = `${issuer.did} ${path}`;
    if (!asked.has(name)) asked.set(name, counting(issuer, path).catch((error) => { asked.delete(name); throw error; }));
    return /** @type {Promise<any[]>} */ (asked.get(name));
  };

  return {
    issuers,
    /** @param {Issuer} issuer @param {{purpose: string, list: string}} place @returns {Promise<StatusList | null>} */
    list: async (issuer, {purpose, list}) => {
      if (!list.startsWith(`${issuer.site}/`)) return null;
      const found = newest((await all(issuer, list.slice(issuer.site.length + 1))).filter(({id}) => id === list));
      return found && found.purpose === purpose ? found : null;
    },
    /** @param {Issuer} issuer @returns {Promise<Corrections | null>} */
    corrections: async (issuer) => newest(await all(issuer, 'perbaikan.json')),
    /** @param {Issuer} issuer @param {Uint8Array} named digest of the issuance @returns {Promise<Issuance | null>} */
    issuance: async (issuer, named) => (await all(issuer, `terbitan/${hex(named)}.json`)).find((each) => each.digest === hex(named)) || null,
    /**
     * The newest document of a path that fits.
     * @param {Issuer} issuer
     * @param {string} path
     * @param {(read: any) => boolean} fits
     */
    newest: async (issuer, path, fits) => newest((await all(issuer, path)).filter(fits)),
    /** Asks for and reads the lists that every office has and its snapshot names, so that nobody waits for them later. */
    prepare: () => Promise.all(issuers.flatMap((issuer) => LISTS.concat(Object.keys(issuer.files)).map((path) => all(issuer, path)))).catch(() => null),
    askAgain: () => asked.clear(),
  };
};
