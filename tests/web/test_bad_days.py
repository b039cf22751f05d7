"""A register that cannot be written or read just now: what is said, what still works, and that
nothing typed is lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import Connection, event
from starlette.datastructures import UploadFile

from psm_course.content.course import Course
from psm_course.errors import StoreError
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from psm_course.web.uploads import keep_upload
from tests.conftest import ROOT
from tests.register_builders import NOW, enrols
from tests.web.conftest import HERE, Visitor, a_cookie


@pytest.fixture
def officer(file_store: Store, course: Course, tmp_path: Path) -> Visitor:
    """Signed in for long enough that being at work is to be written down."""
    open_cohort(file_store, "D26", "Angkatan D26", date(2025, 12, 2), "uji", NOW, course)
    enrols(file_store, tmp_path, ("Siti", "Beji"))
    visitor = Visitor(make_app(Settings(root=ROOT, data=tmp_path), file_store), base_url=HERE)
    cookie, visitor.token = a_cookie(file_store, "petugas", minutes=10)
    visitor.cookies.set(COOKIE, cookie)
    return visitor


@contextmanager
def somebody_writing(store: Store) -> Iterator[None]:
    """Another program that writes for longer than anybody waits here."""

    def without_patience(
        connection: Connection, _cursor: object, statement: str, *_: object
    ) -> None:
        if statement.startswith("BEGIN"):
            connection.connection.execute("PRAGMA busy_timeout=0")  # type: ignore[attr-defined]

    event.listen(store.engine, "before_cursor_execute", without_patience)
    with closing(sqlite3.connect(str(store.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
    event.remove(store.engine, "before_cursor_execute", without_patience)


def test_pages_are_read_while_another_program_writes(officer: Visitor, file_store: Store) -> None:
    with somebody_writing(file_store):
        page = officer.get("/angkatan/D26")

    assert page.status_code == 200
    assert "Siti" in page.text


def test_what_cannot_be_written_now_is_said_and_can_be_sent_again(
    officer: Visitor, file_store: Store
) -> None:
    sent = {"sesi": "h1-dasar", "p-D26-001": "present", "was-D26-001": ""}
    with somebody_writing(file_store):
        refused = officer.fill_in("/angkatan/D26/hadir", sent)
    again = officer.fill_in("/angkatan/D26/hadir", sent)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert refused.text == Contains("sedang dipakai program lain", "tombol kembali")
    assert again.headers["location"].endswith("kabar=hadir-disimpan")


def test_a_register_that_cannot_be_read_offers_the_page_again(
    officer: Visitor, file_store: Store
) -> None:
    file_store.close()
    Path(str(file_store.engine.url.database)).write_bytes(b"rusak" * 4000)

    page = officer.get("/angkatan/D26?keadaan=belum")

    assert page.status_code == 503
    assert "Pakai cadangan terakhir." in page.text
    (again,) = LexborHTMLParser(page.text).css("a.button")
    assert (again.attributes["href"], again.text()) == ("/angkatan/D26?keadaan=belum", "Coba lagi")


class FullDisk:
    """A file whose reading breaks half way, as copying it to a full disk does."""

    def read(self, _: int = -1) -> bytes:
        raise OSError(28, "No space left on device")


def test_half_a_file_is_not_left_lying(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="disimpan sementara: penyimpanan penuh"):
        keep_upload(
            Settings(root=ROOT, data=tmp_path), UploadFile(FullDisk(), filename="peserta.xlsx")
        )  # type: ignore[arg-type]

    assert list((tmp_path / "unggahan").iterdir()) == []
