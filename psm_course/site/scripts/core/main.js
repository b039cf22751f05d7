// What every page runs first. The bundler adds what these modules export, frozen, as the one global `PSM`: other bundles import from the
// modules as they stand here, and get what is there already.
import {every, must} from './start.js';
import './store.js';
import './people.js';
import '../resume/progress.js';
import '../offline/offline.js';
import './away.js';
import './browser.js';

// No form of the course is sent by the browser: the scripts of its page read it.
addEventListener('submit', (event) => event.preventDefault());
// An open menu would lie over what this leads to on the same page.
every('.quick').forEach((links) => { links.onclick = () => must('.menu').removeAttribute('open'); });
