"""A call as it was typed: a mistake is one Indonesian sentence, and case does not matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.trainer import diagram_batang, kuis, tabel
from psm_course.trainer.quiet import is_quiet, refuse_where_quiet
from psm_course.trainer.shown import Shown, with_own_keys
from psm_course.trainer.word import nearest, word
from tests.conftest import ROOT

BATANG = 'diagram_batang("Judul", {"Fakir miskin": 300, "Lainnya": 100})'
KUIS = 'kuis("latihan-ppks-1")'


@word('bagi("Judul", 20)')
def bagi(judul: str, ukuran: int | Sequence[str] = 5) -> Shown:
    """A word for these tests."""
    return Shown(f"{judul} {ukuran}")


@pytest.fixture
def in_module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda folder: monkeypatch.chdir(ROOT / "modules" / folder)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (kuis, ("kuis() belum lengkap", '"id" belum ditulis', KUIS)),
        (lambda: kuis(7), ('kuis(): "id" harus teks', "tanda petik", KUIS)),
        (lambda: kuis("a", "b"), ("kuis()", "paling banyak 1 isian", "tertulis 2.", KUIS)),
        (lambda: kuis(idd="a"), ('kuis() tidak mengenal "idd"', "Maksud Anda id?", KUIS)),
        (lambda: kuis("a", id="a"), ('kuis(): "id"', "tertulis dua kali", KUIS)),
        (
            lambda: bagi("x", 2.5),
            ('bagi(): "ukuran" harus', "bulat atau daftar", "kurung siku", 'bagi("Judul", 20)'),
        ),
        (
            lambda: bagi("x", "dua"),
            ('bagi(): "ukuran" harus', "bulat atau daftar", "kurung siku", 'bagi("Judul", 20)'),
        ),
        (
            lambda: diagram_batang("x", [1]),
            ('diagram_batang(): "nilai"', "daftar nama dan angka", "kurung kurawal", BATANG),
        ),
        (
            lambda: tabel("x", ["a"], [["1", "2"]]),
            ("tabel: ", "ke-1 berisi 2 sel, kolomnya 1"),
        ),
    ],
)
def test_a_slip_in_a_call_is_one_sentence_that_shows_how_it_is_typed(
    call: Callable[[], object], said: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        call()

    assert str(refused.value) == Contains(*said)


def test_what_fits_is_let_through() -> None:
    assert [bagi("x").html, bagi("x", ukuran=3).html, bagi("x", ["a"]).html] == [
        "x 5",
        "x 3",
        "x ['a']",
    ]


def test_a_quiz_is_known_in_any_case_and_its_name_is_put_right(
    in_module: Callable[[str], None],
) -> None:
    in_module("02-mengenali-ppks")

    assert kuis("Latihan PPKS 1").for_site == {"show": "quiz", "id": "latihan-ppks-1"}
    with pytest.raises(Refused) as refused:
        kuis("latihan-pks-1")
    assert str(refused.value) == Contains('Kuis "latihan-pks-1"', "Maksud Anda latihan-ppks-1?")


def test_a_quiz_that_nothing_is_like_is_answered_with_what_this_module_practises(
    in_module: Callable[[str], None],
) -> None:
    in_module("06-disabilitas-inklusif")

    with pytest.raises(Refused) as refused:
        kuis("ad")

    unknown, _, known = str(refused.value).partition("Yang ada: ")
    assert unknown == Contains('Kuis "ad" tidak ada')
    assert known == "kasus-rapat-tanpa-a, latihan-disabilitas-1, latihan-disabilitas-2."


def test_of_many_names_the_first_are_listed_whole_and_the_rest_is_counted() -> None:
    with pytest.raises(Refused) as refused:
        nearest("Kuis", "xyz", [f"latihan-panjang-{number:02}" for number in range(30)])

    assert str(refused.value).endswith("-08, latihan-panjang-09, dan 20 lagi.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("d62", ('Angkatan "d62" tidak ada', "Maksud Anda D26?")),
        ("xyz", ('Angkatan "xyz" tidak ada', "Yang ada: B27, D26.")),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_or_with_all(
    typed: str, said: tuple[str, str]
) -> None:
    assert nearest("Angkatan", " d26 ", ["D26", "B27"]) == "D26"
    with pytest.raises(Refused) as refused:
        nearest("Angkatan", typed, ["D26", "B27"])
    assert str(refused.value) == Contains(*said)


def test_only_a_module_that_says_so_is_taught_quietly(in_module: Callable[[str], None]) -> None:
    modules = sorted(path.parent.name for path in (ROOT / "modules").glob("*/index.md"))

    assert [name for name in modules if is_quiet(folder=ROOT / "modules" / name)] == [
        "03-perlindungan-anak"
    ]
    assert not is_quiet(folder=ROOT / "modules")
    assert not is_quiet(folder=Path("/"))
    in_module("03-perlindungan-anak")
    with pytest.raises(Refused, match=r"tanpa penghitung .*angkat tangan\.$"):
        refuse_where_quiet("penghitung", "Minta angkat tangan.")


def test_what_takes_the_focus_keeps_its_keys_in_jupyterlab() -> None:
    written = (
        '<p><a href="#x">a</a><input type="radio"><summary>s</summary><div class="scroll"'
        ' tabindex="0">t</div><span>u</span></p>'
    )

    assert with_own_keys(written).count(' data-lm-suppress-shortcuts="true"') == 4
    assert '<div class="scroll" tabindex="0" data-lm-suppress-shortcuts="true">' in with_own_keys(
        written
    )


def test_what_takes_the_focus_is_found_whatever_its_attributes_say() -> None:
    written = '<div title="lebih > kurang" tabindex="0">t</div><p title="tulis <a href>">u</p>'

    marked = with_own_keys(written)

    assert marked.count("data-lm-suppress-shortcuts") == 1
    assert 'tabindex="0" data-lm-suppress-shortcuts="true">t</div>' in marked
