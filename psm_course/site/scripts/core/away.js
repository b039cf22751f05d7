// How long a test was left alone, by the phone's clock. Every page says what is left of a running test (`test/running.js`).
const MOST_AWAY = 12 * 3600e3; // away for longer, or a clock set back: the phone's clock is not to be believed

/**
 * @param {number} seen when the test was last in sight
 * @returns {number | null} milliseconds; null where the clock makes no sense
 */
export const awaySince = (seen) => {
  const away = Date.now() - seen;
  return away >= 0 && away < MOST_AWAY ? away : null;
};
