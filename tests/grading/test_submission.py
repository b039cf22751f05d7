"""The submission document: what is accepted, and the sentence for each thing that is wrong."""

from __future__ import annotations

import hmac
import json
from typing import Any

import pytest
from dirty_equals import Contains
from hypothesis import given
from hypothesis import strategies as st

from psm_course.grading.submission import (
    LARGEST,
    NotASubmission,
    Submission,
    canonical,
    card_mac,
    check_submission,
    read_submission,
    without_mac,
)
from tests.builders import a_document


def refusal(line: bytes, quiz: str | None = None) -> str:
    with pytest.raises(NotASubmission) as refused:
        read_submission(line, quiz)
    return str(refused.value)


def test_submission_keeps_the_whole_document_as_it_came() -> None:
    document = a_document({"pak-j": "b"}, mac="a1", attempt=2, catatan="dari HP")

    submission = read_submission(json.dumps(document).encode(), "tes-akhir")

    assert submission == Submission("tes-akhir", "D26-017", "5f0c", {"pak-j": "b"}, 2, document)


def test_attempt_is_the_first_unless_written() -> None:
    assert check_submission(a_document()).attempt == 1


def test_times_digest_and_mac_may_be_missing() -> None:
    document = a_document({"pak-j": "b"})
    for name in ("digest", "started_at", "finished_at"):
        del document[name]

    assert check_submission(document).responses == {"pak-j": "b"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"", ("bukan JSON", "(baris 1, kolom 1)")),
        (b'{"format": "psm-sub', ("bukan JSON", "(baris 1, kolom 20)")),
        (b'{"a": \xe9}', ("bukan JSON", "(baris 1, kolom 1)")),
        (b"NaN", ("bukan JSON", "(baris 1, kolom 1)")),
        (b"[]", ("harus berupa objek JSON",)),
        (b'"psm-submission/1"', ("harus berupa objek JSON",)),
        (b"null", ("harus berupa objek JSON",)),
        (b"{}", ('"format" harus "psm-submission/1"',)),
        (b" " * (LARGEST + 1), ("lebih besar dari 1 MB",)),
    ],
    ids=[
        "nothing",
        "cut off",
        "not UTF-8",
        "NaN",
        "a list",
        "a text",
        "null",
        "an empty object",
        "too large",
    ],
)
def test_what_is_no_submission_at_all(line: bytes, said: tuple[str, ...]) -> None:
    assert refusal(line) == Contains(*said)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": "psm-submission/2"}, ('"format" harus "psm-submission/1"',)),
        ({"participant": ""}, ('"participant" harus ada', "teks")),
        ({"participant": "  "}, ('"participant" harus ada', "teks")),
        ({"participant": 17}, ('"participant" harus ada', "teks")),
        ({"participant": "D" * 201}, ('"participant"', "dari 200 huruf")),
        ({"id": None}, ('"id" harus ada', "teks")),
        ({"quiz": ["tes-akhir"]}, ('"quiz" harus ada', "teks")),
        ({"mac": 5}, ('"mac" harus berupa teks',)),
        ({"digest": {}}, ('"digest" harus berupa teks',)),
        ({"started_at": 1764000000}, ('"started_at" harus berupa',)),
        ({"responses": []}, ('"responses"', "jawaban per butir")),
        ({"responses": None}, ('"responses"', "jawaban per butir")),
        ({"responses": "b"}, ('"responses"', "jawaban per butir")),
        ({"attempt": 0}, ('"attempt"', "bulat mulai dari 1")),
        ({"attempt": -1}, ('"attempt"', "bulat mulai dari 1")),
        ({"attempt": 10_001}, ('"attempt"', "bulat mulai dari 1")),
        ({"attempt": 1.0}, ('"attempt"', "bulat mulai dari 1")),
        ({"attempt": True}, ('"attempt"', "bulat mulai dari 1")),
        ({"attempt": "1"}, ('"attempt"', "bulat mulai dari 1")),
        ({"attempt": None}, ('"attempt"', "bulat mulai dari 1")),
        ({"quiz": "tes-awal"}, ('kuis "tes-awal"', 'bukan "tes-akhir"')),
    ],
)
def test_each_wrong_field_has_its_sentence(changes: dict[str, Any], said: tuple[str, ...]) -> None:
    assert refusal(json.dumps(a_document() | changes).encode(), "tes-akhir") == Contains(*said)


@pytest.mark.parametrize(
    "written", [{"attempt": 1}, {"attempt": 10_000}, {"participant": "D" * 200}, {"mac": None}]
)
def test_what_is_as_large_or_as_little_as_it_may_be_is_read(written: dict[str, Any]) -> None:
    assert check_submission(a_document() | written).document == a_document() | written


def test_a_document_of_one_mebibyte_is_read_and_a_byte_more_is_not() -> None:
    line = json.dumps(a_document()).encode().ljust(LARGEST)

    assert (LARGEST, read_submission(line).id) == (1_048_576, "5f0c")
    assert refusal(line + b" ") == Contains("lebih besar dari 1 MB")


@pytest.mark.parametrize("name", ["participant", "id", "quiz"])
def test_a_sign_that_no_keyboard_has_is_refused(name: str) -> None:
    with pytest.raises(NotASubmission):
        check_submission(a_document() | {name: "D26\0"})


def test_without_a_quiz_in_mind_any_quiz_is_accepted() -> None:
    assert read_submission(json.dumps(a_document(quiz="tes-awal")).encode()).quiz == "tes-awal"


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_reading_fail_otherwise(line: bytes) -> None:
    with pytest.raises(NotASubmission):
        read_submission(line)


def test_a_card_signs_everything_but_its_own_signature_in_any_layout() -> None:
    document = a_document({"a": "1"})
    signed = hmac.digest(b"kunci", canonical(document), "sha256").hex()

    assert (
        card_mac(b"kunci", document)
        == card_mac(b"kunci", {"mac": "x", **dict(reversed(document.items()))})
        == signed
    )
    assert card_mac(b"lain", document) != signed
    assert card_mac(b"kunci", document | {"attempt": 2}) != signed
    assert without_mac(document | {"mac": "x"}) == canonical(document)
