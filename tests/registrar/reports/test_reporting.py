"""The report pack: whole or not there, with the hashes of all in it, anchored in the log."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from psm_course.credentials.log.checkpoint import read_checkpoint
from psm_course.errors import Refused
from psm_course.registrar.attendance.schedule import change_session, set_place
from psm_course.registrar.log.log_key import log_keys
from psm_course.registrar.reports.reporting import make_report
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.state import log_state
from psm_course.store.people import people
from psm_course.store.soundness.events import check_chain
from tests.arranged import arranged
from tests.databases import questions_to
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    arranging,
    attends,
    completes,
    events_of,
    read_rows,
    register_of,
)

COURSE = a_course()
SETTINGS = Settings(letterhead="PEMERINTAH KOTA DEPOK | DINAS SOSIAL", signatory_name="Dra. Contoh")


def made(store: Store, folder: Path, number: str = "") -> Path:
    return make_report(
        store, COURSE, replace(SETTINGS, data=folder.parent), "D26", folder, number, ACTOR, NOW
    )


@pytest.fixture
def two(store: Store) -> Store:
    arranged(store, one_passed_one_came_once)
    return store


def one_passed_one_came_once(store: Store) -> None:
    """Somebody who has passed, and somebody who only came once."""
    a_cohort(store, "Siti Rahayu", "Ujang Hidayat")
    completes(store, COURSE, "D26-001")
    attends(store, "D26-002", "buka")


def test_the_pack_holds_minutes_sheets_and_their_hashes(two: Store, tmp_path: Path) -> None:
    with two.reading() as tx:
        head = check_chain(tx)

    folder = made(two, tmp_path / "laporan", "800/7/2026")

    names = [
        "SHA256SUMS.txt",
        "berita-acara.pdf",
        "butir.xlsx",
        "manifest.json",
        "puncak-catatan.txt",
        "register.xlsx",
    ]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert not (tmp_path / "laporan.part").exists()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == {
        "format": "psm-report/1",
        "cohort": "D26",
        "made_at": NOW.isoformat(),
        "audit": {"events": head.events, "head": head.head, "broken_at": None},
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in names
            if name[0] in "bpr"
        },
    }
    subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS.txt"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert events_of(two)[-1] == (ACTOR, "report made", "D26", {"manifest": digest})


def test_the_minutes_say_what_the_register_says(two: Store, tmp_path: Path) -> None:
    folder = made(two, tmp_path / "laporan", "800/7/2026")

    text = " ".join(
        " ".join(
            page.extract_text() for page in PdfReader(folder / "berita-acara.pdf").pages
        ).split()
    )
    wanted = [
        "800/7/2026",
        "PEMERINTAH KOTA DEPOK",
        "2 orang dari 1 kelurahan",
        "Telah lulus 1 orang",
    ]
    wanted += [
        "24 November 2026",
        "100,00 dari 100 (1 orang)",
        "Siti Rahayu",
        "Ujang Hidayat",
        "Dra. Contoh",
        "hadir 1 dari 16 JP",
    ]
    assert [word for word in wanted if word not in text] == []
    assert "Ikuti sesi pengganti" not in text  # reasons are for the file; advice is for the person
    assert len(read_rows(folder / "register.xlsx")) == 3
    assert len(read_rows(folder / "butir.xlsx")) == 9


def test_rooms_speakers_and_counts_of_who_they_are_stand_in_the_minutes(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, *[f"Orang {number}" for number in range(20)])
    with arranging(store) as tx:
        everybody = people.list_enrolments(tx, "D26")
        told = [
            replace(each, sex="L" if index < 8 else "P", birth_year=1990)
            for index, each in enumerate(everybody[:19])
        ]
        people.change_enrolments(tx, told)
    change_session(
        store,
        COURSE,
        "D26",
        "ppks",
        {"room": "Aula", "speaker": "dr. Contoh", "institution": "Dinkes"},
        "jadwal",
        ACTOR,
        NOW,
    )
    set_place(store, "D26", "Balai Rakyat", ACTOR, NOW)

    folder = made(store, tmp_path / "laporan")

    text = " ".join(
        " ".join(
            page.extract_text() for page in PdfReader(folder / "berita-acara.pdf").pages
        ).split()
    )
    assert "perempuan (P) 8 L, 11 P; 1 tidak diisi" in text
    assert "bawah 25: 0, 25–34: 0, 35–44: 19, 45–54: 0, 55 ke atas: 0; 1 tidak" in text
    assert "3 PPKS (3 JP): 24 November 2026, Aula, pemateri dr. Contoh (Dinkes)" in text
    assert "Tempat Balai Rakyat" in text


def test_the_minutes_say_and_carry_how_the_log_stood(two: Store, tmp_path: Path) -> None:
    with two.reading() as tx:
        state = log_state(tx)

    folder = made(two, tmp_path / "laporan")

    with PdfReader(folder / "berita-acara.pdf") as minutes:
        first = " ".join(minutes.pages[0].extract_text().split())
        attached = {each.name: each.content for each in minutes.attachment_list}
    assert attached == {"puncak-catatan.txt": (folder / "puncak-catatan.txt").read_bytes()}
    note = attached["puncak-catatan.txt"].decode()
    checkpoint = read_checkpoint(note, log_keys(Settings(data=tmp_path)))
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (
        state.origin,
        state.size,
        state.root,
    )
    assert f"dibuat: {checkpoint.short_form} {state.origin}, {state.size} peristiwa" in first


@pytest.mark.parametrize("names", [("Siti",), ("Siti", "Ujang", "Ani")])
def test_the_pack_is_made_in_a_fixed_number_of_queries(
    store: Store, tmp_path: Path, names: tuple[str, ...]
) -> None:
    completes(store, COURSE, *[person.number for person in a_cohort(store, *names)])

    with questions_to(store) as asked:
        made(store, tmp_path / "laporan")

    # Three are for the checkpoint that the minutes print. The log's two are counted on a server: a
    # file is read past SQLAlchemy.
    assert len(asked) == (31 if store.engine.dialect.name == "sqlite" else 33)


def test_a_report_that_is_there_stays_as_it_is(two: Store, tmp_path: Path) -> None:
    folder = made(two, tmp_path / "laporan")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(Refused, match="sudah ada"):
        made(two, folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert made(two, tmp_path / "lagi") != folder


def test_a_number_as_long_as_a_page_is_refused(two: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lebih panjang dari 80"):
        made(two, tmp_path / "laporan", "8" * 81)

    assert not (tmp_path / "laporan").exists()


def test_a_report_that_cannot_be_written_leaves_nothing(two: Store, tmp_path: Path) -> None:
    before = register_of(two)
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")

    with pytest.raises(Refused, match="tidak dapat ditulis"):
        made(two, tmp_path / "berkas" / "laporan")

    assert register_of(two) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("laporan")] == []
