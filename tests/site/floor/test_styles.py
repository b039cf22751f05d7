"""No style of the built site or the desk is newer than the browsers that the site promises to
serve, unless something stands in for it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, BuiltCourse
from tests.site.floor.styles import as_at_the_floor, newer_than_floor

# What may be newer without anything in its stead, by its name before a value: a browser without it
# shows all of the page, a little plainer.
ENHANCEMENTS = {
    "color-scheme": (
        "fields and scroll bars stay light on a dark page; our own colours come from @media"
    ),
    "@media (prefers-color-scheme)": "who cannot be asked gets the light page",
    "scroll-margin-top": "what a link leads to stands at the very top",
    "scroll-margin-bottom": "the same at the lower edge",
    "-webkit-text-size-adjust": "a desktop's window needs none",
    "text-underline-offset": "the line under a link stands a little nearer",
    "text-wrap": "a heading of two lines breaks unevenly",
    "accent-color": "a tick in the browser's own blue",
    "contain": "a tap on an answer draws more of the page than its item",
    "cursor": "a touch screen shows no pointer",
    "::marker": "bullets in the colour of the text",
    "::-webkit-details-marker": (
        "not in the table: old WebKit's own arrow, which newer ones hide by list-style"
    ),
    "::details-content": "on paper: what is folded stays folded",
    "content-visibility": "the same",
    ":has()": (
        "on paper: an empty field is printed with its words, and a form that is of no use there too"
    ),
    "@page": "on paper: the browser's own margins",
    "size": "the same",
    "break-after": "on paper: a heading may stand at the end of a page",
    "break-before": "the same",
    ":focus-visible": (
        "the browser's own ring about what has the focus; where that cannot be seen `:focus`"
        " stands in"
    ),
}

SCHEME = "prefers-color-scheme"
# The desk's sheets besides: it runs in an office's browser, but `/saya` in it is opened on phones.
DESK = {
    "resize": "a field of text is as large as it is",
    "::-moz-meter-bar": "Firefox alone: a bar in its own colour",
    "font-family": "ui-monospace: the next font of the list",
}


def test_nothing_in_the_built_style_sheets_is_newer_than_the_floor(site: BuiltCourse) -> None:
    sheets = {
        path.name: path.read_text(encoding="utf-8") for path in sorted(site.out.rglob("*.css"))
    }

    found = {name: newer_than_floor(sheet) for name, sheet in sheets.items()}

    assert {"psm.css", "tes.css", "rating.css", "verifikasi.css"} <= sheets.keys()
    assert [
        each
        for in_sheet in found.values()
        for each in in_sheet
        if plain(each.name) not in ENHANCEMENTS
    ] == []
    # A reason that nothing needs any more goes.
    assert {
        plain(each.name) for in_sheet in found.values() for each in in_sheet
    } == ENHANCEMENTS.keys()


def test_the_desk_s_sheets_are_read_by_old_phones_too() -> None:
    sheets = (ROOT / "psm_course/web/static").glob("*.css")

    found = {
        plain(each.name)
        for sheet in sheets
        for each in newer_than_floor(sheet.read_text(encoding="utf-8"))
    }

    assert found - ENHANCEMENTS.keys() == DESK.keys()


def plain(name: str) -> str:
    """A property without its value."""
    return name.split(": ", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("sheet", "names"),
    [
        (".a { color: red; gap: 1rem }", ["gap in flex"]),
        (".a { display: grid; gap: 1rem }", []),
        (
            ".a, .b c { gap: 1rem } @supports not (inset: 0) { .a > * { margin: 1rem } }",
            ["gap in flex"],
        ),
        (".a, .b c { gap: 1rem } @supports not (inset: 0) { .a>*, .b c > * { margin: 1rem } }", []),
        (".a:is(.b, .c) { color: red }", [":is()"]),
        ("p:not(.a, .b) { color: red }", [":not() of a list"]),
        ("@media print { a:has(b) { color: red } }", [":has()"]),
        ("a:focus-visible { color: red }", [":focus-visible"]),
        ("a:focus-visible { color: red } @supports not (inset: 0) { a:focus { color: red } }", []),
        ("a { inset: 0 }", ["inset"]),
        ("a { padding-inline: 1rem }", ["padding-inline"]),
        ("a { width: clamp(1rem, 2vw, 3rem) }", ["width: clamp()"]),
        ("a { width: 2rem; width: clamp(1rem, 2vw, 3rem) }", []),
        ("a { overflow: clip }", ["overflow: clip"]),
        ("a { -webkit-appearance: none; appearance: none }", []),
        ("a { color: color-mix(in srgb, red, blue) }", ["color: color-mix()"]),
        ("a { colour: red }", ["colour"]),
        ("@layer x { a { color: red } }", ["@layer"]),
        ("@container (min-width: 3rem) { a { color: red } }", ["@container"]),
        ("@media (width >= 30rem) { a { color: red } }", ["@media (a < b)"]),
        ("@supports (inset: 0) { a { inset: 0 } }", []),
        (
            (
                "a { --x: 1rem; display: flex; transform: rotate(1deg); background:"
                " linear-gradient(red, blue) }"
            ),
            [],
        ),
    ],
)
def test_what_is_newer_is_found_and_what_stands_in_for_it_is_seen(
    sheet: str, names: list[str]
) -> None:
    assert [found.name for found in newer_than_floor(sheet)] == names


def test_a_sheet_at_the_floor_keeps_what_such_a_browser_keeps() -> None:
    newer = (
        ".a { color: red; gap: 1rem; width: 1rem; width: min(1rem, 2vw) } .b:is(a) { color: red }"
    )
    sheet = f"{newer} @supports not (inset: 0) {{ .a > * {{ margin: 1rem; }} }}"

    assert as_at_the_floor(sheet) == ".a{color: red;width: 1rem;}.a > *{margin: 1rem;}"


def test_a_dark_page_is_the_light_one_in_other_colours(site: BuiltCourse) -> None:
    """So that axe asks only about colours on a dark one (`tests/axe.py`)."""
    sheets = [*site.out.rglob("*.css"), *(ROOT / "psm_course/web/static").glob("*.css")]
    of_scheme = [
        text for sheet in sheets for text in [sheet.read_text(encoding="utf-8")] if SCHEME in text
    ]
    blocks = [
        re.findall(rf"@media[^{{}}]*{SCHEME}: ?dark\)\s*{{\s*:root\s*{{([^}}]*)}}\s*}}", text)
        for text in of_scheme
    ]
    others = [
        path
        for kind in ("*.html", "*.js")
        for path in site.out.rglob(kind)
        if SCHEME in without_browser_colour(path)
    ]

    assert [len(each) for each in blocks] == [text.count(SCHEME) for text in of_scheme] == [1, 1]
    for (block,) in blocks:
        assert re.fullmatch(r"(\s*--[a-z]+: ?#[0-9a-f]{3,6};?)+\s*", block)
    assert others == []


def without_browser_colour(page: Path) -> str:
    """The text of a page or script without the colour it asks for the bar above itself."""
    return re.sub(r"<meta [^>]*theme-color[^>]*>", "", page.read_text(encoding="utf-8"))
