// What the office has published, and whether somebody we know signed a document or a token with a key that counted then.
// The same as psm_course/credentials/{keys,signer,status_list,corrections,issuance,published}.py.
(() => {
  const {json, Unreadable} = PSM;
  const UNKNOWN = 'Penerbitnya tidak dikenal: dokumen ini tidak ditandatangani oleh instansi yang terdaftar di sini. Jangan diterima.';
  const CHANGED = 'Isinya tidak cocok dengan tanda tangannya: dokumen ini sudah diubah atau dipalsukan. Jangan diterima.';
  const UNSIGNED = 'Dokumen ini tidak ditandatangani. Jangan diterima.';
  const NOT_A_LIST = 'Daftar status tidak terbaca.', SUITE = 'eddsa-jcs-2022', LENGTH = 131072, PURPOSES = ['revocation', 'refresh'];

  // A reason to believe nothing that stands in the document.
  const Doubt = class extends Error { constructor(verdict, reason) { super(reason); this.verdict = verdict; } };
  const equal = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

  // ---- keys --------------------------------------------------------------------------------------------------------------------------
  const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const fromMultibase = (text) => { // base58btc; null when it is not
    if (typeof text !== 'string' || text[0] !== 'z' || text.length > 128) return null;
    const bytes = [], letters = [...text.slice(1)];
    for (const letter of letters) {
      let carry = ALPHABET.indexOf(letter);
      if (carry < 0) return null;
      for (let at = 0; at < bytes.length; at += 1) { carry += bytes[at] * 58; bytes[at] = carry & 255; carry >>= 8; }
      for (; carry; carry >>= 8) bytes.push(carry & 255);
    }
    const first = letters.findIndex((letter) => letter !== '1');
    return Uint8Array.from([...new Array(first < 0 ? letters.length : first).fill(0), ...bytes.reverse()]);
  };
  const readKey = (entry) => {
    const raw = fromMultibase(entry.public_key), at = (text) => (text === null ? null : json.instant(text));
    if (!raw || raw.length !== 34 || raw[0] !== 0xed || raw[1] !== 1) throw new TypeError('no Ed25519 key');
    const key = raw.slice(2);
    return {multikey: entry.public_key, raw: key, kid: PSM.sha256(key).slice(0, 4), retiredAt: at(entry.retired_at), compromisedAt: at(entry.compromised_at)};
  };
  // Null for what is no keys.json.
  const readIssuer = (document) => {
    try {
      const {issuer: did, name, site, keys} = document;
      return document.format === 'psm-keys/1' && [did, name, site].every((each) => typeof each === 'string') ? {did, name, site, keys: keys.map(readKey)} : null;
    } catch (_) { return null; }
  };

  // ---- signatures ----------------------------------------------------------------------------------------------------------------------
  const findProof = (document) => {
    const ours = [].concat(document.proof).filter((proof) => json.isObject(proof) && proof.cryptosuite === SUITE);
    return ours.length === 1 ? ours[0] : null;
  };
  const nothing = (value) => (value === undefined ? null : value);
  const isSignedBy = async (key, document, proof) => {
    const options = json.without(proof, 'proofValue');
    if (!json.same(nothing(options['@context']), nothing(document['@context']))) return false;
    const signature = fromMultibase(proof.proofValue);
    if (!signature) return false;
    const hashes = [options, json.without(document, 'proof')].map((each) => PSM.sha256(json.bytes(each)));
    return PSM.hasSigned(key.raw, signature, PSM.joined(...hashes));
  };
  const refuseKeyOutOfUse = (key, signedAt) => {
    if (key.compromisedAt !== null) {
      throw new Doubt('revoked', `Kunci yang menandatanganinya dicabut pada ${json.day(key.compromisedAt)} karena bocor, jadi isinya tidak dapat dipercaya. Minta cetakan baru kepada penerbitnya.`);
    }
    if (key.retiredAt !== null && signedAt > key.retiredAt) {
      throw new Doubt('unknown_issuer', `Ditandatangani dengan kunci yang sudah tidak dipakai sejak ${json.day(key.retiredAt)}. Jangan diterima. Tanyakan kepada penerbitnya.`);
    }
  };
  const signerOf = async (document, issuers) => {
    const did = json.isObject(document.issuer) ? document.issuer.id : document.issuer, issuer = issuers.find((each) => each.did === did);
    if (!issuer) throw new Doubt('unknown_issuer', UNKNOWN);
    const proof = findProof(document);
    if (!proof) throw new Doubt('tampered', UNSIGNED);
    const method = typeof proof.verificationMethod === 'string' ? proof.verificationMethod : '', cut = method.indexOf('#');
    const key = method.slice(0, cut) === issuer.did && issuer.keys.find((each) => each.multikey === method.slice(cut + 1));
    if (!key) throw new Doubt('unknown_issuer', UNKNOWN);
    if (proof.type !== 'DataIntegrityProof' || proof.proofPurpose !== 'assertionMethod' || !await isSignedBy(key, document, proof)) throw new Doubt('tampered', CHANGED);
    let created = 0;
    try { created = json.instant(proof.created); } catch (_) { throw new Doubt('tampered', CHANGED); }
    refuseKeyOutOfUse(key, created);
    return issuer;
  };
  const signerOfToken = async (token, issuers) => {
    const candidates = issuers.reduce((all, issuer) => all.concat(issuer.keys.filter((key) => equal(key.kid, token.kid)).map((key) => [issuer, key])), []);
    if (!candidates.length) throw new Doubt('unknown_issuer', UNKNOWN);
    for (const [issuer, key] of candidates) {
      if (await PSM.hasSigned(key.raw, token.signature, token.message)) {
        refuseKeyOutOfUse(key, json.startOf(token.signedOn)); // it knows its day only: the whole day of a retirement counts
        return issuer;
      }
    }
    throw new Doubt('tampered', CHANGED);
  };

  // ---- lists ---------------------------------------------------------------------------------------------------------------------------
  const placesOf = (site, position) => PURPOSES.map((purpose) => ({
    purpose, list: `${site}/status/${Math.floor(Number(position) / LENGTH)}-${purpose}.json`, index: Number(position) % LENGTH,
  }));
  const readPlaces = (entry) => {
    const named = entry && entry.statusListCredential, index = entry && /^\d{1,9}$/.test(entry.statusListIndex) ? Number(entry.statusListIndex) : -1;
    const mark = `-${PURPOSES[0]}`, cut = typeof named === 'string' ? named.lastIndexOf(mark) : -1;
    if (cut < 1 || entry.statusPurpose !== PURPOSES[0] || index < 0 || index >= LENGTH) throw new Unreadable(NOT_A_LIST);
    return PURPOSES.map((purpose) => ({purpose, list: `${named.slice(0, cut)}-${purpose}${named.slice(cut + mark.length)}`, index}));
  };
  const decodeBits = (text) => {
    const packed = Uint8Array.from(atob(text.slice(1).replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
    const bits = PSM.inflate.gzip(packed, LENGTH / 8 + 1);
    if (text[0] !== 'u' || bits.length !== LENGTH / 8) throw new Unreadable(NOT_A_LIST);
    return bits;
  };
  const readStatusList = (document) => {
    const {id, issuer, credentialSubject: {statusPurpose: purpose, encodedList}} = document;
    if (!document.type.includes('BitstringStatusListCredential') || ![id, issuer, purpose].every((each) => typeof each === 'string')) throw new Unreadable(NOT_A_LIST);
    const bits = decodeBits(encodedList);
    return {id, issuer, purpose, asOf: json.instant(document.validFrom), isSet: (index) => Boolean(bits[index >> 3] & (0x80 >> (index & 7)))};
  };
  const readCorrections = (document) => {
    const byNumber = new Map(document.corrections.map((entry) => {
      json.startOf(entry.on);
      return [entry.number, {reason: entry.reason, on: entry.on, supersededBy: nothing(entry.superseded_by)}];
    }));
    if (document.format !== 'psm-corrections/1' || typeof document.issuer !== 'string') throw new Unreadable(NOT_A_LIST);
    return {issuer: document.issuer, asOf: json.instant(document.as_of), byNumber};
  };
  const readDigests = (document) => {
    if (document.format !== 'psm-pdf-digests/1' || !json.isObject(document.pdfs)) throw new Unreadable(NOT_A_LIST);
    return {issuer: document.issuer, asOf: json.instant(findProof(document).created), pdfs: document.pdfs};
  };
  const readIssuance = (document) => {
    const {issuer, number: {before, after}, facts} = document;
    const proper = {format: 'psm-issuance/1', issuer, number: {before, after}, facts};
    if (![issuer, before, after].every((each) => typeof each === 'string') || !json.isObject(facts) || !json.same(proper, document)) throw new Unreadable(NOT_A_LIST);
    return {issuer, before, after, facts, digest: hex(PSM.sha256(json.bytes(document)).slice(0, 12))};
  };

  // `issuers`: keys.json documents. `documents(issuer, path)`: what was published at a path below its site, as a list, a promise of one;
  // it may hold more than that. What is not signed by its office is left out. Every path is asked for, and every signature checked, once.
  PSM.office = (keys, documents) => {
    const issuers = keys.map(readIssuer).filter(Boolean), asked = new Map();
    const once = (issuer, path, read) => {
      const name = `${issuer.did} ${path}`;
      if (!asked.has(name)) asked.set(name, read(issuer, path));
      return asked.get(name);
    };
    const believed = (read) => async (issuer, path) => {
      const found = [];
      for (const document of await documents(issuer, path)) {
        try {
          await signerOf(document, issuers);
          found.push(read(document));
        } catch (_) { /* not signed by anybody we know, or not what it should be: then it is not at hand */ }
      }
      return found.filter((each) => each.issuer === issuer.did).sort((one, other) => one.asOf - other.asOf);
    };
    const newest = (list) => (list.length ? list[list.length - 1] : null);
    const issuancesAt = async (issuer, path) => (await documents(issuer, path)).reduce((all, document) => {
      try { return all.concat(readIssuance(document)); } catch (_) { return all; }
    }, []);

    return {
      issuers,
      list: async (issuer, {purpose, list}) => {
        if (!list.startsWith(`${issuer.site}/`)) return null;
        const lists = await once(issuer, list.slice(issuer.site.length + 1), believed(readStatusList)), found = newest(lists.filter(({id}) => id === list));
        return found && found.purpose === purpose ? found : null;
      },
      corrections: async (issuer) => newest(await once(issuer, 'perbaikan.json', believed(readCorrections))),
      issuance: async (issuer, digest) => (await once(issuer, `terbitan/${hex(digest)}.json`, issuancesAt))
        .find((each) => each.issuer === issuer.did && each.digest === hex(digest)) || null,
      digests: async (issuer) => newest(await once(issuer, 'sidik.json', believed(readDigests))),
    };
  };

  PSM.Doubt = Doubt;
  PSM.signing = {signerOf, signerOfToken, placesOf, readPlaces, hex};
})();
