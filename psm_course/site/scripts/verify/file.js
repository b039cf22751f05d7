// What a file holds: the credential as JSON, alone or attached to its PDF; whether the PDF is one that was given out; or a receipt.
(() => {
  const {json, Unreadable, signing, judging} = PSM;
  const RECORD = 'psm-record/1', NOT_A_CERTIFICATE = 'Dokumen ini ditandatangani, tetapi bukan sertifikat.';
  const PURPOSES = ['revocation', 'refresh'], LENGTH = 131072;
  const COMPARE = 'Bandingkan isi yang ditampilkan di sini dengan yang tercetak di halaman; tanda tangan hanya menjamin yang ditampilkan di sini.';
  const CHANGED_PDF = 'Berkas PDF ini tidak sama dengan yang diterbitkan: halamannya mungkin sudah diubah. Yang ditandatangani adalah isi di bawah ini.';

  // ---- a credential's id follows from issuer and number: UUID version 5, which is SHA-1 ------------------------------------------------
  const sha1 = (data) => {
    const padded = new Uint8Array((((data.length + 8) >> 6) + 1) << 6), view = new DataView(padded.buffer), words = [];
    padded.set(data);
    padded[data.length] = 0x80;
    view.setUint32(padded.length - 4, data.length << 3);
    const turn = (word, by) => (word << by) | (word >>> (32 - by)), state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    for (let block = 0; block < padded.length; block += 64) {
      let [a, b, c, d, e] = state;
      for (let at = 0; at < 80; at += 1) {
        words[at] = at < 16 ? view.getInt32(block + 4 * at) : turn(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], 1);
        const mixed = at < 20 ? ((b & c) | (~b & d)) + 0x5a827999 : at < 40 ? (b ^ c ^ d) + 0x6ed9eba1
          : at < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
        const next = (turn(a, 5) + mixed + e + words[at]) | 0;
        e = d; d = c; c = turn(b, 30); b = a; a = next;
      }
      [a, b, c, d, e].forEach((word, at) => { state[at] = (state[at] + word) | 0; });
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  };
  const URLS = [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
  const credentialId = (did, number) => {
    const sum = sha1(PSM.joined(URLS, new TextEncoder().encode(`${did}#${number}`))).slice(0, 32);
    const variant = ((parseInt(sum[16], 16) & 3) | 8).toString(16), marked = `${sum.slice(0, 12)}5${sum.slice(13, 16)}${variant}${sum.slice(17)}`;
    return `urn:uuid:${marked.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
  };

  // ---- what a credential says -------------------------------------------------------------------------------------------------------------
  const readPlaces = (entry) => {
    const named = entry && entry.statusListCredential, index = entry && /^\d{1,9}$/.test(entry.statusListIndex) ? Number(entry.statusListIndex) : -1;
    const mark = `-${PURPOSES[0]}`, cut = typeof named === 'string' ? named.lastIndexOf(mark) : -1;
    if (cut < 1 || entry.statusPurpose !== PURPOSES[0] || index < 0 || index >= LENGTH) signing.noList();
    return PURPOSES.map((purpose) => ({purpose, list: `${named.slice(0, cut)}-${purpose}${named.slice(cut + mark.length)}`, index}));
  };
  const readBadge = (document, issuer) => {
    const refuse = () => { throw new Unreadable(NOT_A_CERTIFICATE); };
    try {
      const records = document.evidence.filter(({genre}) => genre === RECORD);
      if (records.length !== 1) refuse();
      const facts = json.read(new TextEncoder().encode(records[0].narrative));
      const until = 'validUntil' in document ? json.instant(document.validUntil) : null, places = readPlaces(document.credentialStatus);
      const from = json.instant(document.validFrom);
      if (!document.type.includes('OpenBadgeCredential') || document.id !== credentialId(issuer.did, facts.number)) refuse();
      return {issuer, facts, places, from, until, lacks: false};
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      return refuse();
    }
  };

  // ---- the verdict ------------------------------------------------------------------------------------------------------------------------
  const judged = async (document, office, now) => {
    const issuer = await signing.signerOf(document, office.issuers), statement = readBadge(document, issuer);
    return [judging.judge(statement, await judging.standing(issuer, statement.places, office), now), issuer];
  };
  const verifyPdf = async (pdf, office, now) => {
    const [found, issuer] = await judged(json.read(PSM.credentialIn(pdf)), office, now), published = await office.digests(issuer, found.record.number);
    const digests = published && Object.prototype.hasOwnProperty.call(published.pdfs, found.record.number) ? published.pdfs[found.record.number] : null;
    if (!digests || digests.includes(signing.hex(await PSM.digest(pdf)))) return Object.assign(found, {reason: `${found.reason} ${COMPARE}`});
    const isValid = found.verdict === 'valid';
    return Object.assign(found, {verdict: isValid ? 'tampered' : found.verdict, reason: isValid ? CHANGED_PDF : `${found.reason} ${CHANGED_PDF}`});
  };
  const verifyJson = async (document, office, now) => (
    PSM.isReceipt(document) ? PSM.verifyReceipt(document, office) : (await judged(document, office, now))[0]);

  const BLANK = new Set([9, 10, 11, 12, 13, 32]);
  const pastBlanks = (bytes) => { let at = 0; while (BLANK.has(bytes[at])) at += 1; return bytes.subarray(at); };
  const starts = (bytes, text) => [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0));
  PSM.verifyFile = (bytes, office, now) => {
    const body = pastBlanks(starts(bytes, '\xef\xbb\xbf') ? bytes.subarray(3) : bytes);
    if (starts(pastBlanks(bytes.subarray(0, 1024)), '%PDF-')) return verifyPdf(bytes, office, now);
    if (starts(body, '{') || starts(body, '[')) return verifyJson(json.read(bytes), office, now);
    return judging.verifyText(new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes), office, now);
  };
})();
