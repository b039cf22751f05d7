// A QR code of a short text, as a drawing. What writes the code is lean-qr.
import {correction, generate, mode} from '../../vendor/lean-qr/index.mjs';

const QUIET = 4, LARGEST = 15; // a version: 77 squares a side still show on a small phone

// Letters of other alphabets cost a mark that says they are UTF-8; an address has none.
const OPTIONS = {modes: [mode.ascii, mode.utf8], minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M, maxVersion: LARGEST};

/**
 * Draws the dark squares; tells whether the text was short enough.
 * @param {Element} svg with an empty path
 * @param {string} text
 */
export const draw = (svg, text) => {
  try {
    const code = generate(text, OPTIONS), size = code.size + 2 * QUIET, places = Array.from({length: code.size}, (_, at) => at);
    const dark = places.flatMap((y) => places.filter((x) => code.get(x, y)).map((x) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`));
    svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
    /** @type {Element} */ (svg.querySelector('path')).setAttribute('d', dark.join(''));
    return true;
  } catch (_) { return false; } // there is nothing else that these options could make it refuse
};
