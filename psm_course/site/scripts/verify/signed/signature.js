// Digests, signatures (Ed25519, RFC 8032) and unpacking: by the browser itself where it can; else by a part of our own that then comes along.
(() => {
  const subtle = self.crypto && crypto.subtle, NAME = {name: 'Ed25519'};
  const ours = () => PSM.part('arithmetic');
  let lacking = !subtle;

  // SHA-256 of bytes.
  PSM.digest = async (bytes) => {
    if (subtle) return new Uint8Array(await subtle.digest('SHA-256', bytes));
    await ours();
    return PSM.sha256(bytes);
  };

  PSM.hasSigned = async (key, signature, message) => {
    if (!lacking) {
      try { return await subtle.verify(NAME, await subtle.importKey('raw', key, NAME, false, ['verify']), signature, message); } catch (_) { lacking = true; }
    }
    await ours();
    return PSM.arithmetic.hasSigned(key, signature, message);
  };

  // What gzip packed, whole: only what the office has signed is unpacked. `limit` is where our own stops.
  PSM.gunzip = async (packed, limit) => {
    if (!self.DecompressionStream) { await ours(); return PSM.inflate.gzip(packed, limit); }
    const {readable, writable} = new DecompressionStream('gzip'), writer = writable.getWriter();
    const all = new Response(readable).arrayBuffer();
    await Promise.all([writer.write(packed), writer.close(), all]);
    return new Uint8Array(await all);
  };

  // Phones of before 2018 (iPhones: 2020) can neither.
  PSM.canCheck = typeof BigInt === 'function';
})();
