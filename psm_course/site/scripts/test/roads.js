// The roads by which a hand-in or its receipt leaves the phone: shared, as a file, as text. The pages that handle them make the buttons.
(() => {
  const {element} = PSM;
  const fileOf = (kind, {quiz, participant, attempt}, text) => new File([`${text}\n`], `${kind}-${quiz}-${participant}-${attempt}.txt`, {type: 'text/plain'});

  const save = (made) => {
    const link = element('a', {href: URL.createObjectURL(made), download: made.name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
  };

  const canShare = () => { try { return Boolean(navigator.canShare && navigator.canShare({files: [new File(['x'], 'x.txt', {type: 'text/plain'})]})); } catch (_) { return false; } };
  const share = async (made, shared) => {
    try { await navigator.share({files: [made]}); } catch (error) {
      return error.name === 'AbortError' ? 'Batal dibagikan.' : 'Tidak dapat dibagikan. Simpan berkas atau salin teks.';
    }
    return shared;
  };

  const copy = async (text, place, copied) => {
    try { await navigator.clipboard.writeText(text); } catch (_) {
      const area = element('textarea', {readonly: true, rows: '4', 'aria-label': 'Teks untuk disalin'});
      area.value = text;
      place.append(area);
      area.select();
      if (!document.execCommand('copy')) return 'Tekan lama teks di bawah, pilih Salin, lalu tempelkan.';
    }
    return copied;
  };

  // For each road: what its button says, what it does (in a place where more may be shown), giving a sentence, and its look. `kind` begins the
  // file's name, `about` is the hand-in, `what` leaves as JSON; `said` is what to say when it was shared, saved or copied.
  PSM.roads = (kind, about, what, said) => {
    const text = JSON.stringify(what), made = () => fileOf(kind, about, text);
    return [
      ...(canShare() ? [['Bagikan (WhatsApp)', () => share(made(), said.shared), 'check']] : []),
      ['Simpan berkas', () => { save(made()); return said.saved; }],
      ['Salin teks', (place) => copy(text, place, said.copied)],
    ];
  };
})();
