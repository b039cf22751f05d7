"""Looking at a page waits for nobody who writes, and makes nobody wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from psm_course.content.course import Course
from psm_course.registrar.accounts.signing_in import _digest
from psm_course.store import accounts
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.routes import PAGE_ROUTES
from tests.databases import somebody_writing, writers_in
from tests.register_builders import a_hand_in, adopts, attends, enrols, hands_in, issues
from tests.web.conftest import SignedIn, Visitor
from tests.web.people.test_roster import a_roster, upload
from tests.web.test_queries import an_easy, has_all_that_is_shown

# Pages that need a word in their address to show what they are for; and those of a file that
# somebody has to make first.
ASKING = {
    "/sertifikat": "?nomor={record}",
    "/sertifikat/lencana": "?nomor={record}",
    "/sertifikat/token": "?nomor={record}",
    "/jawaban/putusan": "?id=ditahan-1",
    "/jawaban/tanda-terima": "?id=ditahan-1",
    "/nilai-ulang/{quiz}": "?coba=ya",
}
MADE_FIRST = {
    "/sertifikat/pdf",
    "/cadangan/berkas",
    "/angkatan/{cohort}/sertifikat/cetak",
    "/tayangan/modul",
}


@pytest.fixture
def pages(officer: Visitor, store: Store, course: Course, tmp_path: Path) -> dict[str, str]:
    """The address of every page by its path, in an office where there is something to see."""
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))
    has_all_that_is_shown(store, course, 1, times=2)
    adopts(store, an_easy(course))
    record = issues(store, an_easy(course))[0]
    _, preview, _ = upload(officer, a_roster(tmp_path, ("Siti", "Beji")))
    words = {
        "cohort": "D26",
        "number": "D26-001",
        "kept": preview.rpartition("/")[2],
        "quiz": "tes-akhir",
    }
    places = [route.path for route in PAGE_ROUTES if route.method == "GET"]
    return {
        path: (path + ASKING.get(path, "")).format(**words, record=quote(record, safe=""))
        for path in places
    }


def test_no_page_begins_to_write(officer: Visitor, store: Store, pages: dict[str, str]) -> None:
    writing = {}
    for path, address in pages.items():
        with writers_in(store) as begun:
            status = officer.get(address).status_code
        assert status == (404 if path in MADE_FIRST else 200), path
        writing[path] = begun

    assert {path: begun for path, begun in writing.items() if begun} == {}


def test_a_deed_is_seen_to_write(officer: Visitor, store: Store) -> None:
    """The check itself: it finds what it looks for."""
    with writers_in(store) as begun:
        officer.fill_in("/angkatan", {"kode": "D27", "mulai": "2026-12-01"})

    assert begun == ["write transaction"]


def test_every_page_answers_while_somebody_writes(
    officer: Visitor, store: Store, pages: dict[str, str]
) -> None:
    with somebody_writing(store):
        answers = {path: officer.get(address).status_code for path, address in pages.items()}

    assert answers == {path: 404 if path in MADE_FIRST else 200 for path in pages}


def test_being_at_work_is_not_noticed_while_somebody_writes(
    signed_in: SignedIn, store: Store
) -> None:
    """It is the one thing a page writes: at most every five minutes, and never by waiting."""
    visitor = signed_in(minutes=30)
    cookie = visitor.cookies[COOKIE]

    with somebody_writing(store):
        status = visitor.get("/angkatan").status_code
    with store.reading() as tx:
        meanwhile = accounts.find_sign_in(tx, _digest(cookie))
    visitor.get("/angkatan")
    with store.reading() as tx:
        afterwards = accounts.find_sign_in(tx, _digest(cookie))

    assert status == 200
    assert meanwhile is not None
    assert afterwards is not None
    in_half_an_hour = datetime.now(UTC) + timedelta(minutes=31)
    assert meanwhile.expires_at < in_half_an_hour < afterwards.expires_at


def test_a_hand_in_waits_for_nobody_who_looks(store: Store, course: Course, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"))
    attends(store, "D26-001", *(session.id for session in course.file.sessions))

    with store.reading():
        receipt = hands_in(store, course, a_hand_in("D26-001"))

    assert receipt.standing == "recorded"
