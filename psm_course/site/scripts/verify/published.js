// What the office has published, and whether somebody we know signed a token with a key that counted then.
// The same as psm_course/credentials/{keys,signer,status_list,corrections,issuance,published}.py.
(() => {
  const {json, say} = PSM;
  const LENGTH = 131072, PURPOSES = ['revocation', 'refresh'];

  // A reason to believe nothing that stands in the document.
  const Doubt = class extends Error { constructor(verdict, reason) { super(reason); this.verdict = verdict; } };
  const equal = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

  // ---- keys --------------------------------------------------------------------------------------------------------------------------
  const readKey = (entry) => {
    const raw = PSM.fromMultibase(entry.public_key), at = (text) => (text === null ? null : json.instant(text));
    if (!raw || raw.length !== 34 || raw[0] !== 0xed || raw[1] !== 1) throw new TypeError('no Ed25519 key');
    const key = raw.slice(2);
    return {multikey: entry.public_key, raw: key, retiredAt: at(entry.retired_at), compromisedAt: at(entry.compromised_at)};
  };
  // What a token calls its key by: the first bytes of its digest.
  const idOf = async (key) => { key.kid = key.kid || (await PSM.digest(key.raw)).slice(0, 4); return key.kid; };
  // Null for what is no keys.json.
  const readIssuer = (document) => {
    try {
      const {issuer: did, name, site, keys, log_keys: logKeys = []} = document;
      return document.format === 'psm-keys/1' && [did, name, site].every((each) => typeof each === 'string') ? {did, name, site, logKeys, keys: keys.map(readKey)} : null;
    } catch (_) { return null; }
  };

  // ---- signatures ----------------------------------------------------------------------------------------------------------------------
  const nothing = (value) => (value === undefined ? null : value);
  const refuseKeyOutOfUse = (key, signedAt) => {
    if (key.compromisedAt !== null) throw new Doubt('revoked', say('leaked', json.day(key.compromisedAt)));
    if (key.retiredAt !== null && signedAt > key.retiredAt) throw new Doubt('unknown_issuer', say('retired', json.day(key.retiredAt)));
  };
  const signerOfToken = async (token, issuers) => {
    const all = issuers.reduce((found, issuer) => found.concat(issuer.keys.map((key) => [issuer, key])), []), ids = await Promise.all(all.map(([, key]) => idOf(key)));
    const candidates = all.filter((_, at) => equal(ids[at], token.kid));
    if (!candidates.length) throw new Doubt('unknown_issuer', say('unknown'));
    for (const [issuer, key] of candidates) {
      if (await PSM.hasSigned(key.raw, token.signature, token.message)) {
        refuseKeyOutOfUse(key, json.startOf(token.signedOn)); // it knows its day only: the whole day of a retirement counts
        return issuer;
      }
    }
    throw new Doubt('tampered', say('changed'));
  };

  // ---- lists ---------------------------------------------------------------------------------------------------------------------------
  const noList = () => { throw new PSM.Unreadable(say('no-list')); };
  const placesOf = (site, position) => PURPOSES.map((purpose) => ({
    purpose, list: `${site}/status/${Math.floor(Number(position) / LENGTH)}-${purpose}.json`, index: Number(position) % LENGTH,
  }));
  const decodeBits = async (text) => {
    const packed = Uint8Array.from(atob(text.slice(1).replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
    const bits = await PSM.gunzip(packed, LENGTH / 8 + 1);
    if (text[0] !== 'u' || bits.length !== LENGTH / 8) noList();
    return bits;
  };
  const readStatusList = async (document) => {
    const {id, issuer, credentialSubject: {statusPurpose: purpose, encodedList}} = document;
    if (!document.type.includes('BitstringStatusListCredential') || ![id, issuer, purpose].every((each) => typeof each === 'string')) noList();
    const bits = await decodeBits(encodedList);
    return {id, issuer, purpose, asOf: json.instant(document.validFrom), isSet: (index) => Boolean(bits[index >> 3] & (0x80 >> (index & 7)))};
  };
  const readCorrections = (document) => {
    const byNumber = new Map(document.corrections.map((entry) => {
      json.startOf(entry.on);
      return [entry.number, {reason: entry.reason, on: entry.on, supersededBy: nothing(entry.superseded_by)}];
    }));
    if (document.format !== 'psm-corrections/1' || typeof document.issuer !== 'string') noList();
    return {issuer: document.issuer, asOf: json.instant(document.as_of), byNumber};
  };
  const readIssuance = async (document) => {
    const {issuer, number: {before, after}, facts} = document;
    const proper = {format: 'psm-issuance/1', issuer, number: {before, after}, facts};
    if (![issuer, before, after].every((each) => typeof each === 'string') || !json.isObject(facts) || !json.same(proper, document)) noList();
    return {issuer, before, after, facts, digest: hex((await PSM.digest(json.bytes(document))).slice(0, 12))};
  };

  // How documents are read, by the start of their path; the list of digests joins them with the part that reads files.
  const READERS = {'status/': readStatusList, 'perbaikan.json': readCorrections, 'terbitan/': readIssuance};
  const isShared = (path) => path.startsWith('terbitan/'); // not signed: its digest, which the token names, proves it
  const readerOf = (path) => READERS[Object.keys(READERS).find((start) => path.startsWith(start))];
  // What is no such document, or not signed by anybody we know, is not at hand. A part of ourselves that has not come is another matter.
  const orNull = (error) => { if (error instanceof PSM.Missing) throw error; return null; };

  // `keys`: keys.json documents. `documents(issuer, path)`: what was published at a path below its site, as a list, a promise of one;
  // it may hold more than that. What is not signed by its office is left out. `own`: documents by path that are believed as the keys are,
  // for they stand in the same page. Every path is asked for once, until it is to be asked for again, and every document is read once.
  PSM.office = (keys, documents, own = {}) => {
    const issuers = keys.map(readIssuer).filter(Boolean), asked = new Map(), readings = new Map();
    const checked = async (path, document) => {
      if (!isShared(path) && document !== own[path]) {
        await PSM.part('documents');
        await PSM.signing.signerOf(document, issuers);
      }
      return readerOf(path)(document);
    };
    const reading = (path, document) => {
      if (!readings.has(document)) {
        readings.set(document, checked(path, document).catch(orNull));
        readings.get(document).catch(() => readings.delete(document));
      }
      return readings.get(document);
    };
    const all = async (issuer, path) => {
      const name = `${issuer.did} ${path}`, held = [].concat(own[path] || []);
      if (!asked.has(name)) asked.set(name, Promise.resolve(isShared(path) && held.length ? [] : documents(issuer, path))); // shared facts never change
      const found = (await asked.get(name)).concat(held);
      return (await Promise.all(found.map((document) => reading(path, document)))).filter((each) => each && each.issuer === issuer.did);
    };
    const newest = (list) => list.sort((one, other) => one.asOf - other.asOf)[list.length - 1] || null;

    return {
      issuers,
      list: async (issuer, {purpose, list}) => {
        if (!list.startsWith(`${issuer.site}/`)) return null;
        const found = newest((await all(issuer, list.slice(issuer.site.length + 1))).filter(({id}) => id === list));
        return found && found.purpose === purpose ? found : null;
      },
      corrections: async (issuer) => newest(await all(issuer, 'perbaikan.json')),
      issuance: async (issuer, digest) => (await all(issuer, `terbitan/${hex(digest)}.json`)).find((each) => each.digest === hex(digest)) || null,
      // Of many numbers the first file says only by how many letters they are cut into parts.
      digests: async (issuer, number) => {
        const of = async (path, name) => newest((await all(issuer, path)).filter(({part}) => part === name));
        const first = await of('sidik.json', ''), name = first && first.letters ? await PSM.signing.partOf(number, first.letters) : '';
        return name ? of(`sidik/${name}.json`, name) : first;
      },
      // Asks for and reads what is at hand already, so that nobody waits for it later.
      prepare: () => Promise.all(issuers.map((issuer) => Promise.all(Object.keys(own).filter(readerOf).map((path) => all(issuer, path))))).catch(() => null),
      askAgain: () => asked.clear(),
    };
  };

  PSM.Doubt = Doubt;
  PSM.signing = {READERS, noList, nothing, refuseKeyOutOfUse, signerOfToken, placesOf, hex};
})();
