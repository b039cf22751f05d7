// Whether a receipt is signed by one of these log keys, over exactly what stands there: a verdict, and the key as it is listed. The same as
// psm_course/credentials/verification/receipts.py. `bytes` gives an object's canonical form, `hasSigned` judges a signature; the page of a
// test has others than the page for checking.
(() => {
  const without = (object, left) => Object.keys(object).filter((name) => name !== left).reduce((rest, name) => { rest[name] = object[name]; return rest; }, Object.create(null));

  PSM.receiptSigner = async (document, keys, bytes, hasSigned) => {
    if (typeof document.key !== 'string') return ['tampered'];
    const key = keys.find(({multikey}) => multikey === document.key);
    if (!key) return ['unknown_issuer'];
    const message = bytes(without(document, 'signature')), signature = PSM.fromMultibase(document.signature);
    const isGood = signature && await hasSigned(PSM.fromMultibase(key.multikey).slice(2), signature, message);
    return isGood ? ['valid', key] : ['tampered'];
  };
})();
