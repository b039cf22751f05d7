// What the browser itself does and the person must know: it runs inside another app, or it has thrown away what was kept. The words for
// it are a script of their own (`notice.js`), which waits in the page's template: most phones never need them.
(() => {
  PSM.dropNotice = () => {
    document.documentElement.classList.remove('noticed');
    document.querySelectorAll('.notice').forEach((notice) => notice.remove());
  };

  // Apps that open links in a browser of their own, by what they add to the name of that browser.
  const APPS = [
    [/WhatsApp\//, 'WhatsApp'], [/Instagram /, 'Instagram'], [/\bFB(?:AN|AV|_IAB)\b/, 'Facebook'], [/\bLine\//, 'LINE'],
    [/Telegram-Android\//, 'Telegram'], [/musical_ly|BytedanceWebview|TikTok/, 'TikTok'], [/; wv\)/, 'aplikasi lain'],
  ];
  PSM.inApp = (userAgent) => (APPS.find(([mark]) => mark.test(userAgent)) || [null, ''])[1];
  const wasTold = () => { try { return sessionStorage.getItem('psm-in-app'); } catch (_) { return null; } };

  // Said on every page until it is put away, also when something new has been kept meanwhile.
  const CLEARED = 'cleared';
  PSM.forgetClearing = () => PSM.store.update(CLEARED, () => undefined).then(PSM.store.forgetCleared);

  const start = async () => {
    if (await PSM.store.wasCleared()) await PSM.store.update(CLEARED, () => true).catch(() => true);
    const app = PSM.inApp(navigator.userAgent), cleared = await PSM.store.get(CLEARED);
    if (!cleared && (!app || wasTold())) return;
    PSM.toTell = {app: cleared ? null : app};
    PSM.load('notices').catch(() => null);
  };
  start();
})();
