"""What a phone computes over a hand-in is what the office computes: by the modules as they are
written, on thousands of documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_course.domain.card import mac_key, pairing_proof
from psm_course.grading.submission import canonical, card_mac
from psm_course.registrar.answers.hand_in import receipt_code
from tests.site.unbundled import Modules, unbundled

CODES = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=17, max_size=17)
# Names are ids of quizzes and items. (Beyond the first plane JavaScript would sort them otherwise
# than Python.)
NAMES = st.text(st.characters(max_codepoint=0xD7FF), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(NAMES, inside, max_size=4),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(NAMES.filter(lambda name: name != "mac"), VALUES, max_size=6)


@pytest.fixture(scope="module")
def modules() -> Iterator[Modules]:
    with unbundled() as found:
        yield found


@pytest.mark.parametrize(
    "text",
    ["", "abc", "é😀" * 40, *("a" * size for size in (55, 56, 63, 64, 65, 119, 120, 1000, 10_000))],
)
def test_sha_256_is_the_published_one(modules: Modules, text: str) -> None:
    assert modules.call("sha256", text) == hashlib.sha256(text.encode()).hexdigest()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS, CODES, st.text(max_size=12))
def test_forms_codes_and_proofs_are_the_offices(
    modules: Modules, document: dict[str, Any], code: str, number: str
) -> None:
    key = mac_key(code)

    assert modules.call("canonical", document).encode() == canonical(document)
    assert modules.call("receiptCode", document) == receipt_code(canonical(document))
    assert modules.call("mac", code, document) == card_mac(key, document)
    assert modules.call("proof", code, number) == pairing_proof(key, number)
