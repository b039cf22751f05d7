// Decimals compared exactly: digit by digit, in as many places as the longest number has (psm_course/authoring/numbers.py).
export const PLACES = 40;

/**
 * The digits of a number (as `-12.5`) from the left, each with its sign.
 * @param {string} number
 */
const inDigits = (number) => {
  const sign = number.startsWith('-') ? -1 : 1, [whole, decimals = ''] = number.replace(/^[+-]/, '').split('.');
  return Array.from(whole.padStart(PLACES, '0') + decimals.padEnd(PLACES, '0'), (digit) => sign * Number(digit));
};

/**
 * All that follows a place is less than 3 of its units: from 4 on the sign stays.
 * @param {number[]} sums of three digits each, the greatest first
 */
const isNegative = (sums) => sums.reduce((sum, next) => Math.max(-4, Math.min(4, sum * 10 + next)), 0) < 0;

/** @param {string[]} numbers what was written, the answer and the tolerance */
export const isWithin = (...numbers) => {
  const [one, other, most] = numbers.map(inDigits);
  return [1, -1].every((sign) => !isNegative(most.map((digit, at) => digit + sign * (one[at] - other[at]))));
};
