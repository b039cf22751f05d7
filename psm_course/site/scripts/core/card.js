// The card's link (…/#kartu=D26-017.TOKEN) makes this phone its owner's, whichever page it opens. The token never leaves the phone, only
// the MAC made with it. PSM.card is done when the phone knows whose it is.
(() => {
  const [, number, token] = /^#kartu=([A-Za-z0-9-]+)\.([\w-]+)$/.exec(location.hash) || [];
  PSM.card = (async () => {
    if (!number) return;
    const participant = number.toUpperCase();
    await PSM.store.update('me', () => ({participant, token}));
    history.replaceState(null, '', location.pathname);
    const note = PSM.element('p', {class: 'quiz-note', role: 'status'}, `Kartu ${participant} sudah dikenal.`);
    document.querySelector('main').prepend(note);
    // Where the office's laptop listens, the same card opens its owner's page there; behind # the token is in no request.
    const link = PSM.element('a', {href: `${PSM.root}saya#kartu=${participant}.${token}`}, 'Lihat kemajuan saya di register');
    fetch(`${PSM.root}api/desk`).then((answer) => answer.ok && note.append(' ', link), () => false);
  })();
})();
