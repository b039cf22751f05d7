"""The glossary: its words, where they stand in a text, and each mistake at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import read_course
from psm_course.content.glossary import GLOSSARY_FILE, Glossary, read_glossary
from tests.builders import a_course, edit, write
from tests.conftest import ROOT

TERMS = """\
terms:
  - {id: visum, term: visum et repertum, forms: [visum], \
meaning: Laporan dokter. Panjang., english: medical report, source: RSUI}
  - {id: rps, term: RPS, expansion: rumah perlindungan sosial, \
meaning: Rumah singgah., english: shelter, source: JPNN}
  - {id: psm, term: PSM, link: no, meaning: Relawan., english: volunteer, source: Permensos}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(a_course(tmp_path), GLOSSARY_FILE.as_posix(), TERMS)
    return tmp_path


def glossary(root: Path) -> Glossary:
    read, found = read_glossary(root)
    assert found == []
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Bawa ke RPS.", ["RPS"], id="an abbreviation"),
        pytest.param(
            "Surat visum et repertum, lalu visum",
            ["visum et repertum", "visum"],
            id="the longer form first",
        ),
        pytest.param("RPSX, S-RPS, RPS-1 dan divisum", [], id="not inside another word"),
        pytest.param("rps", [], id="not in other letters"),
        pytest.param("Anda PSM", [], id="not a word everybody knows"),
    ],
)
def test_words_are_found_in_running_text(root: Path, text: str, found: list[str]) -> None:
    places = glossary(root).found_in(text)

    assert [text[start:end] for start, end, _ in places] == found


def test_the_bubble_holds_the_expansion_and_the_first_sentence(root: Path) -> None:
    assert [term.short for term in glossary(root).terms] == [
        "Laporan dokter.",
        "Rumah perlindungan sosial. Rumah singgah.",
        "Relawan.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "id: rps",
            "id: visum",
            ('3:10: istilah "visum", id: ', '"visum" sudah dipakai'),
        ),
        (
            "term: RPS",
            "term: visum",
            ('3:5: istilah "rps": ', '"visum" sudah dijelaskan'),
        ),
        (
            ", source: JPNN",
            "",
            ('3:5: istilah "rps": ', 'belum ada "source"', "source: …"),
        ),
    ],
)
def test_mistake_is_said_at_its_line(root: Path, old: str, new: str, said: tuple[str, ...]) -> None:
    edit(root, GLOSSARY_FILE.as_posix(), old, new)

    place, *words = said
    assert [str(problem) for problem in read_course(root)[1]] == [
        Contains(f"modules/istilah.yml:{place}", *words)
    ]


def test_course_may_do_without_a_glossary(tmp_path: Path) -> None:
    assert read_glossary(a_course(tmp_path)) == (None, [])


def test_this_course_explains_every_abbreviation_of_the_field_guide() -> None:
    terms = {term.term for term in glossary(ROOT).terms}

    assert terms >= {
        "PPKS",
        "ABH",
        "AMPK",
        "ODGJ",
        "Puskesos",
        "UPTD PPA",
        "RPS",
        "TKSK",
        "DTSEN",
        "TPKS",
        "KDRT",
    }
