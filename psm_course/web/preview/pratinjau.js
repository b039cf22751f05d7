// Served by `psm preview` only: shows what is wrong with the course, and loads this page anew when it has changed.
const {digest: shown} = document.querySelector("script[data-digest]").dataset;
const made = (tag, told) => Object.assign(document.createElement(tag), told);
const box = made("aside", { hidden: true, ariaLabel: "Pratinjau", ariaLive: "polite" });
let said = "";

const ask = async () => {
  try {
    const answer = await fetch("/_pratinjau/keadaan?page=" + encodeURIComponent(decodeURI(location.pathname)));
    const state = await answer.json();
    if (state.digest !== null && state.digest !== shown) location.reload();
    else show(state.troubles);
  } catch (_) { show([{ title: "Pratinjau berhenti", sentences: ["Jalankan lagi: psm preview"], open: true }]); }
  setTimeout(ask, 200);
};

// The box changes only with its words, so that a screen reader says them once and a reader can select them.
const show = (troubles) => {
  const words = JSON.stringify(troubles);
  if (words === said) return;
  said = words;
  box.hidden = !troubles.length;
  box.className = troubles.some((trouble) => trouble.open) ? "preview-box wrong" : "preview-box";
  box.replaceChildren(...troubles.map(drawn));
};

const drawn = ({ title, sentences, open }) => {
  const details = made("details", { open }), items = made("ul");
  items.append(...sentences.map((textContent) => made("li", { textContent })));
  details.append(made("summary", { textContent: title }), items);
  return details;
};

document.body.append(box);
ask();
