"""Moves the items of a test from its page into a script, which loads after the page is shown.

At first a reader needs only the title and the start form. A test comes with all items of its pool,
so that a phone can draw from the pool without a signal. The items are four fifths of the page.
"""

import json
import posixpath

from psm_course.site.output.lighten import without_quotes
from psm_course.site.output.tree import Tree

TESTS = "section.quiz:is([data-use=pretest], [data-use=posttest])"


def move_items_out(path: str, page: Tree) -> dict[str, bytes]:
    """Move the items of tests out of the page at `path`; return the new scripts by path.

    In the page the items are replaced by a template with the address of the script.
    """
    found = {}
    for test in page.css(TESTS):
        quiz, items = test.attributes["data-quiz"] or "", test.css("ol.items")[0]
        name = f"soal-{quiz}.js"
        found[posixpath.join(posixpath.dirname(path), name)] = _script(quiz, items.inner_html or "")
        items.inner_html = ""
        waiting = page.create_node("template")
        items.insert_after(waiting, move=True)
        waiting.attrs["data-items"] = ""
        waiting.inner_html = f'<script src="{name}"></script>'
    return found


def _script(quiz: str, items: str) -> bytes:
    """Return the script that passes the items of a quiz (HTML) to `scripts/test/sitting.js`."""
    written = json.dumps(without_quotes(items), ensure_ascii=False)
    return f"PSM.provide('items',[{json.dumps(quiz)},{written}]);".encode()
