// How a person comes to be known here: by her card's link (…/#kartu=D26-017.CODE.Siti%20N), whichever page it opens, or by her number and the
// code typed at a test. The code leaves the phone in no request: the office's laptop is shown a proof made with it.
(() => {
  const {element} = PSM;
  const NUMBER = /^[A-Za-z0-9]{1,12}-[0-9]{1,9}$/;
  const named = (text) => { try { return decodeURIComponent(text); } catch (_) { return text; } };

  // What stands behind #kartu=, or null: NUMBER, NUMBER.CODE or NUMBER.CODE.NAME.
  const card = (text) => {
    const [number, written, ...rest] = text.split('.'), code = PSM.cardCode.read(written || '');
    if (!NUMBER.test(number) || (!code && (written || rest.length))) return null;
    return {number: number.toUpperCase(), code: code || '', name: [...named(rest.join('.'))].slice(0, 20).join('')};
  };

  const noted = (text, ...more) => {
    const note = element('p', {class: 'quiz-note', role: 'status'}, text, ...more);
    document.querySelector('main').prepend(note);
    return note;
  };
  const troubled = (text) => { noted(text).setAttribute('role', 'alert'); };

  const post = async (address, what) => {
    const answer = await fetch(PSM.root + address, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(what)});
    return {status: answer.status, said: await answer.json()};
  };

  // Where the office's laptop listens: it says her name and which attempt is next, or that this is not her card (any more). In that case what
  // was known before is believed again.
  const greet = async (number, before) => {
    const code = await PSM.device.codeOf(number);
    if (!code || !location.protocol.startsWith('http')) return null;
    if (!(await fetch(`${PSM.root}api/desk`)).ok) return null;
    const {status, said} = await post('api/kartu', {number, proof: PSM.digest.proof(code, number)});
    if (status === 403) {
      await PSM.device.note({number, code: before || ''});
      return {error: said.error};
    }
    if (status !== 200) return {};
    if (said.name) await PSM.device.note({number, name: said.name});
    const next = said.next_attempts || {};
    for (const quiz of Object.keys(next)) await PSM.mine.of(number).update(`next/${quiz}`, () => next[quiz]);
    return {resent: await PSM.sending.again(number)};
  };

  const ownPage = async (number) => {
    const code = await PSM.device.codeOf(number);
    return element('a', {href: `${PSM.root}saya#kartu=${number}.${code}`}, 'Lihat kemajuan saya di register');
  };

  // What nobody has a name for is often hers: she read before she had a card. It is asked, never guessed.
  const offerTheUnnamed = async (note, number) => {
    const unnamed = await PSM.mine.of('tamu').all('');
    if (!unnamed.length) return;
    const button = element('button', {type: 'button', class: 'plain', click: async () => {
      button.disabled = true;
      await PSM.claim(number);
      location.reload();
    }}, 'Kemajuan tanpa nama di ponsel ini milik saya');
    note.after(element('p', {class: 'actions'}, button));
  };

  const paired = async (number, before) => {
    const note = noted(`Kartu ${number} sudah dikenal.`);
    offerTheUnnamed(note, number);
    const told = await greet(number, before).catch(() => null);
    if (!told) return;
    if (told.error) { note.remove(); troubled(told.error); return; }
    note.append(' ', await ownPage(number), ...(told.resent || []).map((text) => element('span', {}, ` ${text}`)));
    PSM.mine.look();
  };

  const byLink = async (text) => {
    history.replaceState(null, '', location.pathname + location.search);
    const found = card(text);
    if (!found) {
      troubled('Kode di tautan kartu ini keliru atau terpotong. Pindai lagi kode QR di kartu Anda, atau ketik nomor dan kodenya di halaman tes.');
      return null;
    }
    const before = await PSM.device.codeOf(found.number);
    await PSM.device.join(found).catch(() => null); // a full phone still belongs to her while the page is open
    paired(found.number, before);
    return found.number;
  };

  // The first thing on a page that has something new to it. Gives the number the page is for.
  PSM.arrive = async () => {
    await PSM.moveOld(await PSM.store.all('')).catch(() => null);
    const lock = PSM.lock.wanted();
    if (lock) return PSM.lock.enter(lock);
    const [, text] = /^#kartu=(.*)$/.exec(location.hash) || [];
    const {active} = await PSM.device.read();
    return (text !== undefined && await byLink(text)) || active || 'tamu';
  };
  PSM.readCard = card;
  PSM.greet = greet;
})();
