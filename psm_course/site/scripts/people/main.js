// The part "people": pairing a card, choosing a person, handing in. Each signs or sends with somebody's card, so they come together.
import {deviceNow} from '../core/people.js';
import {provide} from '../core/start.js';
import {store} from '../core/store.js';
import {digest} from '../test/digest.js';
import {handIn} from '../test/handin.js';
import {sending} from '../test/sending.js';
import {choose, showPeople} from './chooser.js';
import {readCode} from './code.js';
import {device} from './device.js';
import {enter, finish, wanted} from './lock.js';
import {moveOld} from './moving.js';
import {byLink, pairing, readCard} from './pairing.js';
import {renew} from './renewing.js';

/**
 * The first thing on a page that has something new to it: a card's link, a locked sitting, things kept before there were people.
 * @returns {Promise<string>} the number the page is for
 */
const arrive = async () => {
  await moveOld(await store.all('')).catch(() => null);
  const asked = wanted();
  if (asked) return enter(asked);
  const [, text] = /^#kartu=(.*)$/.exec(location.hash) || [];
  const {active} = await deviceNow();
  return (text !== undefined && await byLink(text)) || active || 'tamu';
};

export const people = provide('people', {arrive, choose, device, digest, finish, handIn, pairing, readCard, readCode, renew, sending, showPeople});
