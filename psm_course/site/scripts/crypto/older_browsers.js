// What noble's hashes ask of a browser beyond our floor (floor.json): `Object.hasOwn` came in 2021. To be imported before them.
/** @type {any} */
const known = Object;
if (!known.hasOwn) known.hasOwn = (/** @type {object} */ object, /** @type {string} */ name) => Object.prototype.hasOwnProperty.call(object, name);
