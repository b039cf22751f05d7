// The first thing on a page that has something new to it: a card's link, a locked sitting, things kept before there were people.
import {store} from '../core/store.js';
import {device} from './device.js';
import {enter, wanted} from './lock.js';
import {moveOld} from './moving.js';
import {byLink} from './pairing.js';

/** @returns {Promise<string>} the number the page is for */
export const arrive = async () => {
  await moveOld(await store.all('')).catch(() => null);
  const asked = wanted();
  if (asked) return enter(asked);
  const [, text] = /^#kartu=(.*)$/.exec(location.hash) || [];
  const {active} = await device.read();
  return (text !== undefined && await byLink(text)) || active || 'tamu';
};
