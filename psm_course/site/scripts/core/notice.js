// Says what `browser.js` found, at the lower edge of the screen.
import {dropNotice, forgetClearing} from './browser.js';
import {announce, button, element, provide, root} from './start.js';

/**
 * It stands at the end of the page, so that nothing above it moves.
 * @param {string} label
 * @param {string} words
 * @param {HTMLElement | null} act
 * @param {() => unknown} closed
 */
const notice = (label, words, act, closed) => {
  const close = button('Tutup', () => { dropNotice(); closed(); });
  dropNotice();
  document.documentElement.classList.add('noticed'); // what has the focus is not hidden behind it
  document.body.append(element('aside', {class: 'notice', 'aria-label': label},
    element('p', {}, element('strong', {}, `${label}.`), ` ${words}`), element('p', {class: 'actions'}, ...(act ? [act] : []), close)));
  announce(label);
};

// Android hands an `intent` address to the browser it names; the part after # travels along.
const INTENT = 'intent://$2#Intent;scheme=$1;package=com.android.chrome;end';

/** @type {[RegExp, string][]} */
const APPS = [
  [/WhatsApp/, 'WhatsApp'], [/Instagram/, 'Instagram'], [/\bFB(AN|AV|_IAB)\b/, 'Facebook'], [/\bLine\//, 'LINE'],
  [/Telegram/, 'Telegram'], [/musical_ly|BytedanceWebview|TikTok/, 'TikTok'],
];
/** @param {string} userAgent @returns {string} what people call it */
const appOf = (userAgent) => (APPS.find(([mark]) => mark.test(userAgent)) || ['', 'aplikasi lain'])[1];

/** @param {string} app */
const tellOfApp = (app) => {
  const android = /Android/.test(navigator.userAgent);
  const intent = android && location.protocol.startsWith('http') && location.href.replace(/^(https?):\/\/(.*)$/, INTENT);
  const way = android ? 'Ketuk ⋮ di sudut atas, lalu "Buka di Chrome" atau "Buka di browser".' : 'Ketuk ••• atau gambar kompas, lalu "Buka di Safari" atau "Buka di browser".';
  notice(`Halaman ini terbuka di dalam ${app.startsWith('aplikasi') ? app : `aplikasi ${app}`}`,
    `Di sini jawaban Anda mudah hilang. ${intent ? 'Buka di Chrome supaya tersimpan. Tidak terbuka? ' : 'Supaya tersimpan: '}${way}`,
    intent ? element('a', {class: 'check', href: intent}, 'Buka di Chrome') : null,
    () => { try { sessionStorage.setItem('psm-in-app', '1'); } catch (_) { /* told again on the next page */ } });
};

const tellOfClearing = () => notice('Peramban ini telah menghapus kemajuan dan jawaban Anda',
  'Itu dapat terjadi bila ruang ponsel penuh atau data peramban dibersihkan. Bukan kesalahan Anda. Punya kode lanjut? Kemajuan dapat dipulihkan.',
  element('a', {class: 'check', href: `${root}book/kemajuan.html#punya-kode`}, 'Pakai kode lanjut'), forgetClearing);

/** @param {boolean} cleared whether what was kept is gone; else the page runs inside another app */
const tell = (cleared) => (cleared ? tellOfClearing() : tellOfApp(appOf(navigator.userAgent)));

export const notices = provide('notices', {appOf, notice, tell});
