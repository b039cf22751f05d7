// The form before a test: whose it is, by the number on the card and its code. Without the code it can be sat all the same.
(() => {
  const {element} = PSM;
  const written = (id, label, more, hint) => {
    const input = element('input', Object.assign({type: 'text', id, autocomplete: 'off', autocapitalize: 'characters', maxlength: '40', spellcheck: 'false'}, more));
    return {input, parts: [element('label', {for: id}, label), input, ...(hint ? [element('p', {class: 'hint'}, hint)] : [])]};
  };

  // Who is on this phone already is chosen, not typed: else a slip would lead into somebody else's answers.
  const known = async (number) => number !== PSM.mine.number() && PSM.device.find(number);

  const form = (about, prefilled) => {
    const {me, quiz, hasHandedIn, begin} = about, id = `${quiz.quiz}${prefilled ? '' : '-lain'}`;
    const number = written(`nomor-${id}`, 'Nomor peserta di kartu Anda', {value: prefilled || ''});
    const code = written(`kode-${id}`, 'Kode di kartu Anda', {}, 'Kode boleh dikosongkan; tanpa kode, jawaban menunggu keputusan petugas.');
    const codePart = element('div', {}, ...code.parts);
    const problem = element('p', {class: 'trouble', role: 'alert'});
    const go = element('button', {type: 'submit', class: 'check'}, hasHandedIn && prefilled ? 'Mulai lagi' : 'Mulai');
    const typed = () => number.input.value.trim().toUpperCase();
    const needsCode = () => { codePart.hidden = Boolean(me && me.code && typed() === me.number); };
    number.input.addEventListener('input', needsCode);
    needsCode();

    const refuse = (text, where) => { problem.textContent = text; where.focus(); };
    const enter = async () => {
      const participant = typed(), written = code.input.value.trim();
      if (!/^[A-Z0-9][A-Z0-9-]*$/.test(participant)) { refuse('Tulis nomor di kartu Anda, misalnya D26-017.', number.input); return; }
      const other = await known(participant);
      if (other) { refuse(`${PSM.device.label(other)} sudah dikenal di ponsel ini. Pilih namanya di "Siapa yang memakai ponsel ini?".`, number.input); PSM.mine.look(); return; }
      if (written && !codePart.hidden) {
        const told = await PSM.load('people').then(() => PSM.pairing(participant, written), () => ({error: 'Kartu belum dapat diperiksa. Cari sinyal, lalu coba lagi.'}));
        if (told.error) { refuse(told.error, code.input); return; }
      } else if (participant !== PSM.mine.number()) await PSM.device.join({number: participant}).catch(() => null);
      problem.textContent = await begin(participant);
    };
    return element('form', {class: 'begin', submit: async (event) => {
      event.preventDefault();
      go.disabled = true; // the items may still be on their way
      await enter();
      go.disabled = false;
    }}, ...number.parts, codePart, problem,
    element('p', {}, `${quiz.count} soal${quiz.minutes ? `, ${quiz.minutes} menit` : ''}. Jawaban tersimpan walaupun halaman tertutup${quiz.minutes ? '; waktu tetap berjalan' : ''}.`), go);
  };

  const locked = ({me, begin, quiz}) => {
    const problem = element('p', {class: 'trouble', role: 'alert'});
    return element('form', {class: 'begin', submit: async (event) => {
      event.preventDefault();
      problem.textContent = await begin(me.number);
    }}, element('p', {}, 'Tes ini untuk ', element('strong', {}, PSM.device.label(Object.assign({}, me, PSM.lock.now))), ` di laptop petugas. ${quiz.count} soal${quiz.minutes ? `, ${quiz.minutes} menit` : ''}.`),
    problem, element('button', {type: 'submit', class: 'check'}, 'Mulai'));
  };

  const behind = (words, made) => element('details', {}, element('summary', {}, words), made);

  // What stands below the hand-ins of the person this page is for.
  PSM.startForm = (about) => {
    const {me, most, next, hasHandedIn} = about, isLocked = PSM.lock && PSM.lock.now;
    if (isLocked) return [hasHandedIn ? '' : locked(about)];
    const mine = next > most ? element('p', {}, `Anda sudah memakai ${most} kesempatan.`)
      : hasHandedIn ? behind('Kerjakan tes ini sekali lagi', form(about, me && me.number)) : form(about, me ? me.number : '');
    return [mine, ...(hasHandedIn || next > most ? [behind('Orang lain mengerjakan tes ini', form(about, ''))] : [])];
  };
})();
