// Served by `psm preview` only: shows what is wrong with the course, and loads this page anew when it has changed.
const {digest: shown} = document.querySelector("script[data-digest]").dataset;
const box = Object.assign(document.createElement("aside"), { className: "preview-box", hidden: true, ariaLabel: "Pratinjau", ariaLive: "polite" });
const STOPPED = '<details class="wrong" open><summary>Pratinjau berhenti</summary><ul><li>Jalankan lagi: psm preview</li></ul></details>';
let said = "";

const ask = async () => {
  try {
    const answer = await fetch("/_pratinjau/keadaan?page=" + encodeURIComponent(decodeURI(location.pathname)));
    const { digest, troubles } = await answer.json();
    if (digest !== null && digest !== shown) location.reload();
    else show(troubles);
  } catch (_) { show(STOPPED); }
  setTimeout(ask, 200);
};

// The box changes only with its words, so that a screen reader says them once and a reader can select them.
const show = (markup) => {
  if (markup === said) return;
  said = markup;
  box.hidden = !markup;
  box.innerHTML = markup;
};

document.body.append(box);
ask();
