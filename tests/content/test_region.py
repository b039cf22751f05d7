"""The region of the course: our own, and each mistake of its file at its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.region import REGION_FILE, read_region
from psm_course.settings import read_settings
from tests.builders import REGION, a_course, edit, write

CITY = (Path(__file__).parents[1] / "regions" / "kota-contoh.yml").read_text(encoding="utf-8")
FILE = REGION_FILE.as_posix()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(a_course(tmp_path), FILE, CITY)
    return tmp_path


def test_depok_has_63_kelurahan_in_11_kecamatan() -> None:
    assert Counter(kelurahan.kecamatan for kelurahan in REGION.homes) == {
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
    assert len({home.code for home in REGION.homes}) == 63
    assert (REGION.office, REGION.name, REGION.zone, REGION.zone_name) == (
        "32.76",
        "Kota Depok",
        "Asia/Jakarta",
        "WIB",
    )


@pytest.mark.parametrize("written", ["32.10", "'32.10'", '"32.10"'])
def test_a_code_that_ends_in_zero_keeps_it_with_quotes_and_without(
    root: Path, written: str
) -> None:
    edit(root, FILE, 'office: "99.71"', f"office: {written}")

    region, problems = read_region(root)

    assert problems == []
    assert region
    assert region.office == read_settings(root).office == "32.10"


def test_kelurahan_come_in_the_order_of_their_codes() -> None:
    codes = [kelurahan.code for kelurahan in REGION.homes]

    assert codes == sorted(codes)


def test_only_the_two_curug_share_a_name() -> None:
    assert [(name, [str(home) for home in homes]) for name, homes in REGION.shared_names] == [
        ("Curug", ["Curug (Cimanggis)", "Curug (Bojongsari)"])
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "99.71.01.1002",
            "99.71.01.1001",
            [("12:5", 'kelurahan "99.71.01.1001"', Contains("kode", "dipakai 99.71.01.1001"))],
            id="a code twice",
        ),
        pytest.param(
            "name: Mawarjaya",
            "name: Melati",
            [
                (
                    "12:5",
                    'kelurahan "99.71.01.1002"',
                    Contains('"Melati" di kecamatan', "dipakai 99.71.01.1001"),
                )
            ],
            id="a name twice in one kecamatan",
        ),
        pytest.param(
            "name: Mawarjaya, kecamatan: utara",
            "name: Mawarjaya, kecamatan: uatra",
            [("12:55", 'kelurahan "99.71.01.1002", kecamatan', Contains('"uatra" tidak ada'))],
            id="an unknown kecamatan",
        ),
        pytest.param(
            "zone: Asia/Makassar",
            "zone: Asia/Makasar",
            [("5:7", "zone", Contains('"Asia/Makasar" tidak dikenal'))],
            id="an unknown zone",
        ),
        pytest.param(
            "name: Contoh Utara}",
            "name: Contoh Utara, column: 1}",
            [
                ("8:5", 'kecamatan "utara"', Contains("belum punya column")),
                ("9:5", 'kecamatan "selatan"', Contains("belum punya column")),
            ],
            id="half a place",
        ),
        pytest.param(
            "{id: selatan,",
            "{id: utara,",
            [
                ("9:10", 'kecamatan "utara", id', Contains('"utara" sudah dipakai')),
                (
                    "13:52",
                    'kelurahan "99.71.02.1001", kecamatan',
                    Contains('"selatan" tidak ada'),
                ),
                (
                    "14:58",
                    'kelurahan "99.71.02.1002", kecamatan',
                    Contains('"selatan" tidak ada'),
                ),
            ],
            id="a kecamatan twice",
        ),
        pytest.param(
            "place: Contoh\n",
            "plase: Contoh\n",
            [("4:1", "", Contains('"plase" tidak dikenal'))],
            id="a misspelt key",
        ),
    ],
)
def test_problem_is_said_at_its_line(
    root: Path, old: str, new: str, said: list[tuple[str, str, object]]
) -> None:
    edit(root, FILE, old, new)

    region, found = read_region(root)

    assert region is None
    assert [(f"{each.line}:{each.column}", each.where, each.message) for each in found] == said
