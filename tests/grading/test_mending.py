"""The text of a hand-in after WhatsApp: what was put in comes out; doubt is refused."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.grading.documents import documents_in
from psm_course.grading.mending import Mended, mend
from psm_course.grading.submission import NotASubmission, canonical, read_submission
from tests.builders import a_document

SITI = a_document(
    {"salam": "a", "kata": "Bu *Rini* 😀 bilang “ya”, _lalu_ `pulang`"}, participant="D26-001"
)
BUDI = a_document({"salam": "b"}, participant="D26-002")


def as_text(document: dict[str, Any]) -> str:
    """As the page writes it (`forMessages` in site/scripts/test/roads.js)."""
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return re.sub(
        r"[ *_~`'\x7f-\U0010ffff]",
        lambda found: "".join(f"\\u{unit:04x}" for unit in utf16(found[0])),
        written,
    )


def utf16(letter: str) -> list[int]:
    raw = letter.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]


ONE, TWO = as_text(SITI), as_text(BUDI)


def read(text: str) -> tuple[list[dict[str, Any]], int]:
    found = documents_in(text.encode())
    return [
        dict(read_submission(document).document) for _, document in found.documents
    ], found.other_lines


def wrapped(text: str, width: int, end: str = "\n") -> str:
    return end.join(text[at : at + width] for at in range(0, len(text), width))


def test_the_text_is_plain() -> None:
    assert re.fullmatch(r"[!-~]+", ONE)
    assert not re.search("[*_~`']", ONE)
    assert json.loads(ONE) == SITI


HALF = len(ONE) // 2


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        pytest.param(f"Jawaban tes-akhir D26-001 {ONE}", 0, id="as the page sends it"),
        pytest.param(wrapped(ONE, 40), 0, id="lines wrapped"),
        pytest.param(wrapped(ONE, 37, " \r\n  "), 0, id="wrapped and indented, from Windows"),
        pytest.param(ONE.replace('"', "”"), 0, id="smart quotes"),
        pytest.param("“".join(ONE.replace('"', "”").split("”")), 0, id="opening quotes everywhere"),
        pytest.param(
            f"[28/11 10.02] Siti: {ONE.replace(chr(34), '“')} makasih Bu 🙏",
            0,
            id="words and emoji behind it",
        ),
        pytest.param(
            f"\u200e[28/11/26 10.02.15] ~\u202fSiti N: \u200e{wrapped(ONE, 50)}\n\u200e[28/11/26"
            " 10.03.15] Bu Ani: ok 👍",
            1,
            id="from an iPhone",
        ),
        pytest.param(
            f"[28/11 10.02] Siti: {ONE[:HALF]}\n[28/11 10.02] Siti: {ONE[HALF:]}",
            0,
            id="two messages",
        ),
        pytest.param(
            f"[10.02, 28/11/2026] +62 812-3456-7890: {ONE[:HALF]}\n[10.02, 28/11/2026] +62"
            f" 812-3456-7890: {ONE[HALF:]}",
            0,
            id="of a number",
        ),
        pytest.param(
            f"28/11/26 10.02 - Siti: {ONE[:HALF]}\n28/11/26 10.03 - Siti: {ONE[HALF:]}",
            0,
            id="two of an exported chat",
        ),
        pytest.param(
            f"[11/28, 10:02 AM] Siti: {ONE[:HALF]}\n[11/28, 10:02 AM] Siti: {ONE[HALF:]}\n",
            0,
            id="two of an English phone",
        ),
        pytest.param(f"{ONE[:HALF]}\n{ONE[HALF:]}", 0, id="two without names"),
        pytest.param(
            f"[28/11 10.02] Siti: {ONE[:HALF]}\n[28/11 10.02] Siti: maaf Bu, ini"
            f" lanjutannya\n[28/11 10.03] Siti: {ONE[HALF:]}",
            1,
            id="words between",
        ),
        pytest.param(
            f"[28/11 10.02] Siti: {ONE[:HALF]}\n[28/11 10.02] Pak Budi: sudah Bu\nsaya {{ketua}}"
            f" juga\n[28/11 10.03] Siti: {ONE[HALF:]}",
            2,
            id="another's words between",
        ),
        *(
            pytest.param(
                f"[28/11 10.02] Siti: {ONE[:at]}\n[28/11 10.02] Siti: {ONE[at:]}",
                0,
                id=f"cut at {at}",
            )
            for at in range(12, len(ONE) - 1, 7)
        ),
    ],
)
def test_what_whatsapp_did_to_a_hand_in_is_undone(text: str, passed: int) -> None:
    found = read(text)

    assert found == ([SITI], passed)


def test_a_mended_document_says_where_each_of_its_pieces_stands() -> None:
    first, behind = f"{ONE[:HALF]}\n", " makasih Bu"
    text = f"{first}  \u200e{ONE[HALF:]}{behind}"

    assert mend(text, 0) == Mended(ONE, ((0, HALF), (len(first), len(text) - len(behind))))
    assert mend(text, 1) is None


def test_two_people_whose_messages_cross_each_get_their_own() -> None:
    half = len(TWO) // 3
    chat = (
        f"[28/11 10.02] Siti: {wrapped(ONE[:HALF], 50)}\n[28/11 10.02] Budi: Jawaban tes-akhir"
        f" D26-002 {TWO[:half]}\n[28/11 10.02] Siti: {wrapped(ONE[HALF:], 50)}\n[28/11 10.03] Budi:"
        f" {TWO[half:]}\nterima kasih\n"
    )

    assert read(chat) == ([SITI, BUDI], 1)


def test_a_whole_one_between_two_halves_is_its_senders() -> None:
    chat = (
        f"[28/11 10.02] Siti: {ONE[:HALF]}\n[28/11 10.02] Budi: {TWO}\n[28/11 10.03] Siti:"
        f" {ONE[HALF:]}"
    )

    assert read(chat) == ([SITI, BUDI], 0)


def test_the_mended_document_has_the_receipt_code_of_the_one_on_the_phone() -> None:
    ((line, document),) = documents_in(
        f"Halo Bu\n{wrapped(ONE.replace(chr(34), '„'), 30)}".encode()
    ).documents

    assert line == 2
    assert canonical(json.loads(document)) == canonical(SITI)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(f"[28/11 10.02] Siti: {ONE[:HALF]}", "bukan JSON yang utuh", id="half of it"),
        pytest.param(
            f"[28/11 10.02] Siti: {ONE[:HALF]}… Baca selengkapnya",
            "terpotong di Baca selengkapnya",
            id="folded by WhatsApp",
        ),
        pytest.param(
            f"[28/11 10.02] Siti: {ONE[:HALF]}... Read more\n",
            "terpotong di Baca selengkapnya",
            id="folded in English",
        ),
        pytest.param(
            f"[28/11 10.02] Siti: {ONE[:HALF]}\n[28/11 10.02] Budi: {ONE[HALF:]}",
            "bukan JSON yang utuh",
            id="the rest is another's",
        ),
        pytest.param(
            wrapped(json.dumps(SITI, ensure_ascii=False), 40),
            "bukan JSON yang utuh",
            id="spaces of its own",
        ),
    ],
)
def test_what_cannot_be_known_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    documents = documents_in(text.encode()).documents

    for each, expected in zip(documents, (sentence, "format|bukan JSON"), strict=False):
        with pytest.raises(NotASubmission, match=expected):
            read_submission(each[1])
    assert documents != ()


def test_after_one_that_was_broken_off_the_senders_next_is_whole() -> None:
    documents = documents_in(
        f"[28/11 10.02] Siti: {ONE[:HALF]}\n[28/11 10.05] Siti: {wrapped(ONE, 40)}".encode()
    ).documents

    assert [json.loads(document) for _, document in documents[1:]] == [SITI]
    assert documents[0][1].decode() == ONE[:HALF]


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters=':\n\r"{}“”„‟'), min_size=1, max_size=12
).filter(str.strip)


@given(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.lists(st.integers(12, 5000), max_size=6),
    NAMES,
)
def test_any_answer_survives_any_cut_into_messages_of_one_person(
    answer: str, cuts: list[int], name: str
) -> None:
    document = a_document({"kata": answer}, participant="D26-001")
    text = as_text(document)
    places = [0, *sorted({cut % len(text) for cut in cuts} - set(range(12))), len(text)]
    chat = "".join(
        f"[28/11 10.02] {name}: {text[a:b].replace(chr(34), '“')}\n" for a, b in pairwise(places)
    )

    assert read(chat) == ([document], 0)
