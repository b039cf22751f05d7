// JSON Web Tokens before jose. One JSON in: {"tokens": [...], "keys": [JWK ...], "issuer": did}; one answer a token out.
import {createLocalJWKSet, jwtVerify} from 'jose';
import {text} from 'node:stream/consumers';

const {tokens, keys, issuer} = JSON.parse(await text(process.stdin));
const known = createLocalJWKSet({keys: keys.map(({kid, ...key}) => ({...key, kid: `${issuer}#${kid}`}))});
const verify = async token => {
  try {
    const {payload, protectedHeader} = await jwtVerify(token, known, {issuer, algorithms: ['EdDSA'], typ: 'JWT'});
    return {head: protectedHeader, says: payload, error: null};
  } catch(error) { return {head: null, says: null, error: error.code}; }
};
console.log(JSON.stringify(await Promise.all(tokens.map(verify))));
