// JSON as the office signs and reads it: one canonical form (RFC 8785), and a strict reader for what strangers hand in. The same as
// psm_course/credentials/documents.py; tests/site/verification runs both over one table.
(() => {
  const LARGEST = 1000000, DEEPEST = 32, BEYOND = 990; // where Python's own reader gives up
  const BROKEN = 'Berkas ini bukan JSON yang utuh.';
  const TWINS = 'Berkas JSON memuat nama isian yang sama dua kali, sehingga isinya dapat dibaca dengan dua cara.';

  // What was handed in is not what it should be; the message says why.
  const Unreadable = class extends Error {};
  const refuse = (why) => { throw new Unreadable(why); };

  const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y, LITERAL = /true|false|null/y;

  const parse = (text) => {
    let at = 0;
    const space = () => { while (at < text.length && ' \t\n\r'.includes(text[at])) at += 1; };
    const token = (form) => {
      form.lastIndex = at;
      const found = form.exec(text);
      if (!found) refuse(BROKEN);
      at = form.lastIndex;
      return found[0];
    };
    const take = (letter) => { space(); if (text[at] !== letter) return false; at += 1; return true; };
    const need = (letter) => { if (!take(letter)) refuse(BROKEN); };
    const string = () => {
      const from = at;
      for (at += 1; text[at] !== '"'; at += text[at] === '\\' ? 2 : 1) if (at >= text.length) refuse(BROKEN);
      at += 1;
      try { return JSON.parse(text.slice(from, at)); } catch (_) { return refuse(BROKEN); }
    };
    const list = (depth) => {
      const found = [];
      if (take(']')) return found;
      do found.push(value(depth)); while (take(','));
      need(']');
      return found;
    };
    const object = (depth) => {
      const found = Object.create(null);
      let count = 0;
      if (take('}')) return found;
      do {
        space();
        if (text[at] !== '"') refuse(BROKEN);
        const name = string();
        need(':');
        found[name] = value(depth);
        count += 1;
      } while (take(','));
      need('}');
      if (Object.keys(found).length !== count) refuse(TWINS);
      return found;
    };
    const value = (depth) => {
      if (depth > BEYOND) refuse(BROKEN);
      if (take('{')) return object(depth + 1);
      if (take('[')) return list(depth + 1);
      if (text[at] === '"') return string();
      if (text[at] === '-' || (text[at] >= '0' && text[at] <= '9')) return Number(token(NUMBER));
      return {true: true, false: false, null: null}[token(LITERAL)];
    };
    const whole = value(0);
    space();
    return at === text.length ? whole : refuse(BROKEN);
  };

  const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  const refuseDepth = (value, left) => {
    if (left === 0) refuse('Isi berkas terlalu berlapis-lapis.');
    if (value !== null && typeof value === 'object') Object.keys(value).forEach((name) => refuseDepth(value[name], left - 1));
  };

  const utf8 = (bytes) => { try { return new TextDecoder('utf-8', {fatal: true}).decode(bytes); } catch (_) { return refuse(BROKEN); } };

  // One JSON object, without a prototype: any name may stand in it.
  const read = (bytes, largest = LARGEST) => {
    if (bytes.length > largest) refuse('Berkas terlalu besar: paling banyak 1 MB.');
    const document = parse(utf8(bytes));
    if (!isObject(document)) refuse('Berkas JSON ini bukan sertifikat.');
    refuseDepth(document, DEEPEST);
    return document;
  };

  const UNCLEAR = 'Isi berkas memuat angka atau huruf yang tidak sah.';
  const quoted = (text) => (/[\ud800-\udfff]/u.test(text) ? refuse(UNCLEAR) : JSON.stringify(text)); // half a letter
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (isObject(value)) return `{${Object.keys(value).sort().map((name) => `${quoted(name)}:${canonical(value[name])}`).join(',')}}`;
    if (typeof value === 'string') return quoted(value);
    return typeof value === 'number' && !Number.isFinite(value) ? refuse(UNCLEAR) : JSON.stringify(value);
  };

  const without = (object, left) => {
    const rest = Object.create(null);
    Object.keys(object).filter((name) => name !== left).forEach((name) => { rest[name] = object[name]; });
    return rest;
  };
  const same = (one, other) => {
    if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return one === other;
    const names = Object.keys(one);
    return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length
      && names.every((name) => name in other && same(one[name], other[name]));
  };

  // ---- instants and days: milliseconds since 1970, days by the office's clock (WIB) --------------------------------------------------
  const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/, HOUR = 3600000, WIB = 7 * HOUR;
  const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'];
  const instant = (text) => {
    const at = typeof text === 'string' && FORM.test(text) ? Date.parse(text) : NaN;
    if (Number.isNaN(at)) throw new TypeError('an instant needs a zone');
    return at;
  };
  const startOf = (day) => instant(`${day}T00:00:00+07:00`);
  const written = (at) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  const isoDay = (at) => new Date(at + WIB).toISOString().slice(0, 10);
  const dayWords = (day) => { const [year, month, date] = day.split('-').map(Number); return `${date} ${MONTHS[month - 1]} ${year}`; };

  PSM.Unreadable = Unreadable;
  PSM.json = {
    read, canonical, without, same, isObject, instant, startOf, written, dayWords,
    day: (at) => dayWords(isoDay(at)),
    sentence: (text) => (/[.!?]$/.test(text) ? text : `${text}.`),
    bytes: (value) => new TextEncoder().encode(canonical(value)),
    text: (bytes) => new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes),
  };
})();
