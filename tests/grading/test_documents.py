"""Submission documents from a stream: one a line, one over many lines, or a list of them."""

from __future__ import annotations

import io
import json
from typing import Any

import orjson
import pytest

from psm_course.grading.documents import documents
from psm_course.grading.submission import LARGEST, NotASubmission, read_submission
from tests.builders import a_document

ONE, TWO, THREE = (a_document({"salam": "a"}, participant=f"D26-{number}") for number in (1, 2, 3))


def found(text: str | bytes) -> list[tuple[int, Any]]:
    raw = text.encode() if isinstance(text, str) else text
    return [(line, orjson.loads(document)) for line, document in documents(io.BytesIO(raw))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("\n\n", [], id="empty lines"),
        pytest.param(json.dumps(ONE), [(1, ONE)], id="one line without an end"),
        pytest.param(f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n", [(1, ONE), (2, TWO)], id="lines"),
        pytest.param(f"{json.dumps(ONE)}\r\n{json.dumps(TWO)}\r\n", [(1, ONE), (2, TWO)], id="lines from Windows"),
        pytest.param(f"\n{json.dumps(ONE)}\n\n{json.dumps(TWO)}", [(2, ONE), (4, TWO)], id="lines with empty ones between"),
        pytest.param(json.dumps(ONE, indent=2), [(1, ONE)], id="one document over many lines"),
        pytest.param(json.dumps([ONE, TWO, THREE]), [(1, ONE), (1, TWO), (1, THREE)], id="a list on one line"),
        pytest.param(json.dumps([ONE, TWO], indent=2), [(1, ONE), (1, TWO)], id="a list over many lines"),
        pytest.param("[]", [], id="an empty list"),
    ],
)
def test_documents_with_their_lines(text: str, expected: list[tuple[int, Any]]) -> None:
    assert found(text) == expected


def test_a_file_saved_by_windows_notepad_is_read() -> None:
    assert found(b"\xef\xbb\xbf" + json.dumps(ONE).encode()) == [(1, ONE)]


def test_a_broken_first_line_does_not_hide_the_others() -> None:
    text = f"rusak\n{json.dumps(TWO)}\n{json.dumps(THREE)}\n"

    lines = list(documents(io.BytesIO(text.encode())))

    assert [(line, document.strip()) for line, document in lines] == [
        (1, b"rusak"),
        (2, json.dumps(TWO).encode()),
        (3, json.dumps(THREE).encode()),
    ]


@pytest.mark.parametrize("megabytes", [2, 3, 5])
@pytest.mark.parametrize("first", [True, False], ids=["first", "in the middle"])
def test_a_line_that_is_too_large_is_one_refused_document_and_the_next_line_keeps_its_number(megabytes: int, first: bool) -> None:
    huge = b'"' + b"x" * (megabytes * LARGEST) + b'"\n'
    before = b"" if first else json.dumps(ONE).encode() + b"\n"
    text = before + huge + json.dumps(TWO).encode() + b"\n"

    lines = list(documents(io.BytesIO(text)))[0 if first else 1 :]

    assert [line for line, _ in lines] == ([1, 2] if first else [2, 3])
    with pytest.raises(NotASubmission, match="lebih besar dari 1 MB"):
        read_submission(lines[0][1])
    assert json.loads(lines[1][1]) == TWO


def test_a_broken_first_line_before_a_line_that_is_too_large_loses_and_shifts_nothing() -> None:
    text = b"rusak\n" + b'"' + b"x" * (5 * LARGEST) + b'"\n' + json.dumps(TWO).encode() + b"\n"

    lines = list(documents(io.BytesIO(text)))

    assert [line for line, _ in lines] == [1, 2, 3]
    assert json.loads(lines[-1][1]) == TWO


def test_lines_after_a_long_document_over_many_lines_are_not_lost() -> None:
    """More than 1 MB of one document, then another on its own line: whoever appended it did hand in."""
    long = json.dumps(ONE | {"catatan": ["x" * 1000] * 1100}, indent=1)

    found_lines = list(documents(io.BytesIO(f"{long}\n{json.dumps(TWO)}\n".encode())))

    assert json.loads(found_lines[-1][1]) == TWO
