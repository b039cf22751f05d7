// A test. Which types there are, and how each is answered, their folders say; how they are marked only the office knows.
import {types} from 'items:widget';
import {widgets} from '../practice/kinds.js';
import {start} from './sitting.js';

Object.assign(widgets, types);
start();
