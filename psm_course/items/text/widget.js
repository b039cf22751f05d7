export {written as widget} from '../../site/scripts/practice/fields.js';
