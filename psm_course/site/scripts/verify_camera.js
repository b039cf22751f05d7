// Reading a QR with the camera, where the browser itself can (Chrome on Android). Elsewhere the phone's own camera does it: the code is an
// address, and it opens this page.
(() => {
  const {element} = PSM;
  const canRead = 'BarcodeDetector' in self;
  let detector = null;

  // The text of the first QR in a picture or a video's frame; null when there is none.
  if (canRead) {
    PSM.codeIn = async (picture) => {
      detector = detector || new BarcodeDetector({formats: ['qr_code']});
      const [found] = await detector.detect(picture);
      return found ? found.rawValue : null;
    };
  }

  const TROUBLE = {
    NotAllowedError: 'Izin kamera ditolak. Izinkan kamera untuk halaman ini di pengaturan peramban, atau pakai kamera ponsel biasa.',
    NotFoundError: 'Perangkat ini tidak punya kamera. Pakai cara lain di bawah.',
    NotReadableError: 'Kamera sedang dipakai aplikasi lain. Tutup aplikasi itu, lalu coba lagi.',
  };
  const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

  // `place`: where the button and the picture go; `found` is called with the text.
  PSM.openCamera = (place, found) => {
    if (!canRead || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
    const video = element('video', {playsinline: true, muted: true, 'aria-label': 'Gambar dari kamera'}), told = element('p', {class: 'camera-told', role: 'status'});
    const start = element('button', {type: 'button', class: 'check', click: () => begin()}, 'Buka kamera');
    const stop = element('button', {type: 'button', class: 'plain', click: () => { end(); start.focus(); }, hidden: true}, 'Tutup kamera');
    let stream = null;
    video.hidden = true;
    video.muted = true;

    const end = () => {
      if (stream) stream.getTracks().forEach((track) => track.stop());
      stream = null;
      video.srcObject = null;
      video.hidden = true;
      stop.hidden = true;
      start.hidden = false;
      told.textContent = '';
    };
    const look = async (mine) => {
      while (stream === mine) {
        const text = await PSM.codeIn(video).catch(() => null);
        if (text && stream === mine) { end(); found(text); return; }
        await pause(150);
      }
    };
    const begin = async () => {
      told.textContent = '';
      try {
        const mine = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'environment'}, audio: false});
        stream = mine;
        video.srcObject = mine;
        video.hidden = false;
        start.hidden = true;
        stop.hidden = false;
        stop.focus();
        told.textContent = 'Arahkan kamera ke kode QR di sertifikat.';
        await video.play();
        look(mine);
      } catch (error) {
        end();
        told.textContent = TROUBLE[error.name] || 'Kamera tidak dapat dibuka. Pakai kamera ponsel biasa.';
      }
    };
    addEventListener('pagehide', end);
    place.append(element('p', {class: 'actions'}, start, stop), told, video);
  };
})();
