"""Two cities in one database, seen at the desk of one: no page of it changes when the other does
the same under the same numbers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from psm_course.content.course import Course
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.routes import PAGE_ROUTES
from tests.register_builders import (
    NOW,
    WRONG,
    a_hand_in,
    attends,
    enrols,
    hands_in,
    issues,
    read_rows,
)
from tests.web.conftest import SignedIn, Visitor, a_cookie

OURS, THEIRS = "Siti Rahayu", "Tuti Semarang"
NUMBER = "800.2/0001/PSM-DASAR/XI/2026"
MADE_ANEW = {
    "/angkatan/{cohort}/hadir/lembar",
    "/angkatan/{cohort}/cetak/lembar",
    "/angkatan/{cohort}/jadwal/kalender",
}  # documents that hold the moment of their making


def works(store: Store, course: Course, folder: Path, name: str) -> None:
    """One person who has completed and is certified, and one whose answer is held."""
    folder.mkdir(exist_ok=True)
    enrols(store, folder, (name, "Beji"), (f"{name} Muda", "Limo"))
    attends(store, "D26-001", *(session.id for session in course.file.sessions))
    hands_in(store, course, a_hand_in("D26-001", "tes-akhir", WRONG, id="satu"))
    hands_in(store, course, a_hand_in("D26-002", "tidak-ada", id="dua"))
    issues(store, only_attendance(course))


def only_attendance(course: Course) -> Course:
    asked = {
        "completion": tuple(each for each in course.file.completion if each.kind == "attendance")
    }
    return replace(course, file=course.file.model_copy(update=asked))


def pages_of(visitor: Visitor) -> dict[str, str]:
    """Every page that is only looked at, by its address; of a sheet the rows."""
    found = {}
    for route in PAGE_ROUTES:
        if route.method == "GET" and "{kept}" not in route.path and route.path not in MADE_ANEW:
            path = route.path.format(cohort="D26", number="D26-001", quiz="tes-akhir")
            answer = visitor.get(
                path, params={"nomor": NUMBER} if path.startswith("/sertifikat") else {}
            )
            found[path] = (
                str(read_rows_of(answer.content))
                if answer.content[:4] == b"PK\x03\x04"
                else answer.text
            )
    return found


def read_rows_of(content: bytes) -> list[list[str]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "unduhan.xlsx"
        path.write_bytes(content)
        return read_rows(path)


def test_no_page_changes_when_the_other_city_does_the_same(
    store: Store, other_office: Store, signed_in: SignedIn, course: Course, tmp_path: Path
) -> None:
    officer = signed_in("petugas")
    works(store, course, tmp_path / "depok", OURS)
    before = pages_of(officer)
    open_cohort(other_office, "D26", "Angkatan lain", date(2025, 11, 4), "uji", NOW, course)
    works(other_office, course, tmp_path / "semarang", THEIRS)

    after = pages_of(officer)

    assert [path for path, text in before.items() if OURS in text]
    assert [path for path in before if after[path] != before[path]] == []
    assert [path for path, text in after.items() if THEIRS in text] == []


def test_whoever_signs_in_at_one_city_is_nobody_at_the_other(
    store: Store, other_office: Store, client: Visitor
) -> None:
    theirs = a_cookie(other_office, "budi")[0]
    client.cookies.set(COOKIE, theirs)

    assert client.get("/angkatan", follow_redirects=False).status_code == 303
