// The card's link is /saya#kartu=NUMBER.TOKEN: what stands behind # is never sent by itself. Posted, it is in no address and no log.
const card = /^#kartu=([A-Za-z0-9-]+)\.([A-Za-z0-9_-]+)$/.exec(location.hash);
if (card) {
  history.replaceState(null, '', location.pathname);
  const form = document.querySelector('form.card');
  form.elements.nomor.value = card[1];
  form.elements.kode.value = card[2];
  form.submit();
}
