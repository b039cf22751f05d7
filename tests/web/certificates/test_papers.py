"""Paper at the desk: of people who never came, numbered by hand, or lost."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from dirty_equals import Contains

from psm_course.domain.register import AttendanceMark
from psm_course.local_time import WIB
from psm_course.store.attendance import attendance
from psm_course.store.engine import Store
from tests.register_builders import ACTOR, HOURS, NOW, arranging
from tests.web.certificates.desk import PLACE, SEALED_BY, corrections, issues_at_the_desk
from tests.web.conftest import SignedIn, Visitor

# ---- who never came ------------------------------------------------------------------------------

ABSENT = f"{PLACE}/tidak-hadir"
NEVER_CAME = {"alasan": "tidak hadir satu sesi pun", "frasa": SEALED_BY}


def is_set_right(store: Store, number: str) -> None:
    """Marked present on the eve so that the paper is ready; in truth this person never came."""
    with arranging(store) as tx:
        attendance.add_marks(
            tx,
            [AttendanceMark(number, each, "absent", reason="tidak datang") for each in HOURS],
            ACTOR,
            NOW,
        )


def test_records_of_those_who_never_came_are_seen_and_voided_in_one_step(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    issues_at_the_desk(officer, jenis="semua")
    nobody = officer.get(ABSENT).text
    for number in ("D26-001", "D26-002"):
        is_set_right(store, number)
    seen = officer.get(ABSENT).text
    numbers = re.findall(r'name="nomor" value="([^"]+)" checked', seen)

    without = officer.fill_in(ABSENT, NEVER_CAME | {"nomor": numbers[:1], "frasa": ""})
    named = officer.fill_in(ABSENT, NEVER_CAME | {"nomor": numbers, "alasan": "Rini tidak hadir"})
    done = officer.fill_in(ABSENT, NEVER_CAME | {"nomor": numbers})
    after = officer.get(done.headers["location"]).text

    voided = urlencode({"kabar": "tidak-hadir-dicabut", "jumlah": 2})
    assert "Tidak ada yang perlu" in nobody
    assert seen == Contains("<strong>2 sertifikat</strong>", "sertifikat</strong> masih berlaku")
    assert ("<bdi>Siti Rahayyu</bdi>" in seen, "<bdi>Rini</bdi>" in seen, len(numbers)) == (
        True,
        True,
        2,
    )
    assert (without.status_code, named.status_code) == (422, 422)
    assert re.findall(r'name="nomor" value="([^"]+)" checked', without.text) == numbers[:1]
    assert f'value="{NEVER_CAME["alasan"]}"' in without.text
    assert "tanpa menyebut nama" in named.text
    assert done.headers["location"] == f"{ABSENT}?{voided}"
    assert "<strong>2 sertifikat dicabut.</strong>" in after
    assert officer.get(PLACE).text.count("✗ dicabut") == 2
    assert [number in corrections(store, tmp_path) for number in numbers] == [True, True]


def test_who_came_after_all_is_never_voided_as_a_no_show(officer: Visitor, store: Store) -> None:
    number = issues_at_the_desk(officer)

    sent = officer.fill_in(ABSENT, NEVER_CAME | {"nomor": number})
    none = officer.fill_in(ABSENT, NEVER_CAME)

    assert (sent.status_code, none.status_code) == (422, 422)
    assert f"{number}: pemiliknya kini tercatat hadir" in sent.text
    assert "Pilih dulu sertifikat" in none.text
    assert "✓ berlaku" in officer.get(PLACE).text


def test_who_reads_only_sees_them_and_cannot_void(
    signed_in: SignedIn, officer: Visitor, store: Store
) -> None:
    issues_at_the_desk(officer)
    is_set_right(store, "D26-001")

    page = signed_in("pembaca").get(ABSENT).text

    assert "<bdi>Siti Rahayyu</bdi>" in page
    assert 'type="checkbox"' not in page


# ---- numbers -------------------------------------------------------------------------------------


def test_numbers_are_left_out_with_a_note_and_the_next_record_comes_after_them(
    officer: Visitor,
) -> None:
    year = datetime.now(WIB).year
    sent = {
        "sampai": "12",
        "tahun": str(year),
        "alasan": "ditulis dengan tangan saat listrik padam",
    }

    before = officer.get("/sertifikat/nomor").text
    done = officer.fill_in("/sertifikat/nomor", sent)
    again = officer.fill_in("/sertifikat/nomor", sent)
    after = officer.get("/sertifikat/nomor").text

    assert "<strong>1</strong>" in before
    assert "Belum ada nomor" in before
    assert done.headers["location"] == "/sertifikat/nomor?kabar=nomor-dilewati"
    assert again.status_code == 422
    assert again.text == Contains("Nomor urut 12 sudah terpakai", "nomor berikut adalah 13.")
    assert f'value="{sent["alasan"]}"' in again.text
    assert "<strong>13</strong>" in after
    assert f"1 sampai 12, tahun {year}" in after
    assert f"Alasan: <bdi>{sent['alasan']}</bdi>" in after
    assert issues_at_the_desk(officer).startswith("800.2/0013/")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sampai": "dua puluh"}, "sebagai angka saja"),
        ({"sampai": "-1"}, "sebagai angka saja"),
        ({"sampai": "99999999"}, "paling banyak 1000"),
        ({"tahun": "26"}, "empat angka"),
        ({"alasan": "x"}, "Tulis alasannya"),
    ],
)
def test_a_slip_of_the_finger_leaves_out_no_number(
    officer: Visitor, fields: dict[str, str], said: str
) -> None:
    sent = officer.fill_in(
        "/sertifikat/nomor",
        {"sampai": "12", "tahun": str(datetime.now(WIB).year), "alasan": "ditulis tangan"} | fields,
    )

    assert sent.status_code == 422
    assert said in sent.text
    assert "Belum ada nomor" in officer.get("/sertifikat/nomor").text


# ---- a lost print --------------------------------------------------------------------------------


def test_a_lost_print_is_noted_and_made_again(officer: Visitor, tmp_path: Path) -> None:
    number = issues_at_the_desk(officer)
    before = officer.get("/sertifikat/pdf", params={"nomor": number}).content
    next((tmp_path / "records" / "D26").glob("800*.pdf")).unlink()

    lost = officer.get("/sertifikat/pdf", params={"nomor": number})
    done = officer.fill_in(
        "/sertifikat/cetak-ulang", {"nomor": number, "alasan": "hilang di jalan"}
    )

    assert lost.status_code == 404
    assert "sertifikat ini belum dicetak" in lost.text
    assert done.status_code == 303
    assert officer.get("/sertifikat/pdf", params={"nomor": number}).content == before
    assert "hilang di jalan" in officer.get("/sertifikat", params={"nomor": number}).text
