"""Submission documents from a stream: one a line, one over many lines, or a list of them."""

from __future__ import annotations

import io
import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.grading.documents import documents, documents_in, documents_together
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
        pytest.param(
            f"{json.dumps(ONE)}\r\n{json.dumps(TWO)}\r\n",
            [(1, ONE), (2, TWO)],
            id="lines from Windows",
        ),
        pytest.param(
            f"\n{json.dumps(ONE)}\n\n{json.dumps(TWO)}",
            [(2, ONE), (4, TWO)],
            id="lines with empty ones between",
        ),
        pytest.param(json.dumps(ONE, indent=2), [(1, ONE)], id="one document over many lines"),
        pytest.param(
            json.dumps([ONE, TWO, THREE]), [(1, ONE), (1, TWO), (1, THREE)], id="a list on one line"
        ),
        pytest.param(
            json.dumps([ONE, TWO], indent=2), [(1, ONE), (1, TWO)], id="a list over many lines"
        ),
        pytest.param("[]", [], id="an empty list"),
    ],
)
def test_documents_with_their_lines(text: str, expected: list[tuple[int, Any]]) -> None:
    assert found(text) == expected


def test_a_file_saved_by_windows_notepad_is_read() -> None:
    assert found(b"\xef\xbb\xbf" + json.dumps(ONE).encode()) == [(1, ONE)]


