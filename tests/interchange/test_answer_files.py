"""Files in which answers arrive: as text, from a chat, in a ZIP; and those that hold none."""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from dirty_equals import Contains
from hypothesis import given
from hypothesis import strategies as st

from psm_course.interchange.answer_files import Answers, answers_in
from tests.builders import a_document
from tests.register_builders import a_sheet

ONE, TWO = (
    json.dumps(a_document({"salam": "a"}, participant=f"D26-00{number}")).encode()
    for number in (1, 2)
)


def a_zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return packed.getvalue()


def all_in(name: str, content: bytes) -> list[Answers]:
    return list(answers_in(name, content))


def test_each_document_says_where_it_stands() -> None:
    chat = b"[24/11 09:12] Ibu Siti: " + ONE + b"\nterima kasih\n[24/11 09:14] Pak Ujang: " + TWO

    assert all_in("chat.txt", chat) == [
        Answers((("chat.txt:1", ONE), ("chat.txt:3", TWO)), other_lines=1)
    ]


def test_a_zip_is_read_file_by_file_whatever_else_is_in_it() -> None:
    packed = a_zip(
        **{
            "jawaban/satu.txt": ONE,
            "foto.jpg": b"\xff\xd8\0\x10",
            "__MACOSX/._satu.txt": b"\0",
            "dua.json": TWO,
        }
    )

    read = all_in("kelas.zip", packed)

    assert read == [
        Answers((("kelas.zip/satu.txt:1", ONE),)),
        Answers(troubles=read[1].troubles),
        Answers((("kelas.zip/dua.json:1", TWO),)),
    ]
    assert list(read[1].troubles) == [Contains("kelas.zip/foto.jpg: ", "bukan berkas teks")]


def test_a_word_or_excel_document_is_told_from_a_zip(tmp_path: Path) -> None:
    content = a_sheet(tmp_path / "jawaban.xlsx", ("Jawaban",)).read_bytes()

    (read,) = all_in("jawaban.xlsx", content)

    assert read == Answers(troubles=read.troubles)
    assert list(read.troubles) == [Contains("jawaban.xlsx: ", "dokumen Word atau Excel")]


def with_password(packed: bytes) -> bytes:
    """The same with the flag that says "encrypted", in the member's header and the directory."""
    changed = bytearray(packed)
    changed[6] |= 1
    changed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        pytest.param(a_zip(a=ONE)[:-30], "a.zip", "ZIP ini tidak utuh", id="cut"),
        pytest.param(
            a_zip(a=ONE * 9).replace(a_zip(a=ONE * 9)[40:60], b"x" * 20),
            "a.zip/a",
            "ini rusak",
            id="damaged",
        ),
        pytest.param(
            with_password(a_zip(a=ONE)), "a.zip/a", "berkata sandi. Minta tanpa", id="password"
        ),
        pytest.param(b"MZ\0\0", "a.zip", "bukan berkas teks", id="a program"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(content: bytes, place: str, said: str) -> None:
    (read,) = all_in("a.zip", content)

    assert read == Answers(troubles=read.troubles)
    assert list(read.troubles) == [Contains(f"{place}: ", said)]


def test_a_file_too_large_to_hold_is_not_unpacked() -> None:
    packed = a_zip(besar=b" " * (20 * 1024 * 1024 + 1), kecil=ONE)

    read = all_in("a.zip", packed)

    assert read == [Answers(troubles=read[0].troubles), Answers((("a.zip/kecil:1", ONE),))]
    assert list(read[0].troubles) == [Contains("a.zip/besar: ", "lebih besar dari 20 MB")]


@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 255))
def test_no_file_breaks_the_reader(content: bytes, at: int, byte: int) -> None:
    packed = bytearray(a_zip(a=ONE))
    packed[at % len(packed)] = byte

    for each in (content, bytes(packed), b"PK\x03\x04" + content):
        assert all(isinstance(answers, Answers) for answers in answers_in("x", each))
