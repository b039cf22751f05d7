"""The files of servers that are not ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.site.build import FIRST_PAGE
from psm_course.site.output.hosting import FOR_SERVERS, HEADERS, files_for_servers
from psm_course.site.output.listed import MANIFEST, listed_in
from psm_course.site.output.publish import publish
from tests.faults.office_folder import some_pages


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://kursus.contoh.go.id", "kursus.contoh.go.id\n"),
        ("https://Kursus.Contoh.go.id/", "kursus.contoh.go.id\n"),
        ("https://dinsos.contoh.go.id/psm", None),
        ("https://dinsos-depok.github.io", None),
        ("https://kursus.contoh.go.id:8443", None),
        ("http://127.0.0.1:8000", None),
        ("http://localhost", None),
        ("", None),
    ],
)
def test_the_sites_own_name_is_told_where_all_of_it_is_the_sites(
    address: str, name: str | None
) -> None:
    found = files_for_servers(address).get("CNAME")

    assert (found and found.decode()) == name


def test_the_headers_are_those_of_our_own_server() -> None:
    written = files_for_servers("")["_headers"].decode().splitlines()

    assert written[0] == "/*"
    assert dict(line.strip().split(": ", 1) for line in written[1:]) == HEADERS


def test_they_are_published_and_no_phone_keeps_them(tmp_path: Path) -> None:
    some_pages(tmp_path, "Situs")
    publish(
        tmp_path / "var" / "build" / "_build" / "html",
        tmp_path / "situs",
        FIRST_PAGE,
        files_for_servers("https://kursus.contoh.go.id"),
    )

    site = tmp_path / "situs"
    assert {
        path for path in map(str, listed_in(site, site / MANIFEST)) if path in FOR_SERVERS
    } == FOR_SERVERS
    assert [
        name for name in FOR_SERVERS if f'"{name}"' in (site / "sw.js").read_text(encoding="utf-8")
    ] == []
