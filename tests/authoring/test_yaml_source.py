"""Files whose very bytes are odd, and the promise that text is never guessed.
Mistakes in ordinary YAML are in `bad/`.
"""

from __future__ import annotations

import re
from dataclasses import astuple
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.authoring.yaml_source import Source, read_file, read_text
from psm_course.content.quiz_files.reading import read_quiz

GOOD = Path(__file__).parents[1] / "content" / "good"

QUIZ = """\
id: latihan
title: Latihan – salam
use: practice
items:
  - {id: salam, type: text, prompt: "Tulis satu kata.", accept: [relawan]}
"""


def a_file(folder: Path, raw: bytes) -> Path:
    file = folder / "kuis.yml"
    file.write_bytes(raw)
    return file


def messages(file: Path) -> list[str]:
    return [str(problem) for problem in read_quiz(file, "kuis.yml").problems]


# ---- text is never guessed -----------------------------------------------------------------------


def test_words_that_other_readers_turn_into_values_stay_text() -> None:
    quiz = read_quiz(GOOD / "text-is-never-guessed.yml").quiz

    assert quiz is not None
    assert (quiz.header.id, quiz.header.title) == ("010", "2027-06-01")
    assert quiz.items[0].prompt == "null"
    assert [(choice["id"], choice["text"]) for choice in quiz.items[0].question()["choices"]] == [
        ("yes", "no"),
        ("on", "12:30"),
        ("1", "010"),
        ("1.0", "1.10"),
        ("0x1F", "yes"),
        ("y", "~"),
        ("n", "1e3"),
        ("o", ".inf"),
        ("p", "2027-06-01"),
        ("q", "="),
        ("r", "1_000"),
    ]


def test_every_value_keeps_its_line_and_column() -> None:
    source = read_text("a: no\nb:\n  - x\n  - c: 010\n", Source("kuis.yml"))

    assert source.tree == {"a": "no", "b": ["x", {"c": "010"}]}
    assert source.positions == {
        (): (1, 1),
        ("a",): (1, 4),
        ("b",): (3, 3),
        ("b", 0): (3, 5),
        ("b", 1): (4, 5),
        ("b", 1, "c"): (4, 8),
    }
    assert source.key_positions == {("a",): (1, 1), ("b",): (2, 1), ("b", 1, "c"): (4, 5)}


# ---- bytes ---------------------------------------------------------------------------------------


def test_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    windows = a_file(tmp_path, b"\xef\xbb\xbf" + QUIZ.replace("\n", "\r\n").encode())
    unix = tmp_path / "unix.yml"
    unix.write_text(QUIZ, encoding="utf-8")

    read = read_quiz(windows)

    assert read.problems == ()
    assert read.quiz == read_quiz(unix).quiz


def test_positions_are_right_after_a_byte_order_mark(tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        b"\xef\xbb\xbf"
        + QUIZ.replace("\n", "\r\n").replace("use: practice", "use: latihan").encode(),
    )

    assert messages(file) == [
        Contains('kuis.yml:3:6: use: "latihan"', ": practice, pretest, posttest, bank")
    ]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        pytest.param(b"id: latihan\ntitle: caf\xe9\n", "2:11", id="latin-1"),
        pytest.param(QUIZ.encode("utf-16"), "1:1", id="utf-16"),
        pytest.param(
            "title: Latihan – caf".encode() + b"\xe9\n",
            "1:21",
            id="latin-1 after a longer UTF-8 letter",
        ),
        pytest.param(
            b"\xef\xbb\xbfid: latihan\n\xe9\n", "2:1", id="latin-1 after a byte order mark"
        ),
    ],
)
def test_another_encoding_is_named_where_it_begins(tmp_path: Path, raw: bytes, place: str) -> None:
    assert messages(a_file(tmp_path, raw)) == [
        Contains(f"kuis.yml:{place}: ", "bukan UTF-8", "Latin-1 atau UTF-16", " - simpan ulang")
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_refused(tmp_path: Path, encoding: str) -> None:
    file = a_file(tmp_path, "id: latihan\n".encode(encoding))

    (message,) = messages(file)

    assert message == Contains("karakter kendali", " - hapus lalu ketik ulang")


def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    file = a_file(tmp_path, b"- a\n" * 2_500_000)

    assert messages(file) == [
        Contains("kuis.yml:1:1: ", "lebih besar dari 1 MB", " - pecah menjadi beberapa")
    ]


def test_thousands_of_brackets_are_refused_at_once(tmp_path: Path) -> None:
    file = a_file(tmp_path, b"[" * 900_000)

    assert messages(file) == [Contains("kuis.yml:1:1: ", "bukan berkas kuis", " - periksa isinya")]


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"\xef\xbb\xbf", b"---\n", b"# hanya catatan\n", b'""']
)
def test_nothing_at_all_is_an_empty_file(tmp_path: Path, raw: bytes) -> None:
    assert messages(a_file(tmp_path, raw)) == [
        Contains("kuis.yml:1:1: ", "berkas ini kosong", "halaman format kuis")
    ]


def test_a_missing_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    source = read_file(tmp_path / "tidak-ada.yml", "tidak-ada.yml")

    assert source.tree is None
    assert [astuple(problem) for problem in source.problems] == [
        (
            "tidak-ada.yml",
            1,
            1,
            "error",
            "",
            Contains("tidak dapat dibuka"),
            Contains("nama dan izin"),
        )
    ]


# ---- escapes that make no text -------------------------------------------------------------------


@pytest.mark.parametrize(
    "escape",
    [
        pytest.param(r"\UFFFFFFFF", id="beyond Unicode"),
        pytest.param(r"\ud800", id="half a character, which no page and no digest can hold"),
        pytest.param(r"\0", id="a control character, which is refused when typed as well"),
    ],
)
def test_escape_that_makes_no_text_is_a_problem_on_its_line(tmp_path: Path, escape: str) -> None:
    file = a_file(tmp_path, QUIZ.replace("Tulis satu kata.", f"Tulis {escape}").encode())

    read = read_quiz(file, "kuis.yml")

    assert [problem.line for problem in read.problems] == [5]
    assert read.quiz is None


# ---- no English ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a: **tebal**\n",
        "a: & b\n",
        "a: - b\n",
        "a: ? b\n",
        "a: | teks\n  b\n",
        "a: >5x\n  b\n",
        "a: !<x\n",
        "a: !!\n",
        'a: "b\n---\nc"\n',
        "{a: b}}\n",
        "a: b\n...\nc\n",
        "% a\n",
        "%YAML 2.0\n---\na: b\n",
        "a: 'it's'\n",
        "a: [b: c: d]\n",
        'a: "\\x1"\n',
        "a: @b\n",
        "a: {b: c\n",
        "- a\nb: c\n",
    ],
)
def test_the_yaml_reader_never_speaks_english_to_an_author(text: str) -> None:
    source = read_text(text, Source("kuis.yml"))

    assert len(source.problems) == 1
    assert not re.search(
        r"\b(found|expected|allowed|character|document|required)\b", str(source.problems[0])
    )
