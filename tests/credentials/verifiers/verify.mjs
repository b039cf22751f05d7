// Digital Bazaar's verifiers over what we made. Each line in is a JSON: {"documents": [...], "resources": {address: document}}; a line out holds one
// answer a document.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {createInterface} from 'node:readline';

const jcs = createVerifyCryptosuite();
const suites = {'eddsa-jcs-2022': jcs, 'eddsa-rdfc-2022': rdfc};

const loaderOf = resources => async url => {
  const document = resources[url];
  return document ? {contextUrl: null, documentUrl: url, document: structuredClone(document)} : vc.defaultDocumentLoader(url);
};

const saysWhy = error => error?.errors?.map(each => each.message).join('; ') ?? error?.message ?? null;

async function verify(credential, documentLoader) {
  const suite = [...new Set([credential.proof].flat().map(proof => proof.cryptosuite))]
    .map(name => new DataIntegrityProof({cryptosuite: suites[name]}));
  const listSuite = new DataIntegrityProof({cryptosuite: jcs});
  const result = await vc.verifyCredential({
    credential, suite, documentLoader, now: '2026-12-02T00:00:00Z',
    checkStatus: options => checkStatus({...options, suite: listSuite, documentLoader, verifyBitstringStatusListCredential: true}),
  });
  return {
    verified: result.verified,
    proofs: (result.results ?? []).map(each => each.verified),
    status: Object.fromEntries((result.statusResult?.results ?? []).map(each => [each.credentialStatus?.statusPurpose, each.status])),
    error: saysWhy(result.error) ?? saysWhy(result.statusResult?.error),
  };
}

for await (const line of createInterface({input: process.stdin})) {
  const {documents, resources} = JSON.parse(line);
  const answers = [];
  for(const document of documents) {
    answers.push(await verify(document, loaderOf(resources)).catch(error => ({verified: false, proofs: [], status: {}, error: saysWhy(error)})));
  }
  console.log(JSON.stringify(answers));
}
