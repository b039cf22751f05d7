// "Periksa sertifikat": from whatever a person has at hand to a verdict in words, colour and sign. Nothing that is handed in leaves the phone:
// the token stands behind #, which browsers never send, and files are read here.
(() => {
  const place = document.querySelector('[data-verify]');
  if (!place) return;
  const {element, json} = PSM;
  const part = (name) => place.querySelector(`[data-${name}]`);
  const FRESH = 600000; // how long what was fetched counts as new: a page may stay open for days

  // ---- what the office has published -----------------------------------------------------------------------------------------------------
  const embedded = JSON.parse(part('published').textContent), isServed = /^https?:/.test(location.protocol);
  const fetched = async (path) => {
    const answer = await fetch(PSM.root + path, {credentials: 'omit'});
    return answer.ok ? [json.read(new Uint8Array(await answer.arrayBuffer()), 50000000)] : [];
  };
  // A folder cannot be fetched from: there, what was written into the page must do.
  const documents = async (_, path) => [].concat(path in embedded ? [embedded[path]] : [], isServed ? await fetched(path).catch(() => []) : []);
  let office = null, since = 0;
  const current = () => {
    if (!office || Date.now() - since > FRESH) {
      office = PSM.office('keys.json' in embedded ? [embedded['keys.json']] : [], documents);
      since = Date.now();
    }
    return office;
  };

  // ---- the verdict --------------------------------------------------------------------------------------------------------------------------
  const LOOKS = {
    valid: ['Asli dan berlaku', 'right', 'Cocokkan setiap baris di bawah dengan kertas atau PDF di tangan Anda. Bila semuanya sama, sertifikat ini dapat diterima.'],
    unsure: ['Asli, tetapi statusnya belum diperiksa', 'unsure', 'Cocokkan setiap baris di bawah. Lalu sambungkan ke internet dan periksa sekali lagi supaya statusnya ikut terlihat.'],
    superseded: ['Sudah diganti', 'replaced', 'Jangan pakai yang ini. Minta pemegangnya menunjukkan sertifikat penggantinya.'],
    revoked: ['Tidak berlaku', 'critical', 'Jangan diterima. Bila ragu, tanyakan kepada penerbitnya.'],
    tampered: ['Palsu atau sudah diubah', 'forged', 'Minta kode QR atau berkas PDF yang asli, atau tanyakan kepada penerbitnya.'],
    edited: ['Berkas PDF sudah diubah', 'forged', 'Jangan terima berkas ini. Minta PDF aslinya. Isi yang benar ada di bawah.'],
    unknown_issuer: ['Penerbit tidak dikenal', 'stranger', ''],
    unreadable: ['Tidak dapat diperiksa', 'unread', 'Ini belum berarti palsu. Coba sekali lagi, atau pakai cara lain di bawah.'],
    number: ['', 'unsure', 'Nomor saja belum membuktikan apa-apa: siapa pun dapat menuliskannya. Periksa juga kode QR atau berkas PDF-nya.'],
    unknown: ['', 'unread', 'Minta pemegangnya menunjukkan kode QR atau berkas PDF aslinya.'],
  };
  const lookOf = ({verdict, record, status_as_of: asOf}) => (verdict === 'valid' && !asOf ? 'unsure' : verdict === 'tampered' && record ? 'edited' : verdict);
  const outcome = part('outcome');

  const show = (kind, title, reason, status, ...more) => {
    const [, look, advice] = LOOKS[kind], names = current().issuers.map(({name}) => name).join(', ');
    const next = kind === 'unknown_issuer' && names ? `Halaman ini hanya mengenal sertifikat dari ${names}.` : advice;
    outcome.className = `outcome ${look}`;
    outcome.dataset.verdict = kind;
    outcome.replaceChildren(
      element('h2', {id: 'hasil', tabindex: '-1'}, title),
      element('p', {class: 'reason'}, reason),
      ...(status ? [element('p', {class: 'status'}, status)] : []),
      ...(next ? [element('p', {class: 'advice'}, next)] : []),
      ...more,
    );
    outcome.hidden = false;
    const heading = outcome.querySelector('h2');
    heading.focus({preventScroll: true});
    outcome.scrollIntoView({block: 'start'});
    PSM.announce(title);
  };

  const statusWords = (found) => {
    if (!found.record) return '';
    return found.status_as_of ? `Status per ${json.day(json.instant(found.status_as_of))}` : 'Status: belum diperiksa';
  };
  const NOT_TTE = 'Tanda tangan digital ini menjamin isi di atas. Ia bukan tanda tangan elektronik (TTE) tersertifikasi menurut PP 71/2019.';
  const signed = (record) => [element('h3', {}, 'Isi yang ditandatangani'), PSM.factList(record), element('p', {class: 'not-tte'}, NOT_TTE)];
  const showVerdict = (found) => {
    const kind = lookOf(found), facts = found.record ? signed(found.record) : [];
    show(kind, LOOKS[kind][0], found.reason, statusWords(found), ...facts);
  };
  const TOO_OLD = 'Peramban ini terlalu lama untuk memeriksa tanda tangan. Perbarui Chrome atau peramban Anda, atau buka halaman ini di ponsel lain.';

  let turn = 0; // of two that were handed in, the later one counts
  const judged = async (work) => {
    const mine = turn += 1;
    outcome.hidden = true;
    part('busy').hidden = false;
    const done = await work().catch((error) => {
      const why = PSM.canCheck ? `Pemeriksaan gagal. Muat ulang halaman ini, lalu coba lagi. (${error.name})` : TOO_OLD;
      return () => show('unreadable', LOOKS.unreadable[0], why);
    });
    if (mine !== turn) return;
    part('busy').hidden = true;
    done();
  };
  const check = (given) => judged(async () => {
    const found = await PSM.verify(given, current(), Date.now());
    return () => showVerdict(found);
  });

  // ---- ways in --------------------------------------------------------------------------------------------------------------------------------
  const fromAddress = () => {
    const fragment = location.hash.slice(1);
    if (fragment && !document.getElementById(fragment)) check(fragment); // links within the page are no tokens
  };

  const A_PICTURE = 'Ini foto atau gambar, dan peramban ini tidak dapat membaca kode QR dari gambar. Arahkan kamera ponsel ke kode QR-nya, atau buka berkas PDF aslinya.';
  const NO_CODE = 'Tidak ada kode QR yang terbaca di gambar ini. Foto lebih dekat dan lebih terang, atau buka berkas PDF aslinya.';
  const open = (file) => judged(async () => {
    if (file.type.startsWith('image/')) {
      if (!PSM.codeIn) return () => show('unreadable', LOOKS.unreadable[0], A_PICTURE);
      const text = await PSM.codeIn(await createImageBitmap(file)).catch(() => null);
      if (text === null) return () => show('unreadable', LOOKS.unreadable[0], NO_CODE);
      const found = await PSM.verify(text, current(), Date.now());
      return () => showVerdict(found);
    }
    const bytes = new Uint8Array(await new Response(file.slice(0, PSM.LARGEST_PDF + 1)).arrayBuffer());
    const found = await PSM.verify(bytes, current(), Date.now());
    return () => showVerdict(found);
  });

  part('file').addEventListener('change', ({target}) => { if (target.files[0]) open(target.files[0]); target.value = ''; });
  const zone = part('drop'), holdsFile = ({dataTransfer}) => Boolean(dataTransfer && [...dataTransfer.types].includes('Files'));
  document.addEventListener('dragover', (event) => { if (holdsFile(event)) { event.preventDefault(); zone.classList.add('over'); } });
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) zone.classList.remove('over'); });
  document.addEventListener('drop', (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    zone.classList.remove('over');
    if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
  });

  const needed = (field, what) => {
    const isEmpty = !field.value.trim();
    field.setCustomValidity(isEmpty ? what : '');
    return isEmpty ? !field.reportValidity() : true;
  };
  part('pasting').addEventListener('submit', (event) => {
    event.preventDefault();
    const field = part('text');
    if (field.value.trim()) check(field.value); else needed(field, 'Tempel dulu teks dari kode QR.');
  });
  part('text').addEventListener('input', ({target}) => target.setCustomValidity(''));

  const NAMELESS = 'Nama belum diperiksa. Daftar nama tidak diumumkan di sini, jadi nama hanya dapat dipastikan lewat kode QR atau berkas PDF aslinya.';
  const OF_NAME = (name) => `Nama "${name}" belum dapat dicocokkan. Daftar nama tidak diumumkan di sini, jadi nama hanya dapat dipastikan lewat kode QR atau berkas PDF aslinya.`;
  part('numbering').addEventListener('submit', (event) => {
    event.preventDefault();
    const number = part('number').value.trim(), name = part('name').value.trim().slice(0, 200);
    if (!number) { needed(part('number'), 'Ketik dulu nomor sertifikatnya.'); return; }
    judged(async () => {
      const answer = await PSM.lookUp(number.slice(0, 200), current());
      const [kind, title, reason, asOf] = answer || ['unknown', 'Nomor ini belum dapat diperiksa', 'Di situs ini belum ada kunci penerbit.', null];
      return () => show(kind, title, reason, asOf ? `Status per ${asOf}` : '', element('p', {class: 'of-name'}, name ? OF_NAME(name) : NAMELESS));
    });
  });
  part('number').addEventListener('input', ({target}) => target.setCustomValidity(''));

  PSM.openCamera(part('camera'), check);
  part('keyless').hidden = current().issuers.length > 0;
  part('ways').hidden = false;
  addEventListener('hashchange', fromAddress);
  fromAddress();
})();
