// A QR code of a short text, as a drawing. What writes the code is lean-qr.
import {correction, generate, mode} from '../../vendor/lean-qr/index.mjs';

const QUIET = 4, LARGEST = 15; // a version: 77 squares a side still show on a small phone

// Letters of other alphabets cost a mark that says they are UTF-8; an address has none.
const OPTIONS = {modes: [mode.ascii, mode.utf8], minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M, maxVersion: LARGEST};

/**
 * @param {string} text
 * @returns {boolean[][] | null} rows of dark and light; null when the text is too long
 */
const rows = (text) => {
  try {
    const code = generate(text, OPTIONS), places = Array.from({length: code.size}, (_, at) => at);
    return places.map((y) => places.map((x) => code.get(x, y)));
  } catch (_) { return null; } // there is nothing else that these options could make it refuse
};

/**
 * Draws the squares; tells whether the text was short enough.
 * @param {Element} svg with an empty path
 * @param {string} text
 */
const draw = (svg, text) => {
  const grid = rows(text);
  if (!grid) return false;
  const size = grid.length + 2 * QUIET, path = /** @type {Element} */ (svg.querySelector('path'));
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  path.setAttribute('d', grid.map((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')).join('')).join(''));
  return true;
};

export const qr = {rows, draw};
