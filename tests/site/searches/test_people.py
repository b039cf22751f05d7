"""The search for people of the register: each way in which one could get onto a page is put there
first, then must be found.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.site.searches.people import Registered, find_people

REGISTERED = Registered(
    frozenset({"D26-001", "D26-017"}),
    frozenset({"Siti Aminah", "Rini", "H. Ujang Suherman, S.Pd."}),
)
NAME = Contains("a.html: nama peserta", "(Siti Aminah)")
NUMBER = Contains("a.html: nomor peserta", "(D26-017)")


def found(folder: Path, text: str, *published: str, name: str = "a.html") -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    return find_people(folder, REGISTERED, published)


@pytest.mark.parametrize(
    "text",
    [
        "<td>Siti Aminah</td>",
        "<p>hasil Ibu SITI\n  aminah, bagus</p>",
        "<p>Siti <b>Aminah</b></p>",
        "<p>Siti&nbsp;Aminah</p>",
        '<p title="Siti Aminah">x</p>',
    ],
)
def test_a_participants_name_is_found_however_it_stands_there(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == [NAME]


@pytest.mark.parametrize(
    "text",
    ["<td>D26-017</td>", "<p>d26-017: 40 %</p>", '<a href="x#kartu=D26-017.AB12-CD34">x</a>'],
)
def test_a_participants_number_is_found(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == [NUMBER]


def test_a_title_before_and_behind_belongs_to_the_name(tmp_path: Path) -> None:
    text = "<p>H. Ujang Suherman, S.Pd. datang</p>"

    assert found(tmp_path, text) == [Contains("a.html: nama peserta", "(H. Ujang Suherman, S.Pd.)")]


def test_a_single_word_is_nobodys_name(tmp_path: Path) -> None:
    """Every lesson has its Bu Rini."""
    text = "<p>Bu Rini dan Siti, lalu Aminah. Angkatan D26, ruang 017.</p>"

    assert found(tmp_path, text) == []


def test_scripts_and_data_are_read_too(tmp_path: Path) -> None:
    assert found(tmp_path, 'PSM.take({"n":"Siti Aminah"})', name="a.js") == [
        Contains("a.js: nama peserta", "(Siti Aminah)")
    ]


def test_what_the_course_itself_publishes_is_no_leak(tmp_path: Path) -> None:
    page = "<p>Puskesmas, Jalan Siti Aminah 3. Contoh nomor: D26-017.</p>"

    assert found(tmp_path, page) == [NUMBER, NAME]
    assert (
        found(tmp_path, page, "address: Jalan Siti Aminah 3", "Ketik nomor, misalnya `D26-017`.")
        == []
    )


def test_without_a_register_nobody_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>Siti Aminah</p>", encoding="utf-8")

    assert find_people(tmp_path, Registered(), ["x"]) == []
