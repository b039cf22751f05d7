// What leaves the phone: the submission document, kept here until the office's receipt is confirmed, and that receipt.
(() => {
  const {element} = PSM;
  const day = (written) => `${written.slice(8, 10)}-${written.slice(5, 7)}-${written.slice(0, 4)} pukul ${written.slice(11, 16).replace(':', '.')}`;

  const of = async (quiz) => (await PSM.sending.of(PSM.mine.number())).filter((one) => one.document.quiz === quiz)
    .sort((one, other) => one.document.attempt - other.document.attempt);

  const ON_THE_WAY = {
    shared: 'Sudah dibagikan. Tunggu kode tanda terima.',
    saved: 'Berkas ada di folder Unduhan (Download). Kirimkan kepada petugas.',
    copied: 'Teks tersalin. Tempelkan ke pesan petugas.',
  };
  const KEPT = {shared: 'Sudah dibagikan.', saved: 'Berkas ada di folder Unduhan (Download).', copied: 'Teks tersalin.'};
  const NOT_THIS = 'Tanda terima ini bukan untuk jawaban ini, terpotong, atau tanda tangannya bukan dari kantor. Minta sekali lagi kepada petugas.';

  // A code as people write it, or the whole receipt as it was sent.
  const readWritten = (text) => {
    const [whole] = /\{[^]*\}/.exec(text) || [];
    if (!whole) return {code: text.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^(.{4})/, '$1-')};
    try { return {signed: JSON.parse(whole)}; } catch (_) { return {signed: {}}; }
  };

  // ---- the card of a hand-in that has none, or another's ---------------------------------------------------------------------------
  const pairing = ({document, refused}, changed) => {
    const code = element('input', {type: 'text', id: `kartu-${document.id}`, autocomplete: 'off', autocapitalize: 'characters', maxlength: '40'});
    const wrong = element('p', {class: 'trouble', role: 'status'});
    const form = element('form', {class: 'begin', hidden: Boolean(document.mac && !refused), submit: async (event) => {
      event.preventDefault();
      wrong.textContent = '';
      const told = await PSM.pairing(document.participant, code.value);
      if (!told.error) { changed(await PSM.sending.receipt(document)); return; }
      wrong.textContent = told.error;
      code.focus();
    }}, element('label', {for: code.id}, `Kode kartu ${document.participant}`), code, wrong, element('button', {type: 'submit', class: 'plain'}, 'Pasangkan kartu'));
    return form;
  };

  // ---- what the person sees -----------------------------------------------------------------------------------------------------
  const waiting = (one, changed) => {
    const {document} = one;
    const told = element('p', {class: 'told', role: 'status'});
    const act = ([words, run, look]) => element('button', {type: 'button', class: look || 'plain', click: async () => {
      told.textContent = '…';
      try { told.textContent = await run(told.parentNode); } catch (_) { told.textContent = 'Belum terkirim; jawaban tetap tersimpan. Coba lagi, atau pakai cara lain.'; }
      const receipt = await PSM.sending.receipt(document);
      if (receipt) changed(receipt);
      else pair.hidden = pair.hidden && !await PSM.sending.isRefused(document);
    }}, words);
    const roads = element('p', {class: 'actions'}, ...PSM.roads('jawaban', document, document, ON_THE_WAY).map(act));
    if (location.protocol.startsWith('http')) fetch(`${PSM.root}api/desk`).then((answer) => {
      if (!answer.ok) return;
      const send = act(['Kirim ke laptop petugas', () => PSM.sending.send(document), 'check']);
      roads.prepend(send);
      if (PSM.lock.now) send.click(); // on the office's own laptop there is no other road to choose
    }, () => false);
    const pair = pairing(one, changed);

    const code = element('input', {type: 'text', id: `terima-${document.id}`, autocomplete: 'off', autocapitalize: 'characters', maxlength: '2000'});
    const wrong = element('p', {class: 'trouble', role: 'alert'});
    const form = element('form', {class: 'begin', submit: async (event) => {
      event.preventDefault();
      const written = readWritten(code.value);
      if (await PSM.sending.settle(one, written)) { changed(await PSM.sending.receipt(document)); return; }
      wrong.textContent = written.code ? 'Kode ini bukan untuk jawaban ini. Periksa hurufnya.' : NOT_THIS;
      code.focus();
    }}, element('label', {for: code.id}, 'Kode tanda terima dari petugas', element('small', {}, ' atau tempel seluruh teksnya')), code, wrong,
    element('button', {type: 'submit', class: 'plain'}, 'Cocokkan'));

    return element('section', {class: 'handed'},
      element('h2', {}, 'Jawaban siap dikirim'),
      element('p', {}, `${document.participant}, selesai ${day(document.finished_at)}. Sudah tersimpan di ponsel. Kirimkan kepada petugas dengan salah satu cara ini.`),
      roads, told, pair, form);
  };

  // What the person can show to anybody: the receipt as the office signed it. One that was typed in is its code alone.
  const keepsake = ({document, receipt: {signed, checked}}) => {
    if (!signed) return [];
    const told = element('p', {class: 'told', role: 'status'});
    const act = ([words, run]) => element('button', {type: 'button', class: 'plain', click: async () => { told.textContent = await run(told.parentNode); }}, words);
    return [
      element('p', {}, `${checked ? 'Tanda tangan kantor pada tanda terima ini sudah dicocokkan. ' : ''}Simpan tanda terimanya bila suatu hari perlu ditunjukkan:`),
      element('p', {class: 'actions'}, ...PSM.roads('tanda-terima', document, signed, KEPT).map(act)), told,
    ];
  };

  const done = (one) => element('section', {class: 'handed'},
    element('p', {class: 'verdict right'}, element('strong', {}, `Diterima petugas. Kode tanda terima: ${one.receipt.code}.`)),
    element('p', {}, `${one.document.participant}, selesai ${day(one.document.finished_at)}. ${one.receipt.standing === 'held' ? 'Menunggu keputusan petugas' : 'Nilai diumumkan petugas'}.`),
    ...keepsake(one));

  PSM.handIn = {of, keepsake, show: (all, changed) => all.map((one) => (one.receipt ? done(one) : waiting(one, changed)))};
})();
