// A card whose number and code were typed: pairing(number, typed) gives {} or {error}. A wrong letter is noticed without the office; whether
// it is her card the office's laptop says, where it listens.
import {readCode} from './code.js';
import {device} from './device.js';
import {greet} from './pairing.js';

const WRONG = 'Kode kartu ini salah ketik. Cocokkan tiap huruf dan angka dengan kartu Anda.';

/** @param {string} number @param {string} typed @returns {Promise<{error?: string}>} */
export const pairing = async (number, typed) => {
  const code = readCode(typed);
  if (!code) return {error: WRONG};
  const before = await device.codeOf(number);
  await device.join({number, code}).catch(() => null); // a full phone still belongs to her while the page is open
  const told = await greet(number, before).catch(() => null);
  return told && told.error ? told : {};
};
