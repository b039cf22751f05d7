// The ways to a verdict other than the address: a file, the text of a code, the camera, and the number. Comes when somebody touches them.
(() => {
  const {part, current, judged, said, show} = PSM.checking;

  const textOf = (file) => PSM.part('camera').then(() => PSM.textIn(file));
  const bytesOf = (file) => new Response(file.slice(0, 10000001)).arrayBuffer().then((whole) => new Uint8Array(whole)); // one more than a PDF may have

  const refused = (field, what) => {
    const isEmpty = !field.value.trim();
    field.setCustomValidity(isEmpty ? what : '');
    return isEmpty && !field.reportValidity();
  };
  for (const name of ['text', 'number']) part(name).addEventListener('input', ({target}) => target.setCustomValidity(''));
  const paste = () => {
    const field = part('text'), text = field.value;
    if (!refused(field, 'Tempel dulu teks dari kode QR.')) judged(() => said(text));
  };
  const lookUp = () => {
    const number = part('number').value.trim().slice(0, 200), name = part('name').value.trim().slice(0, 200);
    if (refused(part('number'), 'Ketik dulu nomor sertifikatnya.')) return;
    judged(async () => {
      await PSM.part('number');
      const [kind, title, reason, asOf] = await PSM.lookUp(number, current());
      return () => show(kind, {title, reason, status: asOf && `Status per ${asOf}`, 'of-name': PSM.sayOfName(name)});
    });
  };

  const told = part('told'), NOT_COME = 'Pembaca kode belum terunduh. Sambungkan ke internet, lalu ketuk lagi, atau pakai kamera ponsel biasa.';
  let camera = null;
  const scan = async () => {
    told.textContent = '';
    try { await PSM.part('camera'); } catch (_) { told.textContent = NOT_COME; return; }
    camera = camera || PSM.cameraIn({place: part('camera'), start: part('scan'), told, found: (text) => judged(() => said(text))});
    camera();
  };

  // Whatever is done first is slow. So it is done now, with the certificate of nobody, while the person still chooses, types or aims.
  const NOBODY = {
    format: 'psm-keys/1', issuer: 'did:key:contoh', name: '', site: '',
    keys: [{public_key: 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp', retired_at: null, compromised_at: null}],
  };
  const OF_NOBODY = '0oRJogEnBEQTnjlAoFgroToAAQAAiUyDlpbagFH2cDXc_Z1mQ29udG9oYTFhMWVEZXBvawEZTxH2AFhANCQPvZmjiktO0NKjDrO_fG28gkPeMXjrjyTjjuQkbqcUOGMknXlcgDyspXZsF4VGpnS1NlRoJ0unONggj-LUDw';
  const rehearse = async () => PSM.factRows((await PSM.verify(OF_NOBODY, PSM.office([NOBODY], async () => []), Date.now())).record);
  current().prepare().then(() => (self.requestIdleCallback || setTimeout)(() => rehearse().catch(() => null))); // what is wrong is said when it counts

  PSM.ways = {
    scan,
    submit: (form) => ('pasting' in form.dataset ? paste : lookUp)(),
    open: (file) => {
      part('file').value = ''; // the same file may be chosen again
      judged(async () => said(await (file.type.startsWith('image/') ? textOf : bytesOf)(file)));
    },
  };
})();
