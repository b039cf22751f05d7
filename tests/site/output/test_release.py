"""The steps that pages go through: addresses, sizes and moves on trees, and a page that works
wherever it is shown.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from psm_course.site.output.lighten import lightened
from psm_course.site.output.release import Release, addresses_final, items_moved_out, pages_moved
from psm_course.site.output.tree import (
    Tree,
    addresses,
    copied,
    elements,
    relative,
    resolved,
    written,
)
from tests.conftest import BuiltCourse

TEMPLATES = (
    "<template data-people><script src='a.js'></script><template><img"
    " src='b.svg'></template></template>"
)


def a_page(body: str, root: str = "../") -> Tree:
    return Tree(
        f'<!doctype html><html lang="id" data-root="{root}"><head><title>Satu &amp;'
        f" dua</title></head><body>{body}</body></html>"
    )


def targets(page: Tree) -> list[str]:
    return [address.target for address in addresses(page)]


# ---- trees ---------------------------------------------------------------------------------------


def test_what_templates_hold_is_found_and_copied_too() -> None:
    page = copied(a_page(f"<a href='x.html'>x</a>{TEMPLATES}"))

    assert targets(page) == ["x.html", "a.js", "b.svg"]
    assert [element.tag for element in elements(page, "script, img")] == ["script", "img"]


def test_addresses_of_places_on_the_page_itself_are_none() -> None:
    assert targets(
        a_page("<a href='#x'>x</a><a href=''>y</a><a href='?z'>z</a><a href='tel:112'>t</a>")
    ) == ["tel:112"]


@pytest.mark.parametrize(
    ("target", "inside"),
    [
        ("x.html", "book/x.html"),
        ("../_static/a%20b.css?v=1#y", "_static/a b.css"),
        ("https://contoh.id/x", None),
        ("//contoh.id/x", None),
        ("mailto:a@b", None),
        ("/x.html", None),
        ("data:,", None),
    ],
)
def test_a_relative_address_names_a_path_below_the_root(target: str, inside: str | None) -> None:
    assert resolved("book/index.html", target) == inside


def test_the_way_from_one_page_to_another() -> None:
    assert [
        relative(page, "book/x.html") for page in ("index.html", "book/y.html", "modules/a/b.html")
    ] == [*("book/x.html", "x.html", "../../book/x.html")]


# ---- lighter -------------------------------------------------------------------------------------


def test_space_that_nobody_sees_goes_and_space_that_is_seen_stays() -> None:
    page = a_page(
        "<ul>\n<li><a href='x'>satu</a>\n<ul>\n<li>dua</ul>\n</ul>\n<p>tiga <b>empat</b>"
        " <i>lima</i></p><pre>\n a\n  b</pre><p>\u00a0</p>"
    )

    light = lightened(page)

    assert "satu</a><ul><li>dua</ul></ul>" in light
    assert "tiga <b>empat</b> <i>lima</i>" in light
    assert " a\n  b</pre>" in light
    assert Tree(light).css("p")[1].text() == "\u00a0"


def test_drawings_json_and_what_forms_need_stay_as_they_are() -> None:
    drawing = (
        '<svg viewBox="0 0 4 4"><linearGradient id="g"></linearGradient><text x="1">a &lt;'
        " b</text></svg>"
    )
    data = '<script type="application/json" data-scoring>{"a": "<b>  1.0</b>"}</script>'
    light = Tree(
        lightened(a_page(f'{drawing}{data}<input type="text" value=""><option selected>a</option>'))
    )

    assert light.css("svg")[0].html == drawing
    assert light.css("script")[0].text() == '{"a": "<b>  1.0</b>"}'
    assert light.css("input")[0].attributes["type"] == "text"


# ---- steps ---------------------------------------------------------------------------------------


def a_release(root: str = "/") -> Release:
    body = (
        "<a href='../book/index.html#x'>d</a><script src='../_static/psm.js'></script><img"
        f" src='g.svg?w=1'>{TEMPLATES}"
    )
    pages = {
        "book/index.html": a_page(body),
        "404.html": a_page("<a href='book/index.html'>d</a><a href='#y'>y</a>" + TEMPLATES, ""),
    }
    return Release(
        pages,
        {"_static/psm.js": b"1", "book/a.js": b"2", "a.js": b"3"},
        "book/index.html",
        {},
        root,
    )


def done(release: Release) -> Release:
    for step in (pages_moved, items_moved_out, addresses_final):
        step(release)
    return release


def test_the_front_page_stands_at_the_root_with_everything_it_loads() -> None:
    front = done(a_release()).pages["index.html"]

    asked = [re.sub("=[0-9a-f]{12}$", "=…", target) for target in targets(front)]
    assert asked == [
        "index.html#x",
        "_static/psm.js?v=…",
        "book/g.svg?w=1",
        "book/a.js?v=…",
        "book/b.svg",
    ]
    assert front.css("html")[0].attributes["data-root"] == ""


@pytest.mark.parametrize("root", ["/", "/psm/"])
def test_the_page_for_unknown_addresses_begins_all_of_its_own_at_the_root(root: str) -> None:
    lost = done(a_release(root)).pages["404.html"]

    assert [re.sub("=[0-9a-f]{12}$", "=…", target) for target in targets(lost)] == [
        f"{root}index.html",
        f"{root}a.js?v=…",
        f"{root}b.svg",
    ]
    assert lost.css("html")[0].attributes["data-root"] == root
    assert '<a href="#y">' in written(lost)


def test_the_page_for_unknown_addresses_has_menu_help_and_search_and_no_phone_keeps_it(
    site: BuiltCourse,
) -> None:
    page = Tree((site.out / "404.html").read_text(encoding="utf-8"))

    inside = {target for target in targets(page) if not urlsplit(target).scheme}
    assert all(target.startswith("/") for target in inside)
    assert [
        target for target in inside if not (site.out / urlsplit(target).path.lstrip("/")).is_file()
    ] == []
    assert {"/index.html", "/book/cari.html"} <= inside
    assert len(page.css(".menu a")) > 20
    assert "tel:112" in targets(page)
    assert page.css("script:not([src])") == []
    assert '"404.html"' not in (site.out / "sw.js").read_text(encoding="utf-8")
