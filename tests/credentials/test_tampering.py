"""The whole table of tampered certificates, through the library."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.credentials.formats.token import token_address
from psm_course.credentials.verification.verification import verify
from tests.credentials.signed import NOW, SITE, a_badge, a_token, as_bytes
from tests.credentials.tampering import NEVER, WORLDS, Case, answer, as_json, cases

CASES = cases()
USUAL = WORLDS["usual"].published()


@pytest.mark.parametrize(
    ("form", "least"),
    [
        ("json/", 500),
        ("token/", 400),
        ("pdf/", 15),
        ("png/", 15),
        ("key/", 32),
        ("status/", 40),
        ("age/", 35),
        ("listed/", 70),
    ],
)
def test_there_are_many_cases_of_every_form(form: str, least: int) -> None:
    assert sum(case.id.startswith(form) for case in CASES) >= least


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.verdict != NEVER], ids=lambda case: case.id
)
def test_the_verdict_is_the_one_written_in_the_table(case: Case) -> None:
    found = answer(case).to_json()

    assert {name: found[name] for name in case.expected()} == case.expected()
    assert found["reason"].endswith((".", "!", "?"))


def test_no_changed_byte_lets_a_record_through() -> None:
    let_through = [
        case.id for case in CASES if case.verdict == NEVER and answer(case).record is not None
    ]

    assert let_through == []


@given(st.data())
def test_no_flipped_bit_of_a_token_is_ever_valid(data: st.DataObject) -> None:
    genuine = a_token()
    bit = data.draw(st.integers(0, len(genuine) * 8 - 1))
    changed = bytearray(genuine)
    changed[bit // 8] ^= 1 << bit % 8

    found = answer(Case("", token_address(SITE, bytes(changed)).encode(), ""))

    assert (found.verdict in {"tampered", "unknown_issuer", "unreadable"}, found.record) == (
        True,
        None,
    )


@given(st.data())
def test_no_changed_letter_of_an_address_changes_what_is_shown(data: st.DataObject) -> None:
    genuine = token_address(SITE, a_token())
    at = data.draw(st.integers(genuine.index("#") + 1, len(genuine) - 1))
    letter = data.draw(st.characters(codec="utf-8", exclude_characters=genuine[at]))

    found = answer(Case("", (genuine[:at] + letter + genuine[at + 1 :]).encode(), ""))

    assert found.record is None or letter.isspace() or letter == "#"


@given(st.binary(max_size=300))
def test_no_rubbish_is_ever_more_than_unreadable(rubbish: bytes) -> None:
    for before in (b"", b"{", b"%PDF-1.7\n", SITE.encode() + b"/v#"):
        assert answer(Case("", before + rubbish, "")).verdict in {"unreadable", "unknown_issuer"}


@given(st.permutations(list(a_badge())))
def test_the_order_of_names_never_counts(order: list[str]) -> None:
    document = a_badge()

    assert (
        answer(Case("", as_bytes({name: document[name] for name in order}), "")).verdict == "valid"
    )


def test_text_may_be_given_as_text() -> None:
    for given_text in (token_address(SITE, a_token()), json.dumps(a_badge()), "halo", "\ud800"):
        raw = given_text.encode("utf-8", "surrogatepass")

        assert verify(given_text, USUAL, NOW) == verify(raw, USUAL, NOW)


def test_the_table_can_be_written_for_other_languages() -> None:
    table = json.loads(json.dumps(as_json()))

    assert [case["id"] for case in table["cases"]] == [case.id for case in CASES]
    assert {case["world"] for case in table["cases"]} <= {*table["worlds"]}
    assert [
        case["expected"]["verdict"]
        for case in table["cases"]
        if case["id"] == "token/same/as-printed"
    ] == ["valid"]
