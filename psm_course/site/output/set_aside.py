"""The items of a test in a file of their own, which comes once the page stands: only the title and the start form are needed at once.

A test holds its whole pool, so that it can be drawn from and sat without a signal; that is four fifths of its page.
"""

import json
import posixpath

from psm_course.site.output.lighten import without_quotes
from psm_course.site.output.tree import Tree

TESTS = "section.quiz:is([data-use=pretest], [data-use=posttest])"


def set_items_aside(path: str, page: Tree) -> dict[str, bytes]:
    """Take the items of its tests out of a page, which gets a template with their address instead; returns the scripts, by address."""
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
    """See `scripts/test/items.js`."""
    return f"PSM.provide('items',[{json.dumps(quiz)},{json.dumps(without_quotes(items), ensure_ascii=False)}]);".encode()
