// Remembers in this browser how far the register's log has come. A register that was put back, cut or written anew in this browser's absence
// no longer begins with what is remembered here: then the page says so, and gives what is remembered for `psm db check --against`.
// Whoever changes the register on the laptop of the office would have to change every browser that ever opened the desk.
const KEPT = 'psm-catatan'; // {epoch, size, root, note}

const remembered = () => {
  try { return JSON.parse(localStorage.getItem(KEPT)); } catch (_) { return null; }
};
const remember = ({epoch, size, root, note}) => localStorage.setItem(KEPT, JSON.stringify({epoch, size, root, note}));

// Later epochs begin with a deed that names the one before (a restore, another address), so the epoch alone decides there.
const goesOn = (kept, now) => !kept || now.epoch > kept.epoch || now.then === kept.root;

const warn = (kept, now) => {
  const told = document.getElementById('catatan-tidak-cocok').content.cloneNode(true);
  // A log that never came so far has no root of then.
  told.querySelector(`[data-when]:not([data-when="${now.then ? 'another' : 'shorter'}"])`).remove();
  const length = ({epoch, size}) => (kept.epoch === now.epoch ? `${size} peristiwa` : `catatan ke-${epoch}, ${size} peristiwa`);
  told.querySelector('[data-kept]').textContent = length(kept);
  told.querySelector('[data-now]').textContent = length(now);
  const note = told.querySelector('textarea');
  note.value = kept.note;
  told.querySelector('[data-copy]').addEventListener('click', () => {
    note.select();
    document.execCommand('copy'); // the desk is on plain HTTP, where there is no navigator.clipboard
  });
  told.querySelector('[data-forget]').addEventListener('click', () => {
    remember(now);
    document.querySelector('[data-log-trouble]').remove();
    document.getElementById('isi').focus();
  });
  document.getElementById('isi').prepend(told);
};

const compare = async () => {
  const kept = remembered();
  const answer = await fetch(`/catatan/puncak${kept ? `?epok=${kept.epoch}&ukuran=${kept.size}` : ''}`, {cache: 'no-store'});
  const now = await answer.json();
  if (!now.root) return;
  if (goesOn(kept, now)) remember(now);
  else warn(kept, now);
};

compare().catch(() => null); // no network, no storage, another answer: the next page asks again
