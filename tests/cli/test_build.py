"""What `psm build` and the demo add to the site once the office signs."""

from __future__ import annotations

from pathlib import Path

from psm_course.cli.build import publish_records
from psm_course.settings import Settings
from tests.cli.conftest import Psm


def test_before_the_office_has_a_key_nothing_is_added_and_no_register_made(course: Path) -> None:
    assert publish_records(Settings(root=course, data=course / "var"), course / "situs") == 0
    assert not (course / "var").exists()
    assert not (course / "situs").exists()


def test_what_others_need_to_check_stands_beside_the_pages(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    site = course / "situs"

    count = publish_records(Settings(root=course, data=course / "var"), site)

    written = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert count == len(written) == 7
    assert [name for name in written if not name.startswith("terbitan/")] == [
        "did.json",
        "keys.json",
        "perbaikan.json",
        "sidik.json",
        "status/0-refresh.json",
        "status/0-revocation.json",
    ]
    certificate = next((course / "var/records/D26").glob("*.pdf"))
    assert signing("verify", certificate, "--site", site).out.startswith("✓ ASLI")
