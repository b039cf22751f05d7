"""The server's own pages wear the dress of the course's site: its colours, its header, and its help
numbers where trainees come.
"""

from __future__ import annotations

import re

from psm_course.content.course import Course
from psm_course.store.engine import Store
from tests.conftest import ROOT
from tests.register_builders import adopts
from tests.web.conftest import Visitor

SITE, DESK = (
    ROOT / "psm_course" / each for each in ("site/theme/static/psm.css", "web/static/desk.css")
)


def schemes(sheet: str) -> list[dict[str, str]]:
    """What a sheet declares in its blocks for `:root`: by day, and in the dark."""
    blocks = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    return [dict(re.findall(r"(--[a-z]+): ([^;]+);", block)) for block in blocks[:2]]


def test_colours_and_letters_are_the_sites() -> None:
    site, desk = (schemes(sheet.read_text(encoding="utf-8")) for sheet in (SITE, DESK))

    assert [len(scheme) > 10 for scheme in desk] == [True, True]
    for ours, theirs in zip(desk, site, strict=True):
        assert {name: value for name, value in ours.items() if theirs.get(name) != value} == {}


def test_every_colour_that_the_desk_uses_is_declared() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in sorted(DESK.parent.glob("*.css")))

    assert set(re.findall(r"var\((--[a-z-]+)\)", sheets)) - set(schemes(sheets)[0]) == set()


def test_a_visitor_finds_search_and_help_and_a_trainee_the_first_numbers(
    client: Visitor, store: Store, course: Course
) -> None:
    adopts(store, course)

    pages = {
        path: client.get(path).text
        for path in ("/saya", "/masuk", "/angkatan/D26", "/api/desk/lain")
    }

    for page in (pages["/saya"], pages["/masuk"]):
        assert '<body class="visitor">' in page
        assert '<a href="/#nomor-bantuan">Bantuan</a>' in page
    assert [page.count('href="tel:') for page in (pages["/saya"], pages["/masuk"])] == [2, 0]
    assert 'label="Semua nomor bantuan"' in pages["/saya"]


def test_before_a_course_is_adopted_there_are_no_numbers_and_the_page_stands(
    client: Visitor, store: Store
) -> None:
    page = client.get("/saya")

    assert page.status_code == 200
    assert "Kemajuan saya" in page.text


def test_the_officers_page_has_no_visitors_header(officer: Visitor) -> None:
    page = officer.get("/jawaban").text

    assert 'class="visitor"' not in page
    assert "Bantuan</a>" not in page
