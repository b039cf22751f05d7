// The answer to "is this certificate genuine?": what was handed in, the office's publications and the time of day in; one verdict out.
// The same verdicts and sentences as psm_course/credentials/verification/verification.py (decision 0019); it never throws because of what is handed in.
(() => {
  const {json, say, Unreadable, Doubt, signing} = PSM;

  // ---- what a token says: facts, whose they are, where their status stands, when they hold -------------------------------------------
  const readToken = (token, issuer, places, issuance) => {
    const shared = issuance ? Object.assign(Object.create(null), {number: issuance.before + token.numberPart + issuance.after}, issuance.facts) : Object.create(null);
    return {
      issuer, facts: Object.assign(shared, token.facts), places,
      from: json.startOf(token.facts.issued_on), until: token.expires === null ? null : Number(token.expires) * 1000, lacks: !issuance,
    };
  };

  // ---- do the facts still stand? -------------------------------------------------------------------------------------------------------
  const verdict = (kind, reason, asOf = null, by = null) => ({verdict: kind, record: null, status_as_of: asOf === null ? null : json.written(asOf), reason, superseded_by: by, receipt: null});

  const withdrawn = ({issuer}, correction, bits) => {
    if (correction && correction.supersededBy) {
      return ['superseded', json.sentence(say('replaced-by', correction.supersededBy, json.dayWords(correction.on), correction.reason)), correction.supersededBy];
    }
    if (correction) return ['revoked', json.sentence(say('revoked', json.dayWords(correction.on), correction.reason))];
    if (bits.has('refresh')) return ['superseded', say('replaced', issuer.name)];
    return bits.size ? ['revoked', say('revoked-unsaid', issuer.name)] : null;
  };
  const outOfTime = ({from, until}, now) => {
    if (until !== null && now > until) return ['revoked', say('expired', json.day(until))];
    return now < from ? ['revoked', say('early', json.day(from))] : null;
  };

  // What the office says of it now: its list of corrections and its status lists, all asked for at once.
  const standing = (issuer, places, office) => Promise.all([office.corrections(issuer), ...places.map((place) => office.list(issuer, place))]);
  const judge = (statement, [corrections, ...lists], now) => {
    const {issuer, facts, places} = statement, correction = corrections && typeof facts.number === 'string' ? corrections.byNumber.get(facts.number) : null;
    const bits = new Set(places.filter((place, at) => lists[at] && lists[at].isSet(place.index)).map(({purpose}) => purpose));
    const dates = lists.filter(Boolean).map(({asOf}) => asOf).concat(corrections && typeof facts.number === 'string' ? corrections.asOf : []);
    const against = withdrawn(statement, correction, bits) || outOfTime(statement, now);
    const genuine = say('genuine', issuer.name);
    let found = null;
    if (against) found = verdict(against[0], against[1], dates.length ? Math.max(...dates) : null, against[2]);
    else if (!lists.every(Boolean)) found = verdict('valid', `${genuine} ${say('no-status')}`);
    else found = verdict('valid', `${genuine} ${say('stands', json.day(Math.min(...dates)))}`, Math.min(...dates));
    if (statement.lacks) found.reason += ` ${say('lacks')}`;
    return Object.assign(found, {record: facts});
  };

  // ---- whatever a person may hand in ------------------------------------------------------------------------------------------------------
  const verifyText = async (text, office, now) => {
    const token = PSM.token.read(text), issuer = await signing.signerOfToken(token, office.issuers), places = signing.placesOf(issuer.site, token.position);
    const [issuance, found] = await Promise.all([office.issuance(issuer, token.digest), standing(issuer, places, office)]);
    return judge(readToken(token, issuer, places, issuance), found, now);
  };

  const OF_A_FILE = /^\ufeff?[\t-\r ]*[{[]|^[\t-\r ]*%PDF-/;
  const ofFile = async (bytes, office, now) => {
    await Promise.all([PSM.part('documents'), PSM.part('file')]);
    return PSM.verifyFile(bytes, office, now);
  };

  // `given`: bytes of a file, or the text of a QR. `now`: milliseconds since 1970.
  PSM.verify = async (given, office, now) => {
    try {
      if (typeof given !== 'string') return await ofFile(given, office, now);
      return await (OF_A_FILE.test(given) ? ofFile(new TextEncoder().encode(given), office, now) : verifyText(given, office, now));
    } catch (error) {
      if (error instanceof Unreadable) return verdict('unreadable', error.message);
      if (error instanceof Doubt) return verdict(error.verdict, error.message);
      throw error;
    }
  };
  PSM.judging = {judge, standing, verifyText};
})();
