// Practice on a page whose items all are answered in a form and checked. A page with an item that plays loads playing.js instead.
import {types as itsMarkers} from 'items:marker/plain';
import {types as itsWidgets} from 'items:widget/plain';
import {markers, widgets} from './kinds.js';
import {start} from './practice.js';
import '../steps/steps.js';
import './terms.js';

Object.assign(markers, itsMarkers);
Object.assign(widgets, itsWidgets);
start();
