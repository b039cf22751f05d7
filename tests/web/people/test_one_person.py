"""One person at a time at the desk: found, added at the door, changed with a reason; cohorts
renamed and put away.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import Course
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.registrar.people.merging import link_persons
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    NOW,
    a_course,
    adopts,
    completes,
    enrolled_in,
    enrols,
    events_of,
    issues,
)
from tests.web.conftest import SignedIn, Visitor

BEJI = "32.76.06.1001"


@pytest.fixture
def two(store: Store, tmp_path: Path) -> None:
    """Siti in D26, and Rini in another cohort."""
    enrols(store, tmp_path, ("Siti Nurhayati", "Beji"))
    open_cohort(store, "L26", "Angkatan Lain", date(2027, 1, 5), ACTOR, NOW)
    enrols(store, tmp_path, ("Rini Lestari", "Limo"), cohort="L26")


# ---- searching -----------------------------------------------------------------------------------


def test_every_page_has_the_search_and_no_name_stands_in_an_address(
    officer: Visitor, two: None
) -> None:
    page = officer.get("/angkatan/D26").text
    found = officer.fill_in("/cari", {"dicari": "NURHAYATI"})

    assert '<form method="post" action="/cari" class="find" role="search">' in page
    assert found.status_code == 200
    assert '<a class="name" href="/peserta/D26-001"><bdi>Siti Nurhayati</bdi></a>' in found.text
    assert "Rini" not in found.text


def test_a_whole_number_leads_to_the_person_at_once(officer: Visitor, two: None) -> None:
    whole, part = (
        officer.fill_in("/cari", {"dicari": "d26-001"}),
        officer.fill_in("/cari", {"dicari": "D26-"}),
    )

    assert (whole.status_code, whole.headers["location"]) == (303, "/peserta/D26-001")
    assert (part.status_code, "Siti Nurhayati" in part.text) == (200, True)


def test_a_trainer_finds_only_people_of_their_own_cohorts(signed_in: SignedIn, two: None) -> None:
    trainer = signed_in("pelatih", "D26")

    assert "D26-001" in trainer.fill_in("/cari", {"dicari": "siti"}).text
    assert "Tidak ada yang cocok" in trainer.fill_in("/cari", {"dicari": "rini"}).text
    assert "Tidak ada yang cocok" in trainer.fill_in("/cari", {"dicari": "L26-001"}).text


def test_a_search_for_nothing_says_what_to_write(officer: Visitor) -> None:
    said = officer.fill_in("/cari", {"dicari": "?"})

    assert said.status_code == 422
    assert "kelurahan yang dicari" in said.text


# ---- at the door ---------------------------------------------------------------------------------


def test_somebody_at_the_door_gets_a_number_that_is_shown_big(
    signed_in: SignedIn, two: None
) -> None:
    trainer = signed_in("pelatih", "D26")
    assert "/angkatan/D26/tambah" in trainer.get("/angkatan/D26/pindai").text

    sent = trainer.fill_in(
        "/angkatan/D26/tambah", {"nama": "Yuli <b>", "kelurahan": BEJI, "hp": "0812 3456 7890"}
    )
    shown = trainer.get(sent.headers["location"]).text

    assert sent.headers["location"] == "/angkatan/D26/tambah?nomor=D26-002&hasil=baru"
    assert '<p class="given">D26-002</p>' in shown
    assert "Yuli &lt;b&gt;" in shown


def test_who_may_be_known_is_asked_about_on_the_form(
    officer: Visitor, store: Store, two: None
) -> None:
    asked = officer.fill_in("/angkatan/L26/tambah", {"nama": "Siti Nurhayati", "kelurahan": BEJI})
    sent = officer.fill_in(
        "/angkatan/L26/tambah", {"nama": "Siti Nurhayati", "kelurahan": BEJI, "jawab": "D26-001"}
    )

    assert asked.status_code == 422
    assert asked.text == Contains(
        "Siti Nurhayati: Siti Nurhayati, Beji, pernah ikut D26.", "Orang yang sama?"
    )
    assert 'value="Siti Nurhayati"' in asked.text
    assert sent.headers["location"].endswith("nomor=L26-002&hasil=baru")
    assert "D26-001" in officer.get("/peserta/L26-002").text
    assert len(enrolled_in(store, "L26")) == 2


def test_a_walk_in_who_holds_a_certificate_already_is_said_to(
    officer: Visitor, store: Store, two: None
) -> None:
    course = a_course()
    adopts(store, course)
    completes(store, course, "D26-001")
    (record,) = issues(store, course)

    sent = officer.fill_in(
        "/angkatan/L26/tambah", {"nama": "Siti Nurhayati", "kelurahan": BEJI, "jawab": "D26-001"}
    )

    assert (
        f"sudah bersertifikat: {record} (2026, angkatan D26)."
        in officer.get(sent.headers["location"]).text
    )


def test_a_trainer_is_not_told_of_people_in_cohorts_of_others(
    signed_in: SignedIn, store: Store, two: None
) -> None:
    sent = signed_in("pelatih", "L26").fill_in(
        "/angkatan/L26/tambah", {"nama": "Siti Nurhayati", "kelurahan": BEJI}
    )

    assert sent.status_code == 303


# ---- changed -------------------------------------------------------------------------------------


def changed(
    officer: Visitor, deed: str, number: str = "D26-001", reason: str = "salah ketik", **fields: str
) -> str:
    """Where it leads to, or the page that says why not."""
    sent = officer.fill_in(f"/peserta/{number}/ubah", {"tindakan": deed, "alasan": reason} | fields)
    return sent.headers.get("location") or sent.text


def test_an_officer_changes_one_person_and_each_deed_is_in_the_log(
    officer: Visitor, store: Store, course: Course, two: None
) -> None:
    open_cohort(store, "D27", "Angkatan D27", date(2027, 2, 1), ACTOR, NOW, course)
    corrected = changed(officer, "betulkan", nama="Siti Nur", kelurahan=BEJI, hp="081234567890")
    withdrawn = changed(officer, "mundur", reason="sakit keras")
    while_away = officer.get("/peserta/D26-001").text
    back = changed(officer, "kembali", reason="sudah sembuh")
    moved = changed(officer, "pindah", ke="D27", reason="bentrok jadwal")
    replaced = changed(
        officer, "ganti", "D27-001", "pindah rumah", nama="Yuli Astuti", kelurahan=BEJI
    )
    linked = changed(officer, "hubungkan", "D27-002", "kartu dilihat", nomor="L26-001")
    parted = changed(officer, "lepas", "D27-002", "ternyata keliru")

    assert [corrected, withdrawn, back] == [
        f"/peserta/D26-001?kabar=orang-{deed}" for deed in ("dibetulkan", "mundur", "kembali")
    ]
    assert moved == "/peserta/D27-001?kabar=orang-pindah"
    assert replaced == "/peserta/D27-002?kabar=orang-diganti"
    assert (linked, parted) == (
        "/peserta/D27-002?kabar=orang-dihubungkan",
        "/peserta/D27-002?kabar=orang-dilepas",
    )
    assert "D26-001 mengundurkan diri." in while_away
    assert "pindah, sekarang bernomor D27-001" in officer.get("/peserta/D26-001").text
    assert all(
        "reason" in detail
        for _, verb, _, detail in events_of(store)
        if verb.startswith("person ") and "to" in detail
    )


def test_two_numbers_that_are_one_are_merged_at_the_desk(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti Nurhayati", "Beji"), ("Rini", "Limo"))

    merged = changed(officer, "gabung", nomor="d26-002", reason="terdaftar dua kali")

    assert merged == "/peserta/D26-001?kabar=orang-digabung"
    assert "digabung dengan D26-001" in officer.get("/peserta/D26-002").text
    assert "1 orang" in officer.get("/angkatan/D26").text


def test_two_numbers_merged_by_mistake_are_taken_apart_at_the_desk(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti Nurhayati", "Beji"), ("Rini", "Limo"))
    changed(officer, "gabung", nomor="D26-002", reason="terdaftar dua kali")

    offered = officer.get("/peserta/D26-002/ubah").text
    parted = changed(officer, "pisah", "D26-002", "ternyata orang lain")

    assert offered == Contains("digabung dengan D26-001", "orang lain, pisahkan")
    assert parted == "/peserta/D26-002?kabar=orang-dipisah"
    assert [each.is_expected for each in enrolled_in(store)] == [True, True]


def test_a_change_without_a_reason_or_with_a_name_in_it_is_said_on_the_form(
    officer: Visitor, store: Store, two: None
) -> None:
    assert "Tulis alasannya" in changed(officer, "mundur", reason="")
    named = changed(
        officer, "betulkan", nama="Siti Aminah", kelurahan=BEJI, reason="bukan Nurhayati"
    )
    assert "tanpa menyebut nama" in named
    assert 'value="Siti Aminah"' in named
    assert enrolled_in(store)[0].name == "Siti Nurhayati"
    assert "Pilih satu tindakan" in changed(officer, "entah")


def test_a_trainer_sees_other_numbers_of_a_person_only_in_their_own_cohorts(
    signed_in: SignedIn, store: Store, two: None
) -> None:
    link_persons(store, "D26-001", "L26-001", "kartu dilihat", ACTOR, NOW)

    assert "Angkatan Lain" in signed_in("petugas").get("/peserta/D26-001").text
    assert "Angkatan Lain" not in signed_in("pelatih", "D26").get("/peserta/D26-001").text


# ---- cohorts -------------------------------------------------------------------------------------


def test_a_cohort_is_renamed_and_put_away_and_found_in_the_archive(
    officer: Visitor, two: None
) -> None:
    renamed = officer.fill_in(
        "/angkatan/D26/ubah", {"tindakan": "nama", "nama": "Angkatan Beji", "alasan": "salah ketik"}
    )
    put_away = officer.fill_in(
        "/angkatan/D26/ubah", {"tindakan": "arsip", "alasan": "kegiatan selesai"}
    )
    listed, archive = officer.get("/angkatan").text, officer.get("/angkatan?arsip=ya").text
    opened = officer.fill_in("/angkatan/D26/ubah", {"tindakan": "buka", "alasan": "ada susulan"})

    there = "/angkatan/D26?kabar="
    assert renamed.headers["location"] == f"{there}angkatan-dinamai"
    assert put_away.headers["location"] == f"{there}angkatan-diarsipkan"
    assert "Angkatan Beji" not in listed
    assert "Angkatan Beji" in archive
    assert opened.headers["location"] == f"{there}angkatan-dibuka-lagi"
    assert "Angkatan Beji" in officer.get("/angkatan").text
