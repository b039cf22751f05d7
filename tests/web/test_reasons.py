"""A reason that tells who somebody is: refused on every page that asks for one, with all that was
typed still there.
"""

from __future__ import annotations

import hashlib
import json
from html import escape
from pathlib import Path

import pytest

from psm_course.content.course import Course
from psm_course.grading.submission import canonical
from psm_course.store.engine import Store
from tests.arranged import arranged
from tests.register_builders import (
    COMPLETION,
    a_course,
    a_hand_in,
    adopts,
    enrols,
    hands_in,
    office_adopts,
    register_of,
)
from tests.test_architecture import PACKAGE
from tests.web.conftest import Visitor

SESSION = "dasar"
STRANGER = a_hand_in("D26-404", id="orang lain")
# What each page is sent beside the reason, and what of it must stand there again. Those about
# certificates: `tests/web/certificates`.
ASKING = {
    "/angkatan/{cohort}/hadir": (
        {"sesi": SESSION, "p-D26-001": "absent", "was-D26-001": "present"},
        '<option value="absent" selected>',
    ),
    "/angkatan/{cohort}/syarat": ({}, ""),
    "/peserta/{number}/ketetapan": (
        {"syarat": "hadir", "putusan": "terpenuhi"},
        '<option value="terpenuhi" selected>',
    ),
    "/peserta/{number}/ubah": (
        {"tindakan": "betulkan", "nama": "Yuli", "kelurahan": "32.76.06.1001"},
        'value="Yuli"',
    ),
    "/angkatan/{cohort}/ubah": (
        {"tindakan": "nama", "nama": "Angkatan Beji"},
        'value="Angkatan Beji"',
    ),
    "/jawaban/putusan": ({"id": "ditahan", "putusan": "tolak"}, 'value="tolak" checked'),
    "/jawaban/putusan/banyak": (
        {"sebab": "other_version", "putusan": "tolak"},
        '<option value="tolak" selected>',
    ),
    "/jawaban/karantina/terima": (
        {"sidik": hashlib.sha256(canonical(json.loads(STRANGER))).hexdigest()},
        "<details open>",
    ),
    "/nilai-ulang/{quiz}": ({"butir-satu": "full"}, 'name="butir-satu" value="full"'),
    "/angkatan/{cohort}/jadwal": (
        {"sesi": SESSION, "hari": "2025-12-09", "ruang": "Aula 2"},
        'value="Aula 2"',
    ),
    "/sertifikat/nomor": ({"sampai": "20", "tahun": "2026"}, 'value="20"'),
}
# Where one is written: the pages above, and the two about certificates. The ledger only speaks
# of reasons.
PAGES = {
    "answers/deciding/page",
    "answers/quarantine/page",
    "answers/regrading/quiz",
    "answers/submissions/page",
    "attendance/schedule/page",
    "people/person_changes/page",
    "attendance/session_list/page",
    "certificates/no_shows/page",
    "certificates/numbers/page",
    "certificates/record/page",
    "completion/rules/page",
    "people/cohort_changes/page",
    "people/person/page",
}


@pytest.fixture(scope="module")
def course() -> Course:
    return a_course()


@pytest.fixture
def people(store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory) -> None:
    arranged(store, one_is_held, course, tmp_path_factory.getbasetemp())


def one_is_held(store: Store, course: Course, folder: Path) -> None:
    enrols(store, folder, ("Siti Nur Hayati", "Beji"), ("Rini Kusuma", "Limo"))
    adopts(store, a_course(completion=COMPLETION[:2]))
    office_adopts(store, course)
    hands_in(store, course, a_hand_in("D26-001", digest="sha256:00", id="ditahan"))


@pytest.fixture
def office(people: None, officer: Visitor, store: Store) -> Store:
    officer.fill_in("/jawaban", {"teks": STRANGER})
    officer.fill_in(
        "/angkatan/D26/hadir", {"sesi": SESSION, "p-D26-001": "present", "was-D26-001": ""}
    )
    return store


@pytest.mark.parametrize(
    "written", ["sakit jiwa, NIK 3276 0145 0678 0001", 'sakit jiwa; kata "Rini  Kusuma"']
)
@pytest.mark.parametrize("path", ASKING)
def test_it_is_refused_and_nothing_typed_is_lost(
    office: Store, officer: Visitor, path: str, written: str
) -> None:
    fields, again = ASKING[path]
    before = register_of(office)

    answer = officer.fill_in(
        path.format(cohort="D26", number="D26-001", quiz="tes-akhir"), fields | {"alasan": written}
    )

    assert answer.status_code == 422
    assert "Tulis alasan tanpa" in answer.text
    assert escape(written, quote=True).replace("&quot;", "&#34;") in answer.text
    assert again in answer.text
    assert register_of(office) == before


def test_every_page_with_a_reason_is_asked() -> None:
    web = PACKAGE / "web"
    written = {
        path.relative_to(web): path.read_text(encoding="utf-8") for path in web.rglob("*.html")
    }
    asking = {
        path.with_suffix("").as_posix(): text
        for path, text in written.items()
        if 'name="alasan"' in text
    }

    assert asking.keys() == PAGES
    for text in asking.values():
        assert 'maxlength="500"' in text
        assert "jangan menulis nama orang" in text
