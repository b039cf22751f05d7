// The part "camera": reading a QR with the camera or from a photograph, where the browser itself can (Chrome on Android). Elsewhere the phone's own camera does
// it: the code is an address, and it opens this page.
import {provide} from '../core/start.js';
import {judged, said} from './checking.js';
import {part} from './shown.js';
import {refuse} from './signed/json.js';

const detector = /** @type {BarcodeDetector} */ ('BarcodeDetector' in self ? new BarcodeDetector({formats: ['qr_code']}) : null);

/** The texts of the QRs in a picture or a video's frame. @param {ImageBitmapSource} picture */
const textsOf = async (picture) => (await detector.detect(picture)).map(({rawValue}) => rawValue);

const CANNOT = 'Ini foto atau gambar, dan peramban ini tidak dapat membaca kode QR dari gambar. Arahkan kamera ponsel ke kode QR-nya, atau buka berkas PDF aslinya.';
const NO_CODE = 'Tidak ada kode QR yang terbaca di gambar ini. Foto lebih dekat dan lebih terang, atau buka berkas PDF aslinya.';
/** @param {File} file */
const textIn = async (file) => {
  if (!detector) refuse(CANNOT);
  const [text] = await createImageBitmap(file).then(textsOf).catch(() => []);
  return text === undefined ? refuse(NO_CODE) : text;
};

/** @type {Record<string, string>} */
const TROUBLE = {
  NotAllowedError: 'Izin kamera ditolak. Izinkan kamera untuk halaman ini di pengaturan peramban, atau pakai kamera ponsel biasa.',
  NotFoundError: 'Perangkat ini tidak punya kamera. Pakai cara lain di bawah.',
  NotReadableError: 'Kamera sedang dipakai aplikasi lain. Tutup aplikasi itu, lalu coba lagi.',
};

const told = part('told'), start = part('scan'), stop = part('stop'), video = part('video');
/** @param {MediaStream | null} opened */
const show = (opened) => {
  video.srcObject = opened;
  video.hidden = stop.hidden = !opened;
  start.hidden = Boolean(opened);
};
const end = () => {
  if (video.srcObject) video.srcObject.getTracks().forEach((/** @type {MediaStreamTrack} */ track) => track.stop());
  show(null);
  told.textContent = '';
};
/** @param {MediaStream} mine */
const look = async (mine) => {
  while (video.srcObject === mine) {
    const [text] = await textsOf(video).catch(() => []);
    if (text && video.srcObject === mine) { end(); judged(() => said(text)); return; }
    await new Promise((resolve) => { setTimeout(resolve, 150); });
  }
};
const open = async () => {
  try {
    const mine = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'environment'}, audio: false});
    show(mine);
    stop.focus();
    told.textContent = 'Arahkan kamera ke kode QR di sertifikat.';
    await video.play();
    look(mine);
  } catch (error) {
    end();
    told.textContent = TROUBLE[/** @type {Error} */ (error).name] || 'Kamera tidak dapat dibuka. Pakai kamera ponsel biasa.';
  }
};

stop.addEventListener('click', () => { end(); start.focus(); });
addEventListener('pagehide', end);
export const camera = provide('camera', {open, textIn});
