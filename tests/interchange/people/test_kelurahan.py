"""The 63 kelurahan, as people write them."""

from __future__ import annotations

from itertools import combinations

import pytest
from rapidfuzz.distance import OSA

from psm_course.content.region import Kelurahan
from psm_course.interchange.people.kelurahan import Match, match_kelurahan
from tests.builders import REGION

CURUG_CIMANGGIS = Kelurahan("32.76.02.1008", "Cimanggis", "Curug", shares_name=True)
CURUG_BOJONGSARI = Kelurahan("32.76.11.1005", "Bojongsari", "Curug", shares_name=True)
BAKTIJAYA = Kelurahan("32.76.05.1005", "Sukmajaya", "Baktijaya", shares_name=False)


def named(name: str) -> Kelurahan:
    return next(kelurahan for kelurahan in REGION.homes if kelurahan.name == name)


@pytest.mark.parametrize(
    ("written", "kecamatan", "match"),
    [
        ("Curug", "", Match((CURUG_CIMANGGIS, CURUG_BOJONGSARI))),
        ("Curug (Cimanggis)", "", Match((CURUG_CIMANGGIS,))),
        ("curug(bojongsari)", "", Match((CURUG_BOJONGSARI,))),
        ("Curug", "Cimanggis", Match((CURUG_CIMANGGIS,))),
        ("Kel. Curug", "Kec. Bojong Sari", Match((CURUG_BOJONGSARI,))),
        ("Curug", "-", Match((CURUG_CIMANGGIS, CURUG_BOJONGSARI))),
        ("Baktijaya", "", Match((BAKTIJAYA,))),
        ("KELURAHAN BAKTIJAYA", "sukmajaya", Match((BAKTIJAYA,))),
        ("32.76.05.1005", "", Match((BAKTIJAYA,))),
        (" 32.76.05.1005 ", "Sukmajaya", Match((BAKTIJAYA,))),
        ("Cisalak", "", Match((named("Cisalak"),))),
        ("Cisalak Pasar", "", Match((named("Cisalak Pasar"),))),
        ("Sukamaju", "", Match((named("Sukamaju"),))),
        ("Sukamaju Baru", "", Match((named("Sukamaju Baru"),))),
        ("Kel. Sukmajaya", "", Match((named("Sukmajaya"),))),
        ("Kel/Desa Tugu", "", Match((named("Tugu"),))),
    ],
)
def test_a_kelurahan_is_known_as_it_is_spelt(written: str, kecamatan: str, match: Match) -> None:
    assert match_kelurahan(REGION, written, kecamatan) == match


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Bakti Jaya", "Baktijaya"),
        ("KELURAHAN BAKTI JAYA", "Baktijaya"),
        ("Kemirimuka", "Kemiri Muka"),
        ("Ratujaya", "Ratu Jaya"),
        ("Rangkapanjaya baru", "Rangkapan Jaya Baru"),
        ("Pondok China", "Pondok Cina"),
        ("Depokk", "Depok"),
        ("Cisalka", "Cisalak"),
        ("Sukamju", "Sukamaju"),
    ],
)
def test_another_spelling_or_one_slip_is_known_and_marked(written: str, name: str) -> None:
    assert match_kelurahan(REGION, written) == Match((named(name),), respelt=True)


@pytest.mark.parametrize(
    "written",
    [
        "Cisalak Pas",
        "Bogor",
        "",
        "Kel.",
        "Bejo",
        "Suka",
        "x" * 5_000,
        "\x00",
        "(((",
        "32.76.99.9999",
    ],
)
def test_what_is_no_kelurahan_of_depok_matches_nothing(written: str) -> None:
    assert match_kelurahan(REGION, written) == Match(())


@pytest.mark.parametrize(
    ("written", "kecamatan", "elsewhere"),
    [
        ("Curug", "Beji", (CURUG_CIMANGGIS, CURUG_BOJONGSARI)),
        ("Curug (Cimanggis)", "Bojongsari", (CURUG_CIMANGGIS,)),
        ("Baktijaya", "Beji", (BAKTIJAYA,)),
        ("32.76.05.1005", "Beji", (BAKTIJAYA,)),
        ("Sukamaju", "Tapos", (named("Sukamaju"),)),
        ("Baktijaya", "Kota Bogor", (BAKTIJAYA,)),
    ],
)
def test_a_kecamatan_that_contradicts_is_never_passed_over(
    written: str, kecamatan: str, elsewhere: tuple[Kelurahan, ...]
) -> None:
    assert match_kelurahan(REGION, written, kecamatan) == Match((), elsewhere=elsewhere)


def test_no_two_kelurahan_are_one_slip_apart() -> None:
    """So that a slip never leads from one to another."""
    keys = sorted({"".join(kelurahan.name.lower().split()) for kelurahan in REGION.homes})

    assert [(a, b) for a, b in combinations(keys, 2) if OSA.distance(a, b) < 2] == []


def test_every_kelurahan_is_found_by_what_it_prints() -> None:
    assert [match_kelurahan(REGION, str(kelurahan)) for kelurahan in REGION.homes] == [
        Match((kelurahan,)) for kelurahan in REGION.homes
    ]


def test_every_kelurahan_is_found_by_name_and_kecamatan() -> None:
    found = [
        match_kelurahan(REGION, kelurahan.name.upper(), kelurahan.kecamatan.lower())
        for kelurahan in REGION.homes
    ]

    assert found == [Match((kelurahan,)) for kelurahan in REGION.homes]
