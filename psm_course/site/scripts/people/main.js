// The part "people": pairing a card, choosing a person, handing in. Each signs or sends with somebody's card, so they come together.
import {provide} from '../core/start.js';
import {digest} from '../test/digest.js';
import {handIn} from '../test/handin.js';
import {sending} from '../test/sending.js';
import {arrive} from './arrive.js';
import {choose, showPeople} from './chooser.js';
import {readCode} from './code.js';
import {device} from './device.js';
import {finish} from './lock.js';
import {pairing, readCard} from './pairing.js';

export const people = provide('people', {arrive, choose, device, digest, finish, handIn, pairing, readCard, readCode, sending, showPeople});
