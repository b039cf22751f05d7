"""Passages and sentences: what counts as one, where it stands, and what is not prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.checking.prose import lesson_passages, page_passages, sentences, words
from psm_course.content.lessons import read_lesson
from tests.builders import a_notebook, code_cell, markdown_cell, write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu dua. Tiga empat lima!", [2, 3]),
        ('Ia berkata, "Boleh cerita?" Bu Rini duduk.', [4, 3]),
        ("Temui dr. Ani di Jl. Margonda No. 5.", [8]),
        ("Pukul 07.30 ia datang", [4]),
        ("Pilih: (1) satu dua; (2) tiga empat.", [1, 3, 3]),
        ("Semua warga (UU 14/2019 Pasal 1 angka 1) berhak.", [3]),
        ("Semua warga (juga anak) berhak.", [5]),
        ("", []),
    ],
)
def test_words_of_each_sentence(text: str, expected: list[int]) -> None:
    lengths = [sentence.words for sentence in sentences(text)]

    assert lengths == expected


def test_a_phrase_is_no_sentence() -> None:
    found = sentences('Tanggal. Siapa yang ditemui? "Ya." Tujuan')

    assert [sentence.closed for sentence in found] == [True, True, True, False]


def test_doubled_word_is_one_word() -> None:
    assert words("Anak-anak bermain-main, 3 × 24 jam.") == [
        "Anak-anak",
        "bermain-main",
        "3",
        "24",
        "jam",
    ]


PAGE = """\
# Judul

Satu **tebal**
dua.

> Kata undang-undang.

- butir `kode`

| kiri | kanan |
|---|---|
| a b | c d |

```{bantuan}
```

## Sumber

UU 14/2019
"""


def test_passages_of_a_page() -> None:
    found = [
        (passage.line, passage.kind, passage.section, passage.text)
        for passage in page_passages("x.md", PAGE)
    ]

    assert found == [
        (1, "heading", "Judul", "Judul"),
        (3, "text", "Judul", "Satu tebal\ndua."),
        (6, "quote", "Judul", "Kata undang-undang."),
        (8, "text", "Judul", "butir kode"),
        (10, "table", "Judul", "kiri"),
        (10, "table", "Judul", "kanan"),
        (12, "table", "Judul", "a b"),
        (12, "table", "Judul", "c d"),
        (17, "heading", "Sumber", "Sumber"),
        (19, "text", "Sumber", "UU 14/2019"),
    ]
    assert [passage.bold for passage in page_passages("x.md", PAGE)][1] == ("tebal",)


def test_passages_of_a_lesson(tmp_path: Path) -> None:
    """Trainers' cells are marked; imports,
    docstrings and single words of code are not prose; a source is a source.
    """
    code = (
        '"""Untuk pembaca kode."""\njumlah = 3\ntabel("Siapa apa", ["PSM", f"hadir {jumlah}'
        ' orang"], sumber="UU 11/2009 saja")\nkuis("latihan")'
    )
    file = write(
        tmp_path,
        "a.ipynb",
        a_notebook(
            markdown_cell("judul", "# Judul"),
            markdown_cell("pelatih", "Untuk pelatih.", "trainer"),
            code_cell("impor", 'x = "tidak dibaca siapa pun"', "remove-cell"),
            code_cell("tabel", code, "remove-input"),
        ),
    )
    lesson, _ = read_lesson(file, "a.ipynb")
    assert lesson

    assert [
        (passage.kind, passage.section, passage.for_trainers, passage.cell, passage.text)
        for passage in lesson_passages(lesson)
    ] == [
        ("heading", "Judul", False, 0, "Judul"),
        ("text", "Judul", True, 1, "Untuk pelatih."),
        ("table", "Judul", False, 3, "Siapa apa"),
        ("table", "Judul", False, 3, "hadir 0 orang"),
        ("table", "Sumber", False, 3, "UU 11/2009 saja"),
    ]


def test_code_that_does_not_parse_holds_no_prose(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "a.ipynb",
        a_notebook(markdown_cell("judul", "# Judul"), code_cell("rusak", "tabel('satu dua'")),
    )
    lesson, _ = read_lesson(file, "a.ipynb")
    assert lesson

    assert [passage.text for passage in lesson_passages(lesson)] == ["Judul"]
