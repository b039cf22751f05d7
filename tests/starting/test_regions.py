"""The kept list of every city: whichever an office chooses, the region file written from it is read
without a problem.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.content.region import read_region
from psm_course.errors import Refused
from psm_course.starting.regions import cities, city_named, place_of, region_text
from tests.builders import write
from tests.conftest import ROOT

# Ours; a neighbour; names with an apostrophe, numbers and commas; a kelurahan and a desa, then two
# desa, of one name in a kecamatan; three time zones.
DRAWN = ["32.76", "32.71", "12.07", "18.11", "53.03", "14.07", "71.02", "81.71", "91.71", "64.72"]


@pytest.mark.parametrize("code", DRAWN)
def test_the_file_of_a_city_is_read_without_a_problem(code: str, tmp_path: Path) -> None:
    write(tmp_path, "modules/wilayah.yml", region_text(code))

    region, problems = read_region(tmp_path)

    assert [str(problem) for problem in problems] == []
    assert region is not None
    assert (region.office, region.name) == (code, cities()[code])
    assert {home.code[:5] for home in region.homes} == {code}


def test_our_own_file_says_what_the_list_says(tmp_path: Path) -> None:
    ours, _ = read_region(ROOT)
    assert ours is not None
    write(tmp_path, "modules/wilayah.yml", region_text(ours.office))

    listed, _ = read_region(tmp_path)

    assert listed is not None
    assert (listed.name, listed.place, listed.zone, listed.zone_name) == (
        ours.name,
        ours.place,
        ours.zone,
        ours.zone_name,
    )
    assert listed.homes == ours.homes


def test_a_place_is_what_stands_in_front_of_a_date() -> None:
    assert [place_of(code) for code in ("32.71", "32.01", "31.71")] == [
        "Bogor",
        "Bogor",
        "Jakarta Pusat",
    ]


def test_it_has_the_whole_country() -> None:
    assert len(cities()) == 514
    assert sum(name.startswith("Kota ") for name in cities().values()) == 98


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("32.76", "32.76"),
        ("Kota Bogor", "32.71"),
        ("kota bekasi", "32.75"),
        (" Kabupaten Bogor ", "32.01"),
        ("Jakarta Selatan", "31.74"),
        ("kota jakarta selatan", "31.74"),
    ],
)
def test_a_city_is_found_by_its_code_or_its_name(written: str, code: str) -> None:
    assert city_named(written) == code


def test_what_is_no_city_is_refused() -> None:
    with pytest.raises(Refused, match='Kota "beji" tidak dikenal'):
        city_named("beji")


def test_a_name_that_two_bear_is_asked_for_again() -> None:
    with pytest.raises(
        Refused, match=r'"Bogor" .+ 32\.01 \(Kabupaten Bogor\), 32\.71 \(Kota Bogor\)\.'
    ):
        city_named("Bogor")


@pytest.mark.parametrize(("code", "zone"), [("32.76", "WIB"), ("64.72", "WITA"), ("91.71", "WIT")])
def test_each_has_its_own_time(code: str, zone: str) -> None:
    assert f"zone_name: {zone}\n" in region_text(code)
