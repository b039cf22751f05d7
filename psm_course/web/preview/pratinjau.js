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
        else show(state);
      })
      .catch(() => show({ errors: ["Pratinjau berhenti. Jalankan lagi: psm preview"], warnings: [] }))
      .then(() => setTimeout(ask, 200));
  }

  // The box changes only with its words, so that a screen reader says them once and a reader can select them.
  function show(state) {
    const words = JSON.stringify([state.errors, state.warnings]);
    if (words === said) return;
    said = words;
    box.hidden = !state.errors.length && !state.warnings.length;
    box.className = state.errors.length ? "preview-box wrong" : "preview-box";
    box.replaceChildren(...list(state.errors, " masalah perlu diperbaiki", true), ...list(state.warnings, " peringatan", false));
  }

  function list(sentences, title, open) {
    if (!sentences.length) return [];
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const items = document.createElement("ul");
    details.open = open;
    summary.textContent = sentences.length + title;
    sentences.forEach(sentence => {
      const item = document.createElement("li");
      item.textContent = sentence;
      items.append(item);
    });
    details.append(summary, items);
    return [details];
  }

  box.hidden = true;
  box.setAttribute("aria-label", "Pratinjau");
  box.setAttribute("aria-live", "polite");
  document.body.append(box);
  ask();
})();
