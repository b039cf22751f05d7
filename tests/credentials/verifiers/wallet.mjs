// What stands behind VerifierPlus and Learner Credential Wallet, over what we made. One JSON in, as verify.mjs takes it; one answer a document
// out. What it would fetch comes from `resources`.
import {text} from 'node:stream/consumers';

const {documents, resources} = JSON.parse(await text(process.stdin));
globalThis.fetch = async (request) => {
  const address = typeof request === 'string' ? request : request.url ?? String(request);
  const found = resources[address];
  return new Response(JSON.stringify(found ?? null), {status: found ? 200 : 404, headers: {'content-type': 'application/ld+json'}});
};
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const answers = [];
for(const credential of documents) {
  const {log = [], errors = [], additionalInformation = []} = await verifyCredential({credential, knownDIDRegistries: []});
  answers.push({
    steps: Object.fromEntries(log.map(({id, valid}) => [id, valid ?? null])),
    schema: additionalInformation.filter(({id}) => id === 'schema_check').flatMap(({results}) => (Array.isArray(results) ? results.map(({result}) => result.valid) : results)),
    errors: errors.map(({message}) => message),
  });
}
console.log(JSON.stringify(answers));
