// The part "hashes": comes with *Mulai*, a card and a hand-in, and to the page for checking where the browser has no digests of its own.
import {provide} from '../core/start.js';
import {digestOf, nameOf} from './hashes.js';

export const hashes = {digestOf, nameOf};
provide('hashes', hashes);
