// The items that play in a way of their own. A page has this once somebody comes near one of them (practice.js).
import {types as itsMarkers} from 'items:marker/playing';
import {types as plays} from 'items:play';
import {provide} from '../core/start.js';
import {markers} from './kinds.js';

Object.assign(markers, itsMarkers);
provide('plays', plays);
