// What the browser itself does and the person must know: it runs inside another app, or it has thrown away what was kept.
(() => {
  const {element} = PSM;

  // A message at the lower edge of the screen. It stands at the end of the page, so that nothing above it moves.
  PSM.notice = (label, words, act, closed) => {
    const close = element('button', {type: 'button', class: 'plain', click: () => { PSM.dropNotice(); closed(); }}, 'Tutup');
    PSM.dropNotice();
    document.documentElement.classList.add('noticed'); // what has the focus is not hidden behind it
    document.body.append(element('aside', {class: 'notice', 'aria-label': label},
      element('p', {}, element('strong', {}, `${label}.`), ` ${words}`), element('p', {class: 'actions'}, ...(act ? [act] : []), close)));
    PSM.announce(label);
  };
  PSM.dropNotice = () => {
    document.documentElement.classList.remove('noticed');
    document.querySelectorAll('.notice').forEach((notice) => notice.remove());
  };

  // Apps that open links in a browser of their own, by what they add to the name of that browser.
  const OTHER = 'aplikasi lain';
  const APPS = [
    [/WhatsApp\//, 'WhatsApp'], [/Instagram /, 'Instagram'], [/\bFB(?:AN|AV|_IAB)\b/, 'Facebook'], [/\bLine\//, 'LINE'],
    [/Telegram-Android\//, 'Telegram'], [/musical_ly|BytedanceWebview|TikTok/, 'TikTok'], [/; wv\)/, OTHER],
  ];
  PSM.inApp = (userAgent) => (APPS.find(([mark]) => mark.test(userAgent)) || [null, ''])[1];

  // Android hands an `intent` address to the browser it names; the part after # travels along.
  PSM.intent = (address) => {
    const [, scheme, rest] = address.match(/^(https?):\/\/(.*)$/) || [];
    return scheme && `intent://${rest}#Intent;scheme=${scheme};package=com.android.chrome;end`;
  };

  const tellOfApp = (app) => {
    const android = /Android/.test(navigator.userAgent), intent = android && PSM.intent(location.href);
    const way = android ? 'Ketuk ⋮ di sudut atas, lalu "Buka di Chrome" atau "Buka di browser".' : 'Ketuk ••• atau gambar kompas, lalu "Buka di Safari" atau "Buka di browser".';
    PSM.notice(`Halaman ini terbuka di dalam ${app === OTHER ? app : `aplikasi ${app}`}`,
      `Di sini jawaban Anda mudah hilang. ${intent ? 'Buka di Chrome supaya tersimpan. Tidak terbuka? ' : 'Supaya tersimpan: '}${way}`,
      intent && element('a', {class: 'check', href: intent}, 'Buka di Chrome'),
      () => { try { sessionStorage.setItem('psm-in-app', '1'); } catch (_) { /* told again on the next page */ } });
  };
  const wasTold = () => { try { return sessionStorage.getItem('psm-in-app'); } catch (_) { return null; } };

  // Said on every page until it is put away, also when something new has been kept meanwhile.
  const CLEARED = 'cleared';
  const tellOfClearing = () => PSM.notice('Peramban ini telah menghapus kemajuan dan jawaban Anda',
    'Itu dapat terjadi bila ruang ponsel penuh atau data peramban dibersihkan. Bukan kesalahan Anda. Punya kode lanjut? Kemajuan dapat dipulihkan.',
    element('a', {class: 'check', href: `${PSM.root}book/kemajuan.html#punya-kode`}, 'Pakai kode lanjut'), PSM.forgetClearing);
  PSM.forgetClearing = () => PSM.store.update(CLEARED, () => undefined).then(PSM.store.forgetCleared);

  const start = async () => {
    if (await PSM.store.wasCleared()) await PSM.store.update(CLEARED, () => true).catch(() => true);
    const app = PSM.inApp(navigator.userAgent);
    if (await PSM.store.get(CLEARED)) tellOfClearing();
    else if (app && !wasTold()) tellOfApp(app);
  };
  start();
})();
