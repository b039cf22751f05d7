"""A cohort's page: who has finished, and why the others have not yet."""

from __future__ import annotations

import re
from pathlib import Path

from psm_course.store.engine import Store
from psm_course.web.completion.status.page import STATES
from tests.register_builders import COMPLETION, a_course, adopts, attends, completes, enrols, issues
from tests.web.conftest import Visitor


def test_it_says_who_and_why_not_yet(officer: Visitor, store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti Nurhayati", "Curug (Cimanggis)"))

    page = officer.get("/angkatan/D26")

    assert page.status_code == 200
    for expected in (
        "D26-001",
        "Siti Nurhayati",
        "Curug (Cimanggis)",
        "hadir 0 dari 16 JP",
        "serahkan Tes Akhir",
    ):
        assert expected in page.text


def test_people_can_be_looked_at_by_where_they_live_and_how_far_they_are(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))

    def shown(**asked: str) -> list[str]:
        page = officer.get("/angkatan/D26", params=asked).text
        return [name for name in ("Siti", "Rini") if f"<bdi>{name}</bdi>" in page]

    assert shown() == ["Siti", "Rini"]
    assert shown(kecamatan="Limo") == ["Rini"]
    assert shown(kelurahan="32.76.06.1001") == ["Siti"]
    assert shown(keadaan="belum") == ["Siti", "Rini"]
    assert shown(keadaan="lulus") == []
    assert shown(syarat="tes-akhir", kecamatan="Beji") == ["Siti"]
    assert shown(syarat="tidak-ada") == []


def test_both_outcomes_are_said_and_looked_for_by_the_same_words(
    officer: Visitor, client: Visitor, store: Store, tmp_path: Path
) -> None:
    """Siti passed and holds a record, Ujang passed, Rini attended only, Ani neither."""
    attending, *others = COMPLETION
    course = a_course(completion=(attending | {"towards": "attended"}, *others))
    enrols(store, tmp_path, ("Siti", "Beji"), ("Ujang", "Beji"), ("Rini", "Limo"), ("Ani", "Tugu"))
    adopts(store, course)
    completes(store, course, "D26-001")
    (number,) = issues(store, course)
    completes(store, course, "D26-002")
    attends(store, "D26-003")

    def shown(state: str) -> list[str]:
        page = officer.get("/angkatan/D26", params={"keadaan": state}).text
        return [name for name in ("Siti", "Ujang", "Rini", "Ani") if f"<bdi>{name}</bdi>" in page]

    page = officer.get("/angkatan/D26").text
    tiles = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)", page))
    people = {
        number: officer.get(f"/peserta/{number}").text
        for number in ("D26-001", "D26-003", "D26-004")
    }
    badges = {
        name: re.findall(r'<span class="badge [a-z]+">([^<]+)</span>', text)
        for name, text in people.items()
    }

    assert tiles == {
        "Peserta": "4",
        "Telah mengikuti": "3",
        "Telah lulus": "2",
        "Belum lulus": "2",
        "Sertifikat terbit": "1",
        "Kelurahan dengan PSM lulus": "1",
    }
    assert {state: shown(state) for state, _ in STATES} == {
        "": ["Siti", "Ujang", "Rini", "Ani"],
        "belum": ["Ani"],
        "mengikuti": ["Rini"],
        "lulus": ["Siti", "Ujang"],
        "menunggu": ["Ujang"],
        "terbit": ["Siti"],
    }
    assert re.findall(r'<span class="badge [a-z]+">([^<]+)</span>', page) == [
        "✓ Telah lulus"
    ] * 2 + [
        "✓ Telah mengikuti",
        "✗ Belum mengikuti",
    ]
    assert badges == {
        "D26-001": ["✓ Telah mengikuti", "✓ Telah lulus"],
        "D26-003": ["✓ Telah mengikuti", "✗ Belum lulus"],
        "D26-004": ["✗ Belum mengikuti", "✗ Belum lulus"],
    }
    assert page.count(f'<small class="record">{number}</small>') == 1


def test_more_than_two_hundred_people_are_shown_in_pages(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, *((f"Peserta {index:03}", "Beji") for index in range(201)))

    first, second = (
        officer.get("/angkatan/D26"),
        officer.get("/angkatan/D26", params={"halaman": "2"}),
    )

    assert "<bdi>Peserta 199</bdi>" in first.text
    assert "<bdi>Peserta 200</bdi>" not in first.text
    assert "?halaman=2" in first.text
    assert "<bdi>Peserta 200</bdi>" in second.text
    assert "201 orang" in second.text
