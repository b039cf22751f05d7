// The form before a test: whose it is, by the number on the card and its code. Without the code it can be sat all the same.
import {known, labelOf, locked, mine} from '../core/people.js';
import {element, load, refill} from '../core/start.js';
import {store} from '../core/store.js';

export const NOT_KEPT = 'Ponsel ini tidak dapat menyimpan. Kerjakan, tetapi jangan menutup halaman sebelum jawaban dikirim.';

/** @typedef {{number: string, name?: string, code?: string}} Person */
/**
 * @typedef {object} About what the form is about
 * @property {Person | null} me
 * @property {DOMStringMap} quiz
 * @property {number} most attempts
 * @property {number} next attempt
 * @property {boolean} hasHandedIn
 * @property {() => Node} notYou a button for who it is not
 * @property {(number: string) => Promise<string>} begin gives a sentence where it cannot begin; `number` is hers who begins
 */

/** @param {string} id @param {string} label @param {boolean} hidden @param {Record<string, string>} more */
const written = (id, label, hidden, more) => {
  const input = element('input', Object.assign({type: 'text', id, autocomplete: 'off', autocapitalize: 'characters', maxlength: '40', spellcheck: 'false'}, more));
  return {input, part: element('div', {hidden}, element('label', {for: id}, label), input)};
};

/**
 * @param {string} words of the button
 * @param {() => Promise<string | Node>} enter gives a sentence where it cannot begin
 * @param {HTMLElement} above
 * @param {...HTMLElement} below
 */
const asking = (words, enter, above, ...below) => {
  const problem = element('p', {class: 'trouble', role: 'alert'}), go = element('button', {type: 'submit', class: 'check'}, words);
  const submit = async () => {
    go.disabled = true; // the items may still be on their way
    refill(problem, await enter());
    go.disabled = false;
  };
  return element('form', {class: 'begin', submit}, above, problem, go, ...below);
};

/** @param {DOMStringMap} quiz */
const extent = ({count, minutes}) => `${count} soal${minutes ? `, ${minutes} menit` : ''}.`;

/**
 * @param {About} about
 * @param {Person | null} me who is known writes no number: it stands above the form
 */
const form = ({me: owner, quiz, hasHandedIn, begin}, me) => {
  const id = `${quiz.quiz}${me ? '' : '-lain'}`, hasCode = Boolean(me && me.code);
  const number = written(`nomor-${id}`, 'Nomor peserta', Boolean(me), {value: me ? me.number : ''});
  const code = written(`kode-${id}`, 'Kode di kartu Anda', hasCode, {'aria-describedby': `tanpa-${id}`});
  const hint = element('p', {class: 'hint', id: `tanpa-${id}`, hidden: hasCode}, 'Kode boleh dikosongkan; tanpa kode, jawaban menunggu keputusan petugas.');

  /** @param {string | Node} text @param {HTMLElement} where */
  const refuse = (text, where) => { where.focus(); return text; };
  const enter = async () => {
    const participant = number.input.value.trim().toUpperCase(), secret = code.input.value.trim();
    if (!/^[A-Z0-9][A-Z0-9-]*$/.test(participant)) return refuse('Tulis nomor di kartu Anda, misalnya D26-017.', number.input);
    // Who is on this phone already is chosen, not typed: else a slip would lead into somebody else's answers.
    const other = participant !== mine.number() && await known(participant);
    if (other) {
      mine.look();
      return refuse(element('span', {}, labelOf(other), ` sudah dikenal di ponsel ini. ${owner ? 'Ketuk "Bukan Anda?", lalu pilih namanya' : 'Pilih namanya di "Siapa yang memakai ponsel ini?"'}.`), number.input);
    }
    if (secret || participant !== mine.number()) {
      // Without that part the sitting would be kept as another's; where only the store fails, the page is hers all the same.
      const cannot = () => `${secret ? 'Kartu belum dapat diperiksa' : 'Soal belum terunduh'}. Cari sinyal, lalu coba lagi.`;
      const trouble = await load('people').then(({pairing}) => pairing(participant, secret || undefined), cannot);
      if (trouble) return refuse(trouble, (secret ? code : number).input);
    }
    return begin(participant);
  };
  const promise = element('p', {}, `${extent(quiz)} Jawaban tersimpan walaupun halaman tertutup${quiz.minutes ? '; waktu tetap berjalan' : ''}.`);
  store.update('', () => undefined).catch(() => { promise.textContent = `${extent(quiz)} ${NOT_KEPT}`; }); // nothing is kept anywhere
  return asking(hasHandedIn && me ? 'Mulai lagi' : 'Mulai', enter, element('div', {class: 'card-fields'}, number.part, code.part), hint, promise);
};

/** @param {About} about @param {{number: string, name?: string}} me */
const lockedForm = ({begin, quiz}, me) => asking('Mulai', () => begin(me.number),
  element('p', {}, 'Tes ini untuk ', element('strong', {}, labelOf(me)), ` di laptop petugas. ${extent(quiz)}`));

/** @param {string} words @param {HTMLElement} made */
const behind = (words, made) => element('details', {}, element('summary', {}, words), made);

/**
 * What stands below the hand-ins of the person this page is for.
 * @param {About} about
 */
export const startForm = (about) => {
  const {me, most, next, hasHandedIn, notYou} = about;
  if (locked.now) return [hasHandedIn ? '' : lockedForm(about, locked.now)];
  const own = next > most ? element('p', {}, `Anda sudah memakai ${most} kesempatan.`)
    : hasHandedIn ? behind('Kerjakan tes ini sekali lagi', form(about, me)) : form(about, me);
  return [me ? element('p', {class: 'actions sitter'}, element('strong', {}, labelOf(me)), notYou()) : '', own,
    ...(hasHandedIn || next > most ? [behind('Orang lain mengerjakan tes ini', form(about, null))] : [])];
};
