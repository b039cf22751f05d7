"""Our documents as linked data, compared with a JSON-LD processor over the contexts themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import Beside, badge
from psm_course.credentials.signing.linked_data import canonical_quads
from psm_course.credentials.signing.proof import FOR_WALLETS, proof_options
from tests.credentials.conftest import context_of
from tests.credentials.signed import KEY, OFFICE, POSITION, SIGNED, a_badge, a_record, status_lists

REACHED = {
    "url": "https://dinsos.depok.go.id",
    "email": "dinsos@depok.go.id",
    "image": "https://dinsos.depok.go.id/lambang.png",
}
TEXTS = st.text(
    st.characters(codec="utf-8", min_codepoint=0x20, exclude_characters="\x7f"), max_size=40
)


def by_pyld(document: Json) -> bytes:
    def load(address: str, _: object) -> Json:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": context_of(address),
        }

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return str(jsonld.normalize(document, options)).encode()


def unsigned(document: Json) -> Json:
    return {name: value for name, value in document.items() if name != "proof"}


def documents() -> Iterator[tuple[str, Json]]:
    yield "passed", badge(a_record(), OFFICE, POSITION)
    yield "attended", badge(a_record(kind="attended", score=None), OFFICE, POSITION)
    yield "expiring", badge(a_record(valid_until="2030-06-02"), OFFICE, POSITION)
    yield (
        "filled",
        badge(a_record(), OFFICE, POSITION, Beside("Hadir 80 %; lulus tes akhir.", REACHED)),
    )
    for document in status_lists(revoked=[1, 2]):
        yield document["id"].rpartition("/")[2], unsigned(document)
    yield (
        "options",
        {**proof_options(FOR_WALLETS, OFFICE.did, KEY, SIGNED), "@context": a_badge()["@context"]},
    )


@pytest.mark.parametrize(
    "document", [pytest.param(document, id=name) for name, document in documents()]
)
def test_every_document_says_what_a_processor_finds_in_it(document: Json) -> None:
    assert canonical_quads(document) == by_pyld(document)


@given(TEXTS, TEXTS, TEXTS)
def test_any_letters_are_written_as_a_processor_writes_them(
    name: str, course: str, criteria: str
) -> None:
    document = badge(a_record(name=name, course=course), OFFICE, POSITION, Beside(criteria))

    assert canonical_quads(document) == by_pyld(document)


def test_line_ends_are_escaped() -> None:
    document = {"id": "urn:x:1", "name": 'a\tb\nc\rd"e\\f\x01\x7f'}

    written = canonical_quads(document).decode()

    assert (
        written == '<urn:x:1> <https://schema.org/name> "a\\tb\\nc\\rd\\"e\\\\f\\u0001\\u007F" .\n'
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nik": "3276"}, 'linked data has no word "nik"'),
        ({"type": ["Sertifikat"]}, 'linked data has no type "Sertifikat"'),
        ({"id": "https://a.example/<b>"}, '"https://a.example/<b>" is no address'),
        ({"id": "satu"}, '"satu" is no address'),
        ({"name": 1.5}, "linked data of ours has no value 1.5"),
        ({"evidence": [{"name": "a"}, {"name": "a"}]}, "two nodes without an id say the same"),
    ],
)
def test_what_nobody_would_have_signed_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared below
        canonical_quads({**badge(a_record(), OFFICE, POSITION), **change})

    assert str(refused.value) == said
