// "Periksa sertifikat": from a token in the address to a verdict in words, colour and sign. Nothing that is handed in leaves the phone: the
// token stands behind #, which browsers never send. The words stand in the page's templates; the other ways in are a part of their own.
(() => {
  const place = document.querySelector('[data-verify]');
  if (!place) return;
  const {json, say} = PSM;
  const part = (name) => place.querySelector(`[data-${name}]`), copy = (name) => document.importNode(part(name).content, true);
  const FRESH = 600000; // how long what was fetched counts as new: a page may stay open for days

  // ---- what the office has published -----------------------------------------------------------------------------------------------------
  const embedded = JSON.parse(part('published').textContent), isServed = /^https?:/.test(location.protocol);
  const fetched = async (path) => {
    const answer = await fetch(PSM.root + path, {credentials: 'omit'});
    return answer.ok ? [await answer.json()] : [];
  };
  // A folder cannot be fetched from: there, a script holds the documents.
  const written = (path) => PSM.part('published').then(() => [].concat(PSM.published[path] || []));
  // Mostly what is found is what stands in the page.
  const documents = async (_, path) => (await (isServed ? fetched : written)(path).catch(() => [])).filter((each) => !json.same(each, embedded[path]));
  const office = PSM.office([].concat(embedded['keys.json'] || []), documents, embedded);
  let since = Date.now();
  const current = () => {
    if (Date.now() - since > FRESH) { office.askAgain(); since = Date.now(); }
    return office;
  };

  // ---- the verdict --------------------------------------------------------------------------------------------------------------------------
  const outcome = part('outcome');

  // `kind` names a verdict's look, title and advice; `filled`: what else is shown, by its place in the template.
  const show = (kind, filled) => {
    const look = part('looks').content.querySelector(`[data-kind=${kind}]`), shown = copy('shown');
    const all = Object.assign({title: look.title, advice: look.textContent}, filled);
    for (const name of ['title', 'reason', 'status', 'advice', 'signed', 'of-name', 'again']) {
      const there = shown.querySelector(`[data-${name}]`);
      if (!all[name]) there.remove(); else if (typeof all[name] === 'string') there.append(all[name]); else all[name](there);
    }
    outcome.className = `outcome ${look.className}`;
    outcome.dataset.verdict = kind;
    outcome.replaceChildren(shown);
    outcome.hidden = false;
    outcome.querySelector('h2').focus({preventScroll: true});
    outcome.scrollIntoView({block: 'start'});
    PSM.announce(all.title);
  };

  const showVerdict = ({verdict, record, status_as_of: asOf, reason}) => {
    const kind = verdict === 'valid' && !asOf ? 'unsure' : verdict === 'tampered' && record ? 'edited' : verdict, filled = {reason};
    const names = office.issuers.map(({name}) => name).join(', ');
    if (kind === 'unknown_issuer' && names) filled.advice = say('only-these', names);
    if (record) {
      filled.status = asOf ? say('as-of', json.day(json.instant(asOf))) : say('no-date');
      filled.signed = (there) => there.querySelector('[data-facts]').append(...PSM.factRows(record));
    }
    show(kind, filled);
  };
  const failed = (error, again) => {
    if (error instanceof PSM.Missing) show('missing', {again: (there) => there.addEventListener('click', () => { outcome.hidden = true; again(); })});
    else if (error instanceof PSM.Unreadable) show('unreadable', {reason: error.message});
    else if (PSM.canCheck) show('unreadable', {reason: say('failed', error.name)});
    else show('too_old');
  };

  // `work`: a promise of what is to be shown. Of two that were handed in, the later one counts.
  let turn = 0;
  const judged = async (work) => {
    const mine = turn += 1;
    outcome.hidden = true;
    part('busy').hidden = false;
    const done = await work().catch((error) => () => failed(error, () => judged(work)));
    if (mine !== turn) return;
    part('busy').hidden = true;
    done();
  };
  const said = async (given) => {
    const found = await PSM.verify(given, current(), Date.now());
    return () => (found.show || showVerdict)(found);
  };

  // ---- ways in --------------------------------------------------------------------------------------------------------------------------------
  const fromAddress = () => {
    const fragment = location.hash.slice(1);
    if (!fragment || document.getElementById(fragment)) return; // links within the page are no tokens
    current().prepare();
    judged(() => said(fragment));
  };

  // All others are a part of their own. It comes when somebody touches them, and does what was done meanwhile.
  const ways = part('ways');
  const act = (name, given) => PSM.part('ways').then(() => PSM.ways[name](given), (error) => failed(error, () => act(name, given)));
  const touched = () => PSM.part('ways').catch(() => null);
  ways.addEventListener('pointerdown', touched);
  ways.addEventListener('focusin', touched);
  ways.addEventListener('submit', (event) => { event.preventDefault(); act('submit', event.target); });
  part('file').addEventListener('change', ({target}) => { if (target.files[0]) act('open', target.files[0]); });
  part('scan').addEventListener('click', () => act('scan'));
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(kind, (event) => {
      const dragged = event.dataTransfer;
      if (!dragged || ![...dragged.types].includes('Files')) return;
      event.preventDefault();
      part('drop').classList.toggle('over', kind === 'dragover');
      if (kind === 'drop' && dragged.files[0]) act('open', dragged.files[0]);
    });
  }

  PSM.checking = {part, current, judged, said, show};
  part('keyless').hidden = office.issuers.length > 0;
  part('scan').hidden = !('BarcodeDetector' in self && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  ways.hidden = false;
  addEventListener('hashchange', fromAddress);
  fromAddress();
})();
