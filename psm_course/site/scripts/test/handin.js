// What leaves the phone: the submission document, kept here until the office's receipt is confirmed, and the roads it can take.
(() => {
  const {element} = PSM;
  const day = (written) => `${written.slice(8, 10)}-${written.slice(5, 7)}-${written.slice(0, 4)} pukul ${written.slice(11, 16).replace(':', '.')}`;

  const of = async (quiz) => (await PSM.sending.of(PSM.mine.number())).filter((one) => one.document.quiz === quiz)
    .sort((one, other) => one.document.attempt - other.document.attempt);

  // ---- roads ------------------------------------------------------------------------------------------------------------------
  const text = (document) => JSON.stringify(document);
  const file = (document) => new File([`${text(document)}\n`], `jawaban-${document.quiz}-${document.participant}-${document.attempt}.txt`, {type: 'text/plain'});

  const save = (document) => {
    const made = file(document), link = element('a', {href: URL.createObjectURL(made), download: made.name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
    return 'Berkas ada di folder Unduhan (Download). Kirimkan kepada petugas.';
  };

  const canShare = () => { try { return Boolean(navigator.canShare && navigator.canShare({files: [new File(['x'], 'x.txt', {type: 'text/plain'})]})); } catch (_) { return false; } };
  const share = async (document) => {
    try { await navigator.share({files: [file(document)]}); } catch (error) {
      return error.name === 'AbortError' ? 'Batal dibagikan.' : 'Tidak dapat dibagikan. Simpan berkas atau salin teks.';
    }
    return 'Sudah dibagikan. Tunggu kode tanda terima.';
  };

  const copy = async (document, place) => {
    try { await navigator.clipboard.writeText(text(document)); } catch (_) {
      const area = element('textarea', {readonly: true, rows: '4', 'aria-label': 'Teks jawaban'});
      area.value = text(document);
      place.append(area);
      area.select();
      if (!window.document.execCommand('copy')) return 'Tekan lama teks di bawah, pilih Salin, lalu tempelkan.';
    }
    return 'Teks tersalin. Tempelkan ke pesan petugas.';
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
    const act = (words, run, look) => element('button', {type: 'button', class: look || 'plain', click: async () => {
      told.textContent = '…';
      try { told.textContent = await run(document, told.parentNode); } catch (_) { told.textContent = 'Belum terkirim; jawaban tetap tersimpan. Coba lagi, atau pakai cara lain.'; }
      const receipt = await PSM.sending.receipt(document);
      if (receipt) changed(receipt);
      else pair.hidden = pair.hidden && !await PSM.sending.isRefused(document);
    }}, words);
    const roads = element('p', {class: 'actions'},
      canShare() ? act('Bagikan (WhatsApp)', share, 'check') : '', act('Simpan berkas', save), act('Salin teks', copy));
    if (location.protocol.startsWith('http')) fetch(`${PSM.root}api/desk`).then((answer) => {
      if (!answer.ok) return;
      const send = act('Kirim ke laptop petugas', PSM.sending.send, 'check');
      roads.prepend(send);
      if (PSM.lock.now) send.click(); // on the office's own laptop there is no other road to choose
    }, () => false);
    const pair = pairing(one, changed);

    const code = element('input', {type: 'text', id: `terima-${document.id}`, autocomplete: 'off', autocapitalize: 'characters', maxlength: '12'});
    const wrong = element('p', {class: 'trouble', role: 'alert'});
    const form = element('form', {class: 'begin', submit: async (event) => {
      event.preventDefault();
      const written = code.value.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^(.{4})/, '$1-');
      if (!PSM.sending.codes(one).includes(written)) { wrong.textContent = 'Kode ini bukan untuk jawaban ini. Periksa hurufnya.'; code.focus(); return; }
      await PSM.sending.confirm(document, written);
      changed(await PSM.sending.receipt(document));
    }}, element('label', {for: code.id}, 'Kode tanda terima dari petugas'), code, wrong, element('button', {type: 'submit', class: 'plain'}, 'Cocokkan'));

    return element('section', {class: 'handed'},
      element('h2', {}, 'Jawaban siap dikirim'),
      element('p', {}, `${document.participant}, selesai ${day(document.finished_at)}. Sudah tersimpan di ponsel. Kirimkan kepada petugas dengan salah satu cara ini.`),
      roads, told, pair, form);
  };

  const done = ({document, receipt}) => element('section', {class: 'handed'},
    element('p', {class: 'verdict right'}, element('strong', {}, `Diterima petugas. Kode tanda terima: ${receipt.code}.`)),
    element('p', {}, `${document.participant}, selesai ${day(document.finished_at)}. ${receipt.standing === 'held' ? 'Menunggu keputusan petugas' : 'Nilai diumumkan petugas'}.`));

  PSM.handIn = {of, show: (all, changed) => all.map((one) => (one.receipt ? done(one) : waiting(one, changed)))};
})();
