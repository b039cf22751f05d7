// The part "published": what the office has published, for a site in a folder: nothing can be fetched there. Here there is nothing yet;
// publishing writes it anew (`site/output/verification.py`).
import {provide} from '../core/start.js';

provide('published', {});
