// The part "hashes": comes with *Mulai*, a card and a hand-in, and to the page for checking where the browser has no digests of its own.
import {provide} from '../core/start.js';
import {sha1} from '../../vendor/noble-hashes/legacy.js';
import {digestOf} from './hashes.js';

/** SHA-1, which proves nothing: a credential's id is a UUID of version 5 (RFC 9562). @type {(data: Uint8Array) => Uint8Array} */
const nameOf = sha1;

export const hashes = {digestOf, nameOf};
provide('hashes', hashes);
