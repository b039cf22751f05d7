// A locked sitting on the office's laptop, for somebody without a phone: …/#duduk=NUMBER.CODE.QUIZ on the page of the test. The tab shows this
// person and this test only; when the office has it, she and all of hers leave the browser. Closed in the middle, the same link goes on.
(() => {
  const {element} = PSM;
  const TAB = 'psm-duduk'; // of this tab alone: two tabs may hold two people
  const LINK = /^#duduk=([A-Za-z0-9]{1,12}-[0-9]{1,9})\.([\w-]+)\.([\w-]+)$/;
  const remembered = () => { try { return JSON.parse(sessionStorage.getItem(TAB)); } catch (_) { return null; } };
  const remember = (lock) => { try { if (lock) sessionStorage.setItem(TAB, JSON.stringify(lock)); else sessionStorage.removeItem(TAB); } catch (_) { /* the link goes on */ } };
  const main = () => document.querySelector('main');
  const only = (...parts) => main().replaceChildren(...parts);

  const wanted = () => {
    const [all, number, code, quiz] = LINK.exec(location.hash) || [];
    if (!all) return location.hash.startsWith('#duduk=') ? {} : remembered();
    return {number: number.toUpperCase(), code: PSM.cardCode.read(code), quiz, page: location.pathname};
  };

  const enter = async (lock) => {
    document.documentElement.classList.add('locked');
    if (location.hash) history.replaceState(null, '', location.pathname + location.search);
    if (lock.number && !lock.code && remembered()) return enter(remembered());
    const test = lock.quiz && document.querySelector(`[data-quiz="${lock.quiz}"]`);
    PSM.lock.now = lock;
    if (!lock.code || !test) { refuse(lock); return 'tamu'; }
    const {number, code, quiz} = lock;
    remember(lock);
    await PSM.mine.of(number).update('locked', (old) => Object.assign({quiz}, old, {number, code})).catch(() => null);
    document.querySelectorAll('.quiz').forEach((each) => { if (each !== test) each.remove(); });
    const told = await PSM.greet(number).catch(() => null);
    if (told && told.error) only(element('h1', {}, 'Kartu tidak cocok'), element('p', {}, told.error));
    return number;
  };

  const refuse = (lock) => {
    const back = lock.code && lock.page && lock.page !== location.pathname;
    only(element('h1', {}, back ? 'Tes di laptop ini belum selesai' : 'Tautan ini tidak dapat dibuka'),
      element('p', {}, ...(back ? [element('a', {href: lock.page}, 'Kembali ke tes')] : ['Tautan untuk duduk tes ini keliru atau terpotong. Buat lagi tautannya di meja petugas.'])));
  };

  // After the office's receipt. What the person needs is on the screen; nothing of hers is in the browser any more.
  const finish = async (receipt) => {
    const {number} = PSM.lock.now;
    await PSM.device.forget(number);
    remember(null);
    PSM.mine.be('tamu');
    only(element('h1', {}, 'Selesai'),
      element('p', {}, `Jawaban ${number} sudah diterima petugas. Kode tanda terima: `, element('strong', {}, receipt.code), '.'),
      element('p', {}, 'Catat atau foto kode itu. Jawaban Anda sudah dihapus dari laptop ini; petugas menyimpannya. Laptop boleh dikembalikan kepada petugas.'));
    main().focus();
  };

  PSM.lock = {wanted, enter, finish, now: null};
})();
