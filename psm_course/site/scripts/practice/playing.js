// Practice on a page with items of which some play in a way of their own.
import {types as allMarkers} from 'items:marker';
import {types as itsPlays} from 'items:play';
import {types as itsWidgets} from 'items:widget/plain';
import {markers, plays, widgets} from './kinds.js';
import {start} from './practice.js';
import '../steps/steps.js';
import './terms.js';

Object.assign(markers, allMarkers);
Object.assign(plays, itsPlays);
Object.assign(widgets, itsWidgets);
start();
