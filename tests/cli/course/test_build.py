"""What `psm build` and the demo add to the site once the office signs."""

from __future__ import annotations

from pathlib import Path

from psm_course.cli.course.publication import people_to_look_for, records_to_publish
from psm_course.settings import Settings
from psm_course.site.searches.people import Registered
from tests.cli.conftest import Psm


def test_before_the_office_has_a_key_nothing_is_added_and_no_register_made(course: Path) -> None:
    assert records_to_publish(Settings(root=course, data=course / "var")) == {}
    assert people_to_look_for(Settings(root=course, data=course / "var")) == Registered()
    assert not (course / "var").exists()


def test_nobody_in_the_register_may_be_named_by_a_page(signing: Psm, course: Path) -> None:
    looked_for = people_to_look_for(Settings(root=course, data=course / "var"))

    assert looked_for.numbers == {"D26-001", "D26-002"}
    assert len(looked_for.names) == 2


def test_what_others_need_to_check_stands_beside_the_pages(signing: Psm, course: Path) -> None:
    signing("issue", "D26")

    files = records_to_publish(Settings(root=course, data=course / "var"))

    assert (len(files), "log/checkpoint" in files) == (15, True)
    assert sum(name.startswith("lencana/") for name in files) == 2
    assert sorted(
        name for name in files if not name.startswith(("terbitan/", "log/", "lencana/"))
    ) == [
        "did.json",
        "keys.json",
        "perbaikan.json",
        "sidik.json",
        "status/0-refresh.json",
        "status/0-revocation.json",
    ]
    for name, content in files.items():
        (course / "situs" / name).parent.mkdir(parents=True, exist_ok=True)
        (course / "situs" / name).write_bytes(content)
    certificate = next((course / "var/records/D26").glob("*.pdf"))
    assert signing("verify", certificate, "--site", course / "situs").out.startswith("✓ ASLI")
