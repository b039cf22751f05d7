// A QR code of a short text, as a drawing. What writes the code is lean-qr.
import {correction, generate, mode} from '../../vendor/lean-qr/index.mjs';

const QUIET = 4, TOO_LONG = 4, LARGEST = 15; // a version: 77 squares a side still show on a small phone

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
  } catch (error) {
    if (/** @type {{code?: number}} */ (error).code === TOO_LONG) return null;
    throw error;
  }
};

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
const shape = (tag, attributes) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
};

/**
 * @param {string} text
 * @param {string} label what a screen reader says
 */
const drawn = (text, label) => {
  const grid = rows(text);
  if (!grid) return null;
  const size = grid.length + 2 * QUIET;
  const svg = shape('svg', {viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, class: 'qr', 'shape-rendering': 'crispEdges'});
  const path = grid.map((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')).join('')).join('');
  svg.append(shape('path', {d: `M0 0h${size}v${size}H0z`, fill: '#fff'}), shape('path', {d: path, fill: '#000'}));
  return svg;
};

export const qr = {rows, drawn};
