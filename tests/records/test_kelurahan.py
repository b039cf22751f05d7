"""The 63 kelurahan, as people write them."""

from __future__ import annotations

from collections import Counter

import pytest

from psm_course.records.kelurahan import Kelurahan, all_kelurahan, by_code, find_kelurahan

CURUG_CIMANGGIS = Kelurahan("32.76.02.1008", "Cimanggis", "Curug", shares_name=True)
CURUG_BOJONGSARI = Kelurahan("32.76.11.1005", "Bojongsari", "Curug", shares_name=True)
BAKTIJAYA = Kelurahan("32.76.05.1005", "Sukmajaya", "Baktijaya", shares_name=False)


def test_depok_has_63_kelurahan_in_11_kecamatan() -> None:
    assert Counter(kelurahan.kecamatan for kelurahan in all_kelurahan()) == {
        "Beji": 6,
        "Bojongsari": 7,
        "Cilodong": 5,
        "Cimanggis": 6,
        "Cinere": 4,
        "Cipayung": 5,
        "Limo": 4,
        "Pancoran Mas": 6,
        "Sawangan": 7,
        "Sukmajaya": 6,
        "Tapos": 7,
    }
    assert len(by_code()) == 63


def test_kelurahan_come_in_the_order_of_their_codes() -> None:
    codes = [kelurahan.code for kelurahan in all_kelurahan()]

    assert codes == sorted(codes)


def test_only_the_two_curug_share_a_name() -> None:
    assert [kelurahan for kelurahan in all_kelurahan() if kelurahan.shares_name] == [CURUG_CIMANGGIS, CURUG_BOJONGSARI]


@pytest.mark.parametrize(
    ("written", "kecamatan", "found"),
    [
        ("Curug", "", [CURUG_CIMANGGIS, CURUG_BOJONGSARI]),
        ("Curug (Cimanggis)", "", [CURUG_CIMANGGIS]),
        ("curug(bojongsari)", "", [CURUG_BOJONGSARI]),
        ("Curug", "Cimanggis", [CURUG_CIMANGGIS]),
        ("Kel. Curug", "Kec. Bojong Sari", [CURUG_BOJONGSARI]),
        ("Curug (Cimanggis)", "Bojongsari", [CURUG_CIMANGGIS]),
        ("Curug", "Beji", []),
        ("Baktijaya", "", [BAKTIJAYA]),
        ("Bakti Jaya", "", [BAKTIJAYA]),
        ("KELURAHAN BAKTI JAYA", "sukmajaya", [BAKTIJAYA]),
        ("Baktijaya", "Beji", []),
        ("32.76.05.1005", "", [BAKTIJAYA]),
        (" 32.76.05.1005 ", "Beji", [BAKTIJAYA]),
        ("Cisalak", "", [Kelurahan("32.76.05.1008", "Sukmajaya", "Cisalak", shares_name=False)]),
        ("Cisalak Pasar", "", [Kelurahan("32.76.02.1012", "Cimanggis", "Cisalak Pasar", shares_name=False)]),
        ("Cisalak Pas", "", []),
        ("Bogor", "", []),
        ("", "", []),
        ("Kel.", "", []),
    ],
)
def test_find_kelurahan_as_people_write_it(written: str, kecamatan: str, found: list[Kelurahan]) -> None:
    assert find_kelurahan(written, kecamatan) == found


def test_every_kelurahan_is_found_by_what_it_prints() -> None:
    assert [find_kelurahan(str(kelurahan)) for kelurahan in all_kelurahan()] == [[kelurahan] for kelurahan in all_kelurahan()]


def test_every_kelurahan_is_found_by_name_and_kecamatan() -> None:
    found = [find_kelurahan(kelurahan.name.upper(), kelurahan.kecamatan.lower()) for kelurahan in all_kelurahan()]

    assert found == [[kelurahan] for kelurahan in all_kelurahan()]
