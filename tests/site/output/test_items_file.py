"""The items of a test travel in a file of their own: the page has none, the file has all, and
everything else stays.
"""

from __future__ import annotations

import json
import re

import pytest

from psm_course.forms.render import render_quiz
from psm_course.site.output.items_file import move_items_out
from psm_course.site.output.release import Release, items_moved_out
from psm_course.site.output.tree import Tree, elements, written
from tests.builders import a_choice, a_quiz, options
from tests.site.sitting.quiz import a_sat_test

PRACTICE = render_quiz(
    a_quiz(
        [a_choice("latih", choices=options("ab", correct="a"))], id="latihan", use="practice"
    ).public_view()
)
TEST = render_quiz(a_sat_test().public_view())


def test_the_items_of_a_test_leave_the_page_for_a_script_beside_it() -> None:
    page = Tree(f"<main>{PRACTICE}{TEST}<p>Sesudahnya.</p></main>")

    files = move_items_out("book/tes.html", page)

    assert list(files) == ["book/soal-tes-akhir.js"]
    assert (
        '<template data-items=""><script src="soal-tes-akhir.js"></script></template>'
        in written(page)
    )
    assert as_written(PRACTICE) in written(page)
    assert re.search(r"</section>\s*<p>Sesudahnya.</p></main></body></html>$", written(page))
    assert "Kiri a" not in written(page)
    assert [script.attributes["src"] for script in elements(page, "script[src]")] == [
        "soal-tes-akhir.js"
    ]


@pytest.mark.parametrize(("number", "said"), [("6281234567890", "6281234567890"), ("", None)])
def test_a_test_alone_knows_the_offices_number(number: str, said: str | None) -> None:
    release = Release(
        {"tes.html": Tree(f"<main>{PRACTICE}{TEST}</main>")}, {}, "tes.html", {}, whatsapp=number
    )

    items_moved_out(release)

    found = [
        each.attributes.get("data-whatsapp")
        for each in release.pages["tes.html"].css("section.quiz")
    ]
    assert found == [None, said]


def as_written(piece: str) -> str:
    """A piece of a page as a tree writes it."""
    body = Tree(piece).body
    assert body is not None
    return body.inner_html or ""


def test_the_script_holds_every_item_as_one_text() -> None:
    files = move_items_out("tes.html", Tree(TEST))

    called, _, rest = files["soal-tes-akhir.js"].decode().partition("(")
    name, (quiz, markup) = json.loads(f"[{rest.removesuffix(');').replace(chr(39), chr(34), 2)}]")
    assert (called, name, quiz) == ("PSM.provide", "items", "tes-akhir")
    assert markup.count('<li class="item ') == len(a_sat_test().items)
    assert "Kiri a" in markup


def test_a_page_without_a_test_is_left_alone() -> None:
    page = Tree(f"<main>{PRACTICE}</main>")
    before = written(page)

    assert move_items_out("book/latihan.html", page) == {}
    assert written(page) == before
