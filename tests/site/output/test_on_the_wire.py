"""What `psm serve` really sends to a phone on its first visit, in bytes: its pages and all that
they load at once.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from psm_course.settings import Settings
from psm_course.web.course_site import routes
from tests.conftest import BuiltCourse
from tests.weights import first_visit


def sent(site: BuiltCourse, files: tuple[Path, ...], encoding: str) -> int:
    """Bytes of the bodies of these files, as they travel."""
    client = TestClient(Starlette(routes=routes(Settings(data=site.out.parent))))
    total = 0
    for file in files:
        path = file.relative_to(site.out.resolve()).as_posix()
        with client.stream("GET", f"/{path}", headers={"Accept-Encoding": encoding}) as answer:
            assert answer.status_code == 200
            total += sum(map(len, answer.iter_raw()))
    return total


@pytest.mark.parametrize(
    ("page", "most"), [("index.html", 17_550), ("book/tes-akhir.html", 46_000)]
)
def test_a_first_visit_costs_what_its_compressed_forms_weigh(
    site: BuiltCourse, page: str, most: int
) -> None:
    visit = first_visit(site.out.resolve() / page)
    files = (*visit.files, *visit.items)

    assert sent(site, files, "gzip") <= most
    assert sent(site, files, "identity") > 2.5 * sent(site, files, "gzip")
