// A card whose number and code were typed: PSM.pairing(number, typed) gives {} or {error}. A wrong letter is noticed without the office; whether
// it is her card the office's laptop says, where it listens.
(() => {
  const WRONG = 'Kode kartu ini salah ketik. Cocokkan tiap huruf dan angka dengan kartu Anda.';

  PSM.pairing = async (number, typed) => {
    const code = PSM.cardCode.read(typed);
    if (!code) return {error: WRONG};
    const before = await PSM.device.codeOf(number);
    await PSM.device.join({number, code}).catch(() => null); // a full phone still belongs to her while the page is open
    const told = await PSM.greet(number, before).catch(() => null);
    return told && told.error ? told : {};
  };
})();
