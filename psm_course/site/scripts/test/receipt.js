// What the office promises for a hand-in (psm_course/credentials/log/receipt.py): whether a receipt is for this very document, and signed with a
// key that the office lists on the site the page came from. By arithmetic of our own: a page on plain HTTP has no other.
(() => {
  const bytes = (value) => new TextEncoder().encode(PSM.digest.canonical(value));

  // null where the list cannot be had, or is of before there were receipts.
  const keys = async () => {
    const answer = await fetch(`${PSM.root}keys.json`);
    return answer.ok ? (await answer.json()).log_keys || null : null;
  };
  // What checks signatures waits on the page of a test. Where it is not to be had (a card's link opens any page; phones of before 2018) nothing is checked.
  const verdict = async (signed) => {
    const listed = await keys().catch(() => null), isAble = listed && typeof BigInt === 'function' && await PSM.load('receipts').then(() => true, () => false);
    return isAble ? (await PSM.receiptSigner(signed, listed, bytes, PSM.arithmetic.hasSigned))[0] : 'unchecked';
  };

  const isAbout = (signed, document) => signed.format === 'psm-receipt/1' && ['quiz', 'participant'].every((name) => signed[name] === document[name])
    && (!document.office || signed.office === document.office) && signed.document === `sha256:${PSM.digest.sha256(PSM.digest.canonical(document))}`;

  // What to keep of a receipt that stands for one of these documents; null when it is of another hand-in or office, or not what was signed.
  const read = async (signed, documents) => {
    const document = documents.find((each) => isAbout(signed, each)), found = document && await verdict(signed);
    if (found !== 'valid' && found !== 'unchecked') return null;
    return {code: PSM.digest.receiptCode(document), standing: signed.standing, signed, checked: found === 'valid'};
  };

  PSM.receipts = {read};
})();
