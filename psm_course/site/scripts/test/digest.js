// The office's receipt code and the card's MAC.
(() => {
  const bytes = (text) => new TextEncoder().encode(text);
  const joined = (one, other) => { const all = new Uint8Array(one.length + other.length); all.set(one); all.set(other, one.length); return all; };

  const hmac = (key, data) => { // RFC 2104
    const block = new Uint8Array(64);
    block.set(key.length > 64 ? PSM.sha256(key) : key);
    const padded = (with_) => block.map((byte) => byte ^ with_);
    return PSM.sha256(joined(padded(0x5c), PSM.sha256(joined(padded(0x36), data))));
  };

  // JSON with sorted keys and no space: the form the office computes over (psm_course/grading/submission.py, `canonical`).
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  };

  const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
  const receiptCode = (document) => { // the office's receipt_code: anybody's typing error is noticed on the phone itself
    const size = BigInt(ALPHABET.length);
    let number = PSM.sha256(bytes(canonical(document))).slice(0, 8).reduce((all, byte) => all * BigInt(256) + BigInt(byte), BigInt(0));
    let code = '';
    for (let at = 0; at < 8; at += 1) { code += ALPHABET[Number(number % size)]; number /= size; }
    return `${code.slice(0, 4)}-${code.slice(4)}`;
  };

  const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

  // HKDF-SHA256 (RFC 5869) of a card's code: psm_course/domain/card.py, `mac_key`.
  const key = (code) => hmac(hmac(new Uint8Array(32), bytes(code)), bytes('psm-mac/1\u0001'));

  PSM.digest = {
    sha256: (text) => hex(PSM.sha256(bytes(text))),
    mac: (code, document) => hex(hmac(key(code), bytes(canonical(document)))),
    proof: (code, number) => hex(hmac(key(code), bytes(`psm-pair/1|${number}`))),
    canonical,
    receiptCode,
  };
})();
