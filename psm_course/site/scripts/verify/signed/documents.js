// Whether somebody we know signed a document with a key that counted then. The same as psm_course/credentials/{proof,signer,digests}.py.
(() => {
  const {json, say, Doubt} = PSM, {READERS, hex, noList, nothing, refuseKeyOutOfUse} = PSM.signing;
  const UNSIGNED = 'Dokumen ini tidak ditandatangani. Jangan diterima.', SUITE = 'eddsa-jcs-2022';

  const without = (object, left) => {
    const rest = Object.create(null);
    Object.keys(object).filter((name) => name !== left).forEach((name) => { rest[name] = object[name]; });
    return rest;
  };
  const findProof = (document) => {
    const ours = [].concat(document.proof).filter((proof) => json.isObject(proof) && proof.cryptosuite === SUITE);
    return ours.length === 1 ? ours[0] : null;
  };
  const isSignedBy = async (key, document, proof) => {
    const options = without(proof, 'proofValue');
    if (!json.same(nothing(options['@context']), nothing(document['@context']))) return false;
    const signature = PSM.fromMultibase(proof.proofValue);
    if (!signature) return false;
    const hashes = await Promise.all([options, without(document, 'proof')].map((each) => PSM.digest(json.bytes(each))));
    return PSM.hasSigned(key.raw, signature, PSM.joined(...hashes));
  };
  PSM.signing.signerOf = async (document, issuers) => {
    const did = json.isObject(document.issuer) ? document.issuer.id : document.issuer, issuer = issuers.find((each) => each.did === did);
    if (!issuer) throw new Doubt('unknown_issuer', say('unknown'));
    const proof = findProof(document);
    if (!proof) throw new Doubt('tampered', UNSIGNED);
    const method = typeof proof.verificationMethod === 'string' ? proof.verificationMethod : '', cut = method.indexOf('#');
    const key = method.slice(0, cut) === issuer.did && issuer.keys.find((each) => each.multikey === method.slice(cut + 1));
    if (!key) throw new Doubt('unknown_issuer', say('unknown'));
    if (proof.type !== 'DataIntegrityProof' || proof.proofPurpose !== 'assertionMethod' || !await isSignedBy(key, document, proof)) throw new Doubt('tampered', say('changed'));
    let created = 0;
    try { created = json.instant(proof.created); } catch (_) { throw new Doubt('tampered', say('changed')); }
    refuseKeyOutOfUse(key, created);
    return issuer;
  };

  // Where a number stands among digests that are cut into parts, however its letters and blanks were typed.
  const plain = (number) => new TextEncoder().encode(String(number).toUpperCase().replace(/\s/g, ''));
  PSM.signing.partOf = async (number, letters) => hex(await PSM.digest(plain(number))).slice(0, letters);
  READERS['sidik.json'] = READERS['sidik/'] = (document) => {
    const {format, issuer, pdfs, letters = 0, part = ''} = document;
    if (format !== 'psm-pdf-digests/1' || !json.isObject(pdfs)) noList();
    return {issuer, asOf: json.instant(findProof(document).created), pdfs, letters, part};
  };
})();
