// Decimals of any length, compared exactly: in pieces of fourteen digits, so that sums of three pieces are safe whole numbers.
const PIECE = 14;

/**
 * Of each number (as `-12.5`) its pieces from the left; all have the same number of them.
 * @param {string[]} numbers
 */
const inPieces = (numbers) => {
  const apart = numbers.map((number) => number.replace(/^[+-]/, '').split('.'));
  const places = Math.max(...apart.map(([, decimals = '']) => decimals.length));
  const digits = apart.map(([whole, decimals = '']) => whole + decimals.padEnd(places, '0'));
  const size = Math.ceil(Math.max(...digits.map((each) => each.length)) / PIECE) * PIECE;
  return digits.map((each, at) => {
    const sign = numbers[at].startsWith('-') ? -1 : 1, padded = each.padStart(size, '0');
    return Array.from({length: size / PIECE}, (_, piece) => sign * Number(padded.substr(piece * PIECE, PIECE)));
  });
};

/** @param {number[]} sums of three pieces each, the greatest first */
const isNegative = (sums) => {
  let sum = 0;
  for (const next of sums) {
    sum = sum * 10 ** PIECE + next;
    if (Math.abs(sum) > 3) break; // all that follows is less than 3 of these
  }
  return sum < 0;
};

/** @param {string} written @param {string} answer @param {string} tolerance */
export const isWithin = (written, answer, tolerance) => {
  const [one, other, most] = inPieces([written, answer, tolerance]);
  return [1, -1].every((sign) => !isNegative(most.map((piece, at) => piece + sign * (one[at] - other[at]))));
};
