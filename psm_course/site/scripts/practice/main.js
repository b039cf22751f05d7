// Practice on a page, and its steps. What marks (verdicts.js) and what plays in a way of its own (playing.js) come later.
import {types as itsWidgets} from 'items:widget/plain';
import {widgets} from './kinds.js';
import {start} from './practice.js';
import '../steps/steps.js';
import './terms.js';

Object.assign(widgets, itsWidgets);
start();
