// The card's link (…/#kartu=D26-017.TOKEN) makes this phone its owner's, whichever page it opens. The token never leaves the phone, only
// the MAC made with it. PSM.card is done when the phone knows whose it is.
(() => {
  const {element} = PSM;
  const card = /^#kartu=([A-Za-z0-9-]+)\.([A-Za-z0-9_-]+)$/.exec(location.hash);
  const keep = async (participant, token) => {
    await PSM.store.update('me', () => ({participant, token}));
    history.replaceState(null, '', location.pathname);
    document.querySelector('main').prepend(element('p', {class: 'quiz-note', role: 'status'}, `Kartu ${participant} sudah dikenal di ponsel ini.`));
  };
  PSM.card = card ? keep(card[1].toUpperCase(), card[2]) : Promise.resolve();
})();
