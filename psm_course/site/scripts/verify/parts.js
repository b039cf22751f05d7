// What verifying finds in its page: the words it says, and parts of itself that few visits need. These come when they are first asked for.
import {load, provided, root} from '../core/start.js';

/**
 * A sentence of the page, with what is given put in the place of each pair of braces.
 * @param {string} name
 * @param {...string} given
 * @returns {string}
 */
export const say = (name, ...given) => {
  const words = /** @type {HTMLTemplateElement} */ (document.querySelector('[data-words]')).content;
  const sentence = /** @type {{textContent: string}} */ (words.querySelector(`[data-word="${name}"]`));
  return sentence.textContent.replace(/{}/g, () => /** @type {string} */ (given.shift()));
};

/** A part could not be fetched. It may come another time. */
export class Missing extends Error {}

/**
 * @template {keyof Parts} Name
 * @param {Name} name
 * @returns {Promise<Parts[Name]>} what the part provides
 * @throws {Missing} it cannot be had now
 */
export const need = async (name) => provided(name) || load(name).catch(() => { throw new Missing(name); });

/** Where this phone remembers something of the site that it came from. @param {string} name */
const place = (name) => `psm ${name} ${new URL(root || '.', location.href).pathname}`;
/** @param {string} name @returns {any} null where nothing is remembered */
export const recall = (name) => { try { return JSON.parse(localStorage.getItem(place(name)) || 'null'); } catch { return null; } };
/** @param {string} name @param {object} value */
export const remember = (name, value) => { try { localStorage.setItem(place(name), JSON.stringify(value)); } catch { /* then nothing is remembered */ } };
