// The items of a test come in a file of their own (psm_course/site/output/set_aside.py): the page stands sooner, and the items can be asked for again.
(() => {
  const list = (section) => section.querySelector('.items');

  // Called by that file. Its markup is what the page's own template wrote.
  PSM.takeItems = (quiz, markup) => { list(document.querySelector(`[data-quiz="${quiz}"]`)).innerHTML = markup; };

  // Resolves when the items stand in the page; is rejected when they cannot be had now.
  PSM.itemsOf = async (section) => {
    if (!list(section).firstElementChild) await PSM.load('items', section);
    return [...list(section).children];
  };
})();
