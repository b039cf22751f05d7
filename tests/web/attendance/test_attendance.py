"""Who came: marked in a list, by a card, or from a filled sheet."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.local_time import WIB
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.store.engine import Store
from psm_course.store.people import history
from tests.register_builders import NOW, a_course, a_sheet, adopts, card_of, enrols
from tests.web.conftest import SignedIn, Visitor

pytestmark = pytest.mark.usefixtures("siti_and_rini")
PLACE = "/angkatan/D26/hadir"
SESSION = "h1-dasar"
TODAY = datetime.now(UTC).astimezone(WIB).date()


def marks(
    store: Store, number: str = "D26-001"
) -> list[tuple[str, str, str | None, str | None, str | None]]:
    with store.reading() as tx:
        return [
            (mark.session, mark.presence, mark.actor, mark.source, mark.reason)
            for mark in history.marks_of(tx, number)
        ]


def mark(trainer: Visitor, **fields: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return trainer.fill_in(PLACE, {"sesi": SESSION} | named)


# ---- the list ------------------------------------------------------------------------------------


def test_a_trainer_marks_a_session_in_one_form(signed_in: SignedIn, store: Store) -> None:
    trainer = signed_in("pelatih", "D26")

    sent = mark(
        trainer,
        **{"p-D26-001": "present", "was-D26-001": "", "p-D26-002": "excused", "was-D26-002": ""},
    )

    assert sent.headers["location"] == f"{PLACE}?sesi={SESSION}&kabar=hadir-disimpan"
    assert marks(store) == [(SESSION, "present", "pelatih", "desk", None)]
    assert marks(store, "D26-002") == [(SESSION, "excused", "pelatih", "desk", None)]
    assert "2 dari 2 orang sudah dicatat" in trainer.get(sent.headers["location"]).text


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(
    officer: Visitor, store: Store
) -> None:
    mark(officer, **{"p-D26-001": "present", "was-D26-001": ""})
    change = {"p-D26-001": "absent", "was-D26-001": "present"}

    refused = mark(officer, **change)
    done = mark(officer, **change, alasan="salah baris")

    assert refused.status_code == 422
    assert refused.text == Contains("D26-001 sudah pernah dicatat", "Tulis alasan")
    assert '<option value="absent" selected>' in refused.text
    assert done.status_code == 303
    assert [(presence, reason) for _, presence, _, _, reason in marks(store)] == [
        ("present", None),
        ("absent", "salah baris"),
    ]


def test_only_what_was_changed_on_the_page_is_written(officer: Visitor, store: Store) -> None:
    """Two trainers have the list open; the second does not undo what the first has marked."""
    mark(officer, **{"p-D26-001": "present", "was-D26-001": ""})

    second = mark(
        officer, **{"p-D26-001": "", "was-D26-001": "", "p-D26-002": "late", "was-D26-002": ""}
    )
    again = mark(officer, **{"p-D26-002": "late", "was-D26-002": "late"})

    assert second.status_code == 303
    assert again.headers["location"].endswith("kabar=hadir-tetap")
    assert len(marks(store)) == 1
    assert len(marks(store, "D26-002")) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"p-D26-001": "ada"},
        {"p-D26-999": "present"},
        {"p-": "present"},
        {"p-D26-001'--": "present"},
        {"p-L26-001": "present"},
    ],
)
def test_what_the_form_does_not_offer_changes_nothing(
    officer: Visitor, store: Store, fields: dict[str, str]
) -> None:
    sent = mark(officer, **fields)

    assert sent.headers["location"].endswith("kabar=hadir-tetap")
    assert marks(store) == []


def test_an_unknown_session_is_said(officer: Visitor) -> None:
    answers = officer.get(PLACE, params={"sesi": "x"}), officer.fill_in(PLACE, {"sesi": "x"})

    assert [answer.status_code for answer in answers] == [404, 422]
    assert all("tidak ada di jadwal" in answer.text for answer in answers)


def test_who_reads_only_sees_the_marks_and_no_form(signed_in: SignedIn, officer: Visitor) -> None:
    mark(officer, **{"p-D26-001": "late", "was-D26-001": ""})

    page = signed_in("pembaca").get(PLACE, params={"sesi": SESSION}).text

    assert "terlambat" in page
    assert '<select id="p-' not in page
    assert 'type="file"' not in page


def test_the_sessions_are_those_of_the_rules_in_force(officer: Visitor, store: Store) -> None:
    """The rules were adopted before `course.yml` changed: what is marked is judged."""
    adopts(store, a_course(sessions={"pagi": 3, "siang": 1}))

    page = officer.get(PLACE)
    old = officer.fill_in(PLACE, {"sesi": "pagi", "p-D26-001": "present", "was-D26-001": ""})
    new = mark(officer, **{"p-D26-001": "present", "was-D26-001": ""})
    scanned = officer.fill_in(
        "/angkatan/D26/pindai", {"sesi": SESSION, "kartu": "D26-001", "hari": "ya"}
    )

    assert re.findall(r'<option value="([a-z0-9-]+)"[^>]*>Hari', page.text) == ["pagi", "siang"]
    assert re.findall(
        r'<option value="([a-z0-9-]+)"[^>]*>Hari', officer.get("/angkatan/D26/pindai").text
    ) == ["pagi", "siang"]
    assert old.status_code == 303
    assert (new.status_code, scanned.status_code) == (422, 422)
    assert marks(store) == [("pagi", "present", "petugas", "desk", None)]
    assert "hadir 3 dari 4 JP" in officer.get("/angkatan/D26").text
    assert (
        '<span class="name">PAGI</span> <strong>hadir</strong>'
        in officer.get("/peserta/D26-001").text
    )


# ---- the sheet -----------------------------------------------------------------------------------


def test_a_sheet_is_downloaded_filled_and_sent_back(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    sheet = officer.get(f"{PLACE}/lembar")
    filled = a_sheet(
        tmp_path / "isi.xlsx", ("Nomor peserta", SESSION), ("D26-001", "x"), ("D26-002", "izin")
    ).read_bytes()

    sent = officer.fill_in(f"{PLACE}/lembar", files={"lembar": ("isi.xlsx", io.BytesIO(filled))})

    assert sheet.headers["content-disposition"] == 'attachment; filename="hadir-D26.xlsx"'
    assert sheet.content.startswith(b"PK")
    assert sent.headers["location"] == f"{PLACE}?kabar=lembar-masuk"
    assert marks(store, "D26-002") == [(SESSION, "excused", "petugas", "sheet", None)]
    assert list((tmp_path / "unggahan").rglob("*")) == []


def test_a_faulty_sheet_is_said_at_its_cells(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    filled = a_sheet(
        tmp_path / "isi.xlsx", ("Nomor peserta", SESSION), ("D26-001", "entah"), ("D26-777", "x")
    ).read_bytes()

    sent = officer.fill_in(f"{PLACE}/lembar", files={"lembar": ("isi.xlsx", io.BytesIO(filled))})

    assert sent.status_code == 422
    assert "B2: " in sent.text
    assert "A3: " in sent.text
    assert marks(store) == []


def test_a_sheet_replaces_what_the_desk_marked_only_when_that_is_ticked(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    officer.fill_in(PLACE, {"sesi": SESSION, "p-D26-001": "excused"})
    filled = a_sheet(
        tmp_path / "isi.xlsx", ("Nomor peserta", SESSION), ("D26-001", "x")
    ).read_bytes()

    sent = officer.fill_in(f"{PLACE}/lembar", files={"lembar": ("isi.xlsx", io.BytesIO(filled))})
    kept = [mark[1] for mark in marks(store)]
    ticked = officer.fill_in(
        f"{PLACE}/lembar", {"ganti": "ya"}, files={"lembar": ("isi.xlsx", io.BytesIO(filled))}
    )

    assert (sent.status_code, kept) == (422, ["excused"])
    assert sent.text == Contains("B2: D26-001 ", "sudah dicatat izin di", "di lembar ini hadir")
    assert ticked.status_code == 303
    assert [mark[1] for mark in marks(store)] == ["excused", "present"]


# ---- the card ------------------------------------------------------------------------------------


def scan(visitor: Visitor, card: str, cohort: str = "D26", **fields: str) -> str:
    """The page after the scan."""
    sent = visitor.fill_in(f"/angkatan/{cohort}/pindai", {"sesi": SESSION, "kartu": card} | fields)
    assert sent.status_code == 303
    assert "Siti" not in sent.headers["location"]
    return str(visitor.get(sent.headers["location"]).text)


@pytest.fixture
def today(store: Store, tmp_path: Path) -> None:
    """A cohort whose first day is today."""
    open_cohort(store, "H26", "Angkatan Hari Ini", TODAY, "uji", NOW)
    enrols(store, tmp_path, ("Dewi", "Beji"), cohort="H26")


def test_a_card_is_marked_once(officer: Visitor, store: Store, today: None) -> None:
    link = f"https://psm.example/saya#kartu=H26-001.{card_of(store, 'H26-001')}.Dewi"

    first, second, typed = (
        scan(officer, link, "H26"),
        scan(officer, link, "H26"),
        scan(officer, "h26-001", "H26", telat="ya"),
    )

    assert "Dewi (H26-001) dicatat hadir." in first
    assert second == Contains("Dewi (H26-001) sudah tercatat", "tidak dicatat dua kali")
    assert "tidak dicatat dua kali" in typed
    assert marks(store, "H26-001") == [(SESSION, "present", "petugas", "scan", None)]


def test_a_late_comer_and_somebody_excused_who_came_after_all(
    officer: Visitor, store: Store, today: None
) -> None:
    officer.fill_in(
        "/angkatan/H26/hadir", {"sesi": SESSION, "p-H26-001": "excused", "was-H26-001": ""}
    )

    said = scan(officer, "H26-001", "H26", telat="ya")

    assert "Dewi (H26-001) dicatat terlambat." in said
    assert "checked" in said  # the next is late too
    assert marks(store, "H26-001")[1:] == [
        (SESSION, "late", "petugas", "scan", "kartu dipindai sesudah tercatat lain")
    ]


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("D26-001", ("Siti (D26-001) belum dicatat", "dijadwalkan untuk hari lain")),
        ("D26-999", ("tidak dikenal",)),
        ("H26-001", ("H26-001 bukan peserta",)),
        ("D26-001.salah", ("kartu D26-001 tidak cocok",)),
        ("<script>alert(1)</script>", ("tidak dikenal",)),
        ("", ("tidak dikenal",)),
        ("x" * 400, ("tidak dikenal",)),
    ],
)
def test_any_other_scan_is_said_and_harmless(
    officer: Visitor, store: Store, today: None, card: str, said: tuple[str, ...]
) -> None:
    page = scan(officer, card)

    assert page == Contains(*said)
    assert "Dewi" not in page
    assert "<script>" not in page
    assert marks(store) == marks(store, "H26-001") == []


def test_a_session_on_another_day_than_planned_is_marked_when_that_is_said(
    officer: Visitor, store: Store
) -> None:
    assert "dicatat hadir" in scan(officer, "D26-001", hari="ya")
    assert len(marks(store)) == 1


def test_todays_sessions_are_named(officer: Visitor, store: Store, today: None) -> None:
    open_cohort(store, "K26", "Kemarin", TODAY - timedelta(days=1), "uji", NOW)

    for place in ("pindai", "hadir"):
        assert re.findall("selected>(Hari .):", officer.get(f"/angkatan/K26/{place}").text) == [
            "Hari 2"
        ]
    assert officer.get("/angkatan/H26/pindai").text.count("Hari 1: ") == officer.get(
        "/angkatan/H26/pindai"
    ).text.count("(hari ini)")
    assert officer.get("/angkatan/K26/pindai").text.count("Hari 2: ") == officer.get(
        "/angkatan/K26/pindai"
    ).text.count("(hari ini)")
