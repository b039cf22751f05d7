// The card's link is /saya#kartu=NUMBER.CODE.NAME (the name may be missing): what stands behind # is never sent by itself. Posted, the code is
// in no address and no log.
const card = /^#kartu=([A-Za-z0-9]{1,12}-[0-9]{1,9})\.([\w-]+)(?:\.|$)/.exec(location.hash);
if (card) {
  history.replaceState(null, '', location.pathname);
  const form = document.querySelector('form.card');
  form.elements.nomor.value = card[1];
  form.elements.kode.value = card[2];
  form.submit();
}
