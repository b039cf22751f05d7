export {one as widget} from '../../site/scripts/practice/fields.js';
