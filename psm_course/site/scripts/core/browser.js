// What the browser itself does and the person must know: it runs inside another app, or it has thrown away what was kept. The words for
// it are a script of their own (`notice.js`), which waits in the page's template with its style: most phones never need them.
(() => {
  PSM.dropNotice = () => {
    document.documentElement.classList.remove('noticed');
    document.querySelectorAll('.notice').forEach((notice) => notice.remove());
  };

  // Apps that open links in a browser of their own, by what they add to the name of that browser. Which it is `notice.js` says.
  PSM.isInApp = (userAgent) => /WhatsApp\/|Instagram |\bFB(AN|AV|_IAB)\b|\bLine\/|Telegram-Android\/|musical_ly|BytedanceWebview|TikTok|; wv\)/.test(userAgent);
  const wasTold = () => { try { return sessionStorage.getItem('psm-in-app'); } catch (_) { return null; } };

  // Said on every page until it is put away, also when something new has been kept meanwhile.
  const CLEARED = 'cleared';
  PSM.forgetClearing = () => PSM.store.update(CLEARED, () => undefined).then(PSM.store.forgetCleared);

  const start = async () => {
    if (await PSM.store.wasCleared()) await PSM.store.update(CLEARED, () => true).catch(() => true);
    const app = PSM.isInApp(navigator.userAgent), cleared = await PSM.store.get(CLEARED);
    if (!cleared && (!app || wasTold())) return;
    PSM.toTell = {cleared};
    PSM.load('notices').catch(() => null);
  };
  start();
})();
