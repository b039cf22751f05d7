// Every fact that is printed on a certificate, in the order and the words of the print, for the eye to compare.
(() => {
  const {element, json} = PSM;
  const KINDS = {passed: 'Telah mengikuti dan dinyatakan lulus', attended: 'Telah mengikuti'};
  const TTE = 'Tertulis: "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh BSrE."';
  const isDay = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  const plain = (value) => (isDay(value) ? json.dayWords(value) : typeof value === 'string' ? value : JSON.stringify(value));
  const has = (value) => value !== undefined && value !== null;

  // What several facts are printed as together; `undefined` when there is nothing to print.
  const days = ({starts_on: from, ends_on: to}) => (!has(from) ? undefined : !has(to) ? `mulai ${plain(from)}` : from === to ? plain(from) : `${plain(from)} sampai ${plain(to)}`);
  const issued = ({place, issued_on: on}) => (has(place) ? `${plain(place)}, ${plain(on)}` : has(on) ? plain(on) : undefined);
  const score = ({score: value, show_score: shown}) => (has(value) && shown !== false ? `${plain(value).replace('.', ',')} dari 100` : undefined);
  const signatory = ({signatory_name: name}) => (name === '' ? 'Tanpa nama: tersedia garis untuk ditulisi' : name);
  const one = (name, after = '') => ({[name]: value}) => (has(value) ? plain(value) + after : undefined);
  const lines = (value) => (Array.isArray(value) ? element('ul', {}, ...value.map((line) => element('li', {}, plain(line)))) : undefined);
  const sessions = ({sessions: list}) => (Array.isArray(list) ? element('ol', {}, ...list.map(({title, hours}) => element('li', {}, `${plain(title)} – ${plain(hours)} JP`))) : undefined);

  const ROWS = [
    ['Nama', one('name'), ['name']],
    ['Nomor sertifikat', one('number'), ['number']],
    ['Keterangan', ({kind}) => (has(kind) ? KINDS[kind] || plain(kind) : undefined), ['kind']],
    ['Kegiatan', one('course'), ['course']],
    ['Jumlah jam pelajaran', one('hours', ' JP'), ['hours']],
    ['Tanggal kegiatan', days, ['starts_on', 'ends_on']],
    ['Angkatan', one('cohort'), ['cohort']],
    ['Kelurahan', one('kelurahan'), ['kelurahan']],
    ['Nomor peserta', one('participant'), ['participant']],
    ['Tempat dan tanggal terbit', issued, ['place', 'issued_on']],
    ['Berlaku sampai', one('valid_until'), ['valid_until']],
    ['Jabatan penanda tangan', one('signatory_title'), ['signatory_title']],
    ['Nama penanda tangan', signatory, ['signatory_name']],
    ['Kop surat', ({letterhead}) => lines(letterhead), ['letterhead']],
    ['Penyelenggara', one('organiser'), ['organiser']],
    ['Kalimat', one('wording'), ['wording']],
    ['Materi (halaman belakang)', sessions, ['sessions']],
    ['Lama 1 JP', one('minutes_per_hour', ' menit'), ['minutes_per_hour']],
    ['Nilai tes akhir', score, ['score', 'show_score']],
    ['Tanda tangan elektronik', ({tte_note: noted}) => (noted === true ? TTE : undefined), ['tte_note']],
  ];
  const KNOWN = new Set(ROWS.reduce((all, [, , names]) => all.concat(names), []));

  // A fact that this page does not know is shown under its own name: nothing that was signed is held back.
  const rowsOf = (record) => ROWS.map(([label, shown]) => [label, shown(record)])
    .concat(Object.keys(record).filter((name) => !KNOWN.has(name)).map((name) => [name.replace(/_/g, ' '), has(record[name]) ? plain(record[name]) : undefined]))
    .filter(([, shown]) => shown !== undefined);

  PSM.factList = (record) => element('dl', {class: 'printed'}, ...rowsOf(record).map(([label, shown], at) => (
    element('div', {class: at < 2 ? 'first' : false}, element('dt', {}, label), element('dd', {}, shown)))));
})();
