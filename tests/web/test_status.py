"""A cohort's page: who has finished, and why the others have not yet."""

from __future__ import annotations

from pathlib import Path

from psm_course.store.engine import Store
from tests.register_builders import enrols
from tests.web.conftest import Visitor


def test_it_says_who_and_why_not_yet(officer: Visitor, store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti Nurhayati", "Curug (Cimanggis)"))

    page = officer.get("/angkatan/D26")

    assert page.status_code == 200
    for expected in ("D26-001", "Siti Nurhayati", "Curug (Cimanggis)", "hadir 0 dari 16 JP", "Kerjakan dan serahkan Tes Akhir"):
        assert expected in page.text


def test_people_can_be_looked_at_by_where_they_live_and_how_far_they_are(officer: Visitor, store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))

    def shown(**asked: str) -> list[str]:
        page = officer.get("/angkatan/D26", params=asked).text
        return [name for name in ("Siti", "Rini") if f"<bdi>{name}</bdi>" in page]

    assert shown() == ["Siti", "Rini"]
    assert shown(kecamatan="Limo") == ["Rini"]
    assert shown(kelurahan="32.76.06.1001") == ["Siti"]
    assert shown(keadaan="belum") == ["Siti", "Rini"]
    assert shown(keadaan="selesai") == []
    assert shown(syarat="tes-akhir", kecamatan="Beji") == ["Siti"]
    assert shown(syarat="tidak-ada") == []


def test_more_than_two_hundred_people_are_shown_in_pages(officer: Visitor, store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, *((f"Peserta {index:03}", "Beji") for index in range(201)))

    first, second = officer.get("/angkatan/D26"), officer.get("/angkatan/D26", params={"halaman": "2"})

    assert "<bdi>Peserta 199</bdi>" in first.text
    assert "<bdi>Peserta 200</bdi>" not in first.text
    assert "?halaman=2" in first.text
    assert "<bdi>Peserta 200</bdi>" in second.text
    assert "201 orang" in second.text
