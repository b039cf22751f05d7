"""What is taken off a page on its way out, and that nothing is lost by it."""

from __future__ import annotations

import re

import pytest

from psm_course.site.bundles import generated_files
from psm_course.site.output.lighten import BUILDERS_CLASSES, lightened
from psm_course.site.output.tree import Tree


def test_no_style_and_no_script_names_a_class_that_is_taken_off() -> None:
    named = {
        file.name: set(re.findall(r"\.([a-z][\w-]*)", file.read_text(encoding="utf-8")))
        for file in generated_files()
    }

    assert {"menu", "term"} <= named["psm.css"] | named["latihan.js"]
    assert {
        name: found & BUILDERS_CLASSES for name, found in named.items() if found & BUILDERS_CLASSES
    } == {}


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (
            (
                '<p>Baca <a class="reference internal" href="a.html"><span class="std'
                ' std-doc">A</span></a>.'
            ),
            "<p>Baca <a href=a.html>A</a>.",
        ),
        ('<div class="toctree-wrapper compound"></div><p>a', "<p>a"),
        ('<div class="toctree-wrapper compound"><p>a</div>', "<div><p>a</div>"),
        (
            '<p><span class="std term">a</span> <span>b</span>',
            "<p><span class=term>a</span> <span>b</span>",
        ),
        ('<p><span class="pre" id="x">a</span>', "<p><span id=x>a</span>"),
        (
            '<p><code><span class="pre">psm</span> <span class="pre">--dry-run</span></code>',
            "<p><code>psm <span>--dry-run</span></code>",
        ),
        (
            '<p><code><span class="pre">-</span> <span class="pre">https://x.go.id/psm/p</span>',
            "<p><code>- https://x.go.id/psm/p</code>",
        ),
        ('<template><p class="simple x">a</p></template>', "<template><p class=x>a</template>"),
    ],
)
def test_classes_of_the_builder_go_and_what_was_there_for_them_alone(given: str, left: str) -> None:
    assert lightened(Tree(f"<!doctype html><title>x</title><body>{given}")).endswith(left)
