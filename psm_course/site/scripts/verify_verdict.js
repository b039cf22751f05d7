// The answer to "is this certificate genuine?": what was handed in, the office's publications and the time of day in; one verdict out.
// The same verdicts and sentences as psm_course/credentials/verification.py (decision 0019); it never throws because of what is handed in.
(() => {
  const {json, Unreadable, Doubt, signing} = PSM;
  const RECORD = 'psm-record/1', NOT_A_CERTIFICATE = 'Dokumen ini ditandatangani, tetapi bukan sertifikat.';
  const COMPARE = 'Bandingkan isi yang ditampilkan di sini dengan yang tercetak di halaman; tanda tangan hanya menjamin yang ditampilkan di sini.';
  const CHANGED_PDF = 'Berkas PDF ini tidak sama dengan yang diterbitkan: halamannya mungkin sudah diubah. Yang ditandatangani adalah isi di bawah ini.';
  const NO_STATUS = 'Statusnya belum dapat diperiksa: daftar status tidak ada di sini. Sertifikat ini mungkin sudah dicabut atau diganti.';
  // Facts that a whole issuing shares, in the order in which they are named when their document is not at hand.
  const SHARED = [
    'nomor', 'nama kegiatan', 'penyelenggara', 'jumlah JP', 'lama 1 JP', 'angkatan', 'tanggal mulai', 'tanggal selesai',
    'tempat', 'jabatan penanda tangan', 'nama penanda tangan', 'materi', 'kop surat', 'kalimat sertifikat',
  ];

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

  // ---- what a good signature says: facts, whose they are, where their status stands, when they hold -----------------------------------
  const readBadge = (document, issuer) => {
    const refuse = () => { throw new Unreadable(NOT_A_CERTIFICATE); };
    try {
      const records = document.evidence.filter(({genre}) => genre === RECORD);
      if (records.length !== 1) refuse();
      const facts = json.read(new TextEncoder().encode(records[0].narrative));
      const until = 'validUntil' in document ? json.instant(document.validUntil) : null, places = signing.readPlaces(document.credentialStatus);
      const from = json.instant(document.validFrom);
      if (!document.type.includes('OpenBadgeCredential') || document.id !== credentialId(issuer.did, facts.number)) refuse();
      return {issuer, facts, places, from, until, lacks: false};
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      return refuse();
    }
  };
  const readToken = (token, issuer, issuance) => {
    const shared = issuance ? Object.assign(Object.create(null), {number: issuance.before + token.numberPart + issuance.after}, issuance.facts) : Object.create(null);
    return {
      issuer, facts: Object.assign(shared, token.facts), places: signing.placesOf(issuer.site, token.position),
      from: json.startOf(token.facts.issued_on), until: token.expires === null ? null : Number(token.expires) * 1000, lacks: !issuance,
    };
  };

  // ---- do the facts still stand? -------------------------------------------------------------------------------------------------------
  const verdict = (kind, reason, asOf = null, by = null) => ({verdict: kind, record: null, status_as_of: asOf === null ? null : json.written(asOf), reason, superseded_by: by});

  const withdrawn = ({issuer}, correction, bits) => {
    if (correction && correction.supersededBy) {
      return ['superseded', json.sentence(`Sertifikat ini diganti oleh nomor ${correction.supersededBy} pada ${json.dayWords(correction.on)}. Alasan: ${correction.reason}`), correction.supersededBy];
    }
    if (correction) return ['revoked', json.sentence(`Sertifikat ini dicabut pada ${json.dayWords(correction.on)}. Alasan: ${correction.reason}`)];
    if (bits.has('refresh')) return ['superseded', `Sertifikat ini sudah diganti oleh sertifikat lain. Tanyakan kepada ${issuer.name}.`];
    return bits.size ? ['revoked', `Sertifikat ini sudah dicabut. Tanyakan alasannya kepada ${issuer.name}.`] : null;
  };
  const outOfTime = ({from, until}, now) => {
    if (until !== null && now > until) return ['revoked', `Masa berlaku sertifikat ini habis pada ${json.day(until)}.`];
    return now < from ? ['revoked', `Sertifikat ini baru berlaku mulai ${json.day(from)}. Periksa juga tanggal di perangkat Anda.`] : null;
  };

  const judge = async (statement, office, now) => {
    const {issuer, facts, places} = statement, corrections = await office.corrections(issuer);
    const correction = corrections && typeof facts.number === 'string' ? corrections.byNumber.get(facts.number) : null;
    const lists = await Promise.all(places.map((place) => office.list(issuer, place)));
    const bits = new Set(places.filter((place, at) => lists[at] && lists[at].isSet(place.index)).map(({purpose}) => purpose));
    const dates = lists.filter(Boolean).map(({asOf}) => asOf).concat(corrections && typeof facts.number === 'string' ? corrections.asOf : []);
    const against = withdrawn(statement, correction, bits) || outOfTime(statement, now);
    const genuine = `Sertifikat ini asli: ditandatangani oleh ${issuer.name} dan isinya tidak berubah.`;
    let found = null;
    if (against) found = verdict(against[0], against[1], dates.length ? Math.max(...dates) : null, against[2]);
    else if (!lists.every(Boolean)) found = verdict('valid', `${genuine} ${NO_STATUS}`);
    else found = verdict('valid', `${genuine} Status per ${json.day(Math.min(...dates))}: berlaku.`, Math.min(...dates));
    if (statement.lacks) found.reason += ` Belum dapat ditampilkan, karena dokumen terbitannya tidak ada di sini: ${SHARED.join(', ')}.`;
    return Object.assign(found, {record: facts});
  };

  // ---- whatever a person may hand in ------------------------------------------------------------------------------------------------------
  const badgeVerdict = async (bytes, office, now) => {
    const document = json.read(bytes), issuer = await signing.signerOf(document, office.issuers);
    return [await judge(readBadge(document, issuer), office, now), issuer];
  };
  const verifyText = async (text, office, now) => {
    const token = PSM.token.read(text), issuer = await signing.signerOfToken(token, office.issuers);
    return judge(readToken(token, issuer, await office.issuance(issuer, token.digest)), office, now);
  };
  const verifyPdf = async (pdf, office, now) => {
    const [found, issuer] = await badgeVerdict(PSM.credentialIn(pdf), office, now), published = await office.digests(issuer);
    const digests = published && Object.prototype.hasOwnProperty.call(published.pdfs, found.record.number) ? published.pdfs[found.record.number] : null;
    if (!digests || digests.includes(signing.hex(PSM.sha256(pdf)))) return Object.assign(found, {reason: `${found.reason} ${COMPARE}`});
    const isValid = found.verdict === 'valid';
    return Object.assign(found, {verdict: isValid ? 'tampered' : found.verdict, reason: isValid ? CHANGED_PDF : `${found.reason} ${CHANGED_PDF}`});
  };

  const BLANK = new Set([9, 10, 11, 12, 13, 32]);
  const pastBlanks = (bytes) => { let at = 0; while (BLANK.has(bytes[at])) at += 1; return bytes.subarray(at); };
  const starts = (bytes, text) => [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0));

  // `given`: bytes of a file, or the text of a QR. `now`: milliseconds since 1970.
  PSM.verify = async (given, office, now) => {
    const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
    const body = pastBlanks(starts(bytes, '\xef\xbb\xbf') ? bytes.subarray(3) : bytes);
    try {
      if (starts(pastBlanks(bytes.subarray(0, 1024)), '%PDF-')) return await verifyPdf(bytes, office, now);
      if (starts(body, '{') || starts(body, '[')) return (await badgeVerdict(bytes, office, now))[0];
      return await verifyText(json.text(bytes), office, now);
    } catch (error) {
      if (error instanceof Unreadable) return verdict('unreadable', error.message);
      if (error instanceof Doubt) return verdict(error.verdict, error.message);
      throw error;
    }
  };
})();