@pytest.mark.parametrize(
    ("padding", "count", "sizes"),
    [
        (0, 0, []),
        (0, 512, [512]),
        (0, 513, [512, 1]),
        (LARGEST // 2, 5, [2, 2, 1]),
        (LARGEST + 1, 2, [1, 1]),
    ],
)
def test_documents_come_some_hundred_at_a_time_and_fewer_where_they_are_large(
    padding: int, count: int, sizes: list[int]
) -> None:
    lines = (b'{"a":1}' + b" " * padding + b"{}\n") * count

    assert [len(some) for some in documents_together(io.BytesIO(lines))] == sizes


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
def test_a_line_that_is_too_large_is_one_refused_document_and_the_next_line_keeps_its_number(
    megabytes: int, first: bool
) -> None:
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
    """More than 1 MB of one document, then another on its own line: who added it did hand in."""
    long = json.dumps(ONE | {"catatan": ["x" * 1000] * 1100}, indent=1)

    found_lines = list(documents(io.BytesIO(f"{long}\n{json.dumps(TWO)}\n".encode())))

    assert json.loads(found_lines[-1][1]) == TWO


# ---- out of a text with other things around them -------------------------------------------------

FIRST, SECOND = (json.dumps(each, ensure_ascii=False) for each in (ONE, TWO))


@pytest.mark.parametrize(
    ("text", "expected", "passed"),
    [
        pytest.param("", [], 0, id="nothing"),
        pytest.param(FIRST, [(1, FIRST)], 0, id="a document alone"),
        pytest.param(
            f"{FIRST}\r\n\r\n{SECOND}\r\n", [(1, FIRST), (3, SECOND)], 0, id="lines from Windows"
        ),
        pytest.param(
            f"[24/11 09:12] Ibu Siti: {FIRST}", [(1, FIRST)], 0, id="after the sender's name"
        ),
        pytest.param(
            f"24/11/26 09.12 - Bu Siti: ini ya Bu {FIRST} makasih",
            [(1, FIRST)],
            0,
            id="words on both sides",
        ),
        pytest.param(
            f"[24/11] A: pagi Bu {{semangat}}\n[24/11] A: {FIRST}\nterima kasih\n\n[24/11] B:"
            f" {SECOND}",
            [(2, FIRST), (5, SECOND)],
            2,
            id="a chat",
        ),
        pytest.param(
            f"{FIRST}{SECOND}", [(1, FIRST), (1, SECOND)], 0, id="two without anything between"
        ),
        pytest.param(f"[{FIRST},\n {SECOND}]", [(1, FIRST), (2, SECOND)], 0, id="a list"),
        pytest.param(
            f"Halo\n{json.dumps(ONE, indent=2)}\n{SECOND}",
            [(2, json.dumps(ONE, indent=2)), (14, SECOND)],
            1,
            id="over many lines",
        ),
        pytest.param(
            f"{FIRST[:60]}\n{SECOND}",
            [(1, FIRST[:60]), (2, SECOND)],
            0,
            id="one broken off before another",
        ),
        pytest.param(
            f"A: {FIRST[:60]} B: {SECOND}",
            [(1, f"{FIRST[:60]} B: "), (1, SECOND)],
            0,
            id="both on one line",
        ),
        pytest.param(
            f"{{“format”: “x”}}\n{SECOND}",
            [(1, "{“format”: “x”}"), (2, SECOND)],
            0,
            id="quotation marks changed on the way",
        ),
        pytest.param("selamat pagi\n\n...\nBu {apa kabar}", [], 2, id="a chat without answers"),
        pytest.param(f"{'[' * 5000}\n{FIRST}", [(2, FIRST)], 0, id="brackets"),
        pytest.param(
            '{"a":' * 5000 + f"\n{FIRST}",
            [(1, '{"a":' * 5000), (2, FIRST)],
            0,
            id="nested without end",
        ),
    ],
)
def test_documents_in_a_pasted_text(
    text: str, expected: list[tuple[int, str]], passed: int
) -> None:
    found_here = documents_in(text.encode())

    assert [(line, document.decode()) for line, document in found_here.documents] == expected
    assert found_here.other_lines == passed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_saved_by_windows_is_read(encoding: str) -> None:
    text = f"\ufeffBu Siti: {FIRST}" if encoding[-2:] in {"le", "be"} else f"Bu Siti: {FIRST}"

    assert documents_in(text.encode(encoding)).documents == ((1, FIRST.encode()),)


def test_bytes_that_are_no_text_stay_as_they_are_and_the_document_is_refused() -> None:
    ((_, document),) = documents_in(FIRST.encode().replace(b"salam", b"sa\xfflam")).documents

    assert document == FIRST.encode().replace(b"salam", b"sa\xfflam")
    with pytest.raises(NotASubmission, match="bukan JSON yang utuh"):
        read_submission(document)


def test_changed_quotation_marks_are_named_as_the_reason() -> None:
    with pytest.raises(NotASubmission, match="tanda kutipnya sudah diubah"):
        read_submission(FIRST.replace('"', "”").encode())


@given(
    st.lists(
        st.one_of(
            st.sampled_from([FIRST, SECOND, FIRST[:50], "{", "}", '{"', "\n", "[", ",", "{“a”"]),
            st.text(max_size=8),
        )
    )
)
def test_whatever_stands_around_them_whole_documents_on_lines_of_their_own_are_found(
    around: list[str],
) -> None:
    """Other lines may be anything that opens no brace: an open one may swallow what follows, which
    then is refused and said.
    """
    noise = "".join(around).replace("{", "(").replace("\r", "")

    found_here = documents_in(
        f"{noise}\n{FIRST}\n{noise}\n{SECOND}\n{noise}".encode("utf-8", "surrogatepass")
    )

    assert [document.decode() for _, document in found_here.documents] == [FIRST, SECOND]


@given(
    st.lists(
        st.sampled_from(
            [
                FIRST,
                SECOND,
                FIRST[:50],
                "{",
                "}",
                '{"',
                '{"a": ',
                "\n",
                "[",
                "]",
                ",",
                "“",
                "Bu",
                '"',
            ]
        ),
        max_size=12,
    )
)
def test_no_beginning_of_a_document_is_passed_over_in_silence(parts: list[str]) -> None:
    """Whole, broken off or swallowed by something open before it: it is in what is given, to be
    kept or refused with a sentence.
    """
    text = "".join(parts)

    given_out = [document.decode() for _, document in documents_in(text.encode()).documents]

    assert text.count('{"format"') == sum(document.count('{"format"') for document in given_out)
