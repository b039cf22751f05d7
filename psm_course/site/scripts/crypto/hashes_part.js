// The part "hashes": comes with *Mulai*, a card and a hand-in, and to the page for checking where the browser has no digests of its own.
import {provide} from '../core/start.js';
import {digestOf} from './hashes.js'; // first: it lends older browsers what noble's modules ask for
import {sha1} from '../../vendor/noble-hashes/legacy.js';

/** `nameOf` is SHA-1, which proves nothing: a credential's id is a UUID of version 5 (RFC 9562). */
export const hashes = provide('hashes', {digestOf, nameOf: sha1});
