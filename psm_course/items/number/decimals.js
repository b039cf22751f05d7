// Decimals of any length, compared exactly: digit by digit.

/**
 * Of each number (as `-12.5`) its digits from the left, each with its sign; all have the same number of them.
 * @param {string[]} numbers
 */
const inDigits = (numbers) => {
  const apart = numbers.map((number) => number.replace(/^[+-]/, '').split('.'));
  const [before, after] = [0, 1].map((part) => Math.max(...apart.map((each) => (each[part] || '').length)));
  return apart.map(([whole, decimals = ''], at) => {
    const sign = numbers[at].startsWith('-') ? -1 : 1;
    return Array.from(whole.padStart(before, '0') + decimals.padEnd(after, '0'), (digit) => sign * Number(digit));
  });
};

/**
 * All that follows a place is less than 3 of its units: from 4 on the sign stays.
 * @param {number[]} sums of three digits each, the greatest first
 */
const isNegative = (sums) => sums.reduce((sum, next) => Math.max(-4, Math.min(4, sum * 10 + next)), 0) < 0;

/** @param {string} written @param {string} answer @param {string} tolerance */
export const isWithin = (written, answer, tolerance) => {
  const [one, other, most] = inDigits([written, answer, tolerance]);
  return [1, -1].every((sign) => !isNegative(most.map((digit, at) => digit + sign * (one[at] - other[at]))));
};
