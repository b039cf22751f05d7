// The code of a receipt, short enough to be read out: the office's `receipt_code` (psm_course/grading/submission.py).
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** @param {Uint8Array} digest of the document that was handed in */
export const shortCode = (digest) => {
  const number = digest.slice(0, 8); // written to the base 256; divided until eight digits to the base 31 are left over
  const digits = [...number].map(() => number.reduce((left, byte, at) => {
    const whole = left * 256 + byte;
    number[at] = Math.floor(whole / ALPHABET.length);
    return whole % ALPHABET.length;
  }, 0));
  return digits.map((digit) => ALPHABET[digit]).join('').replace(/^.{4}/, '$&-');
};
