// The items that play in a way of their own. A page has this once somebody comes near one of them (practice.js); their markers came with all
// others (verdicts.js).
import {types as plays} from 'items:play';
import {provide} from '../core/start.js';

provide('plays', plays);
