// The part "ed25519": comes when a signature is checked that the browser cannot check.
import {provide} from '../core/start.js';
import {hasSigned} from './ed25519.js';

export const ed25519 = provide('ed25519', {hasSigned});
