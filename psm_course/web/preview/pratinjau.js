// Served by `psm preview` only: shows what is wrong with the course, and loads this page anew when it has changed.
"use strict";
(function () {
  const shown = document.currentScript.dataset.digest;
  const box = document.createElement("aside");
  let said = "";

  function ask() {
    fetch("/_pratinjau/keadaan?page=" + encodeURIComponent(decodeURI(location.pathname)))
      .then(answer => answer.json())
      .then(state => {
        if (state.digest !== null && state.digest !== shown) location.reload();
        else show(state.troubles);
      })
      .catch(() => show([{ title: "Pratinjau berhenti", sentences: ["Jalankan lagi: psm preview"], open: true }]))
      .then(() => setTimeout(ask, 200));
  }

  // The box changes only with its words, so that a screen reader says them once and a reader can select them.
  function show(troubles) {
    const words = JSON.stringify(troubles);
    if (words === said) return;
    said = words;
    box.hidden = !troubles.length;
    box.className = troubles.some(trouble => trouble.open) ? "preview-box wrong" : "preview-box";
    box.replaceChildren(...troubles.map(drawn));
  }

  const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

  function drawn({ title, sentences, open }) {
    const details = Object.assign(document.createElement("details"), { open });
    const items = document.createElement("ul");
    items.append(...sentences.map(sentence => made("li", sentence)));
    details.append(made("summary", title), items);
    return details;
  }

  box.hidden = true;
  box.setAttribute("aria-label", "Pratinjau");
  box.setAttribute("aria-live", "polite");
  document.body.append(box);
  ask();
})();
