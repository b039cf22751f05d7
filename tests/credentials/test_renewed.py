"""Renewed trust by the library, over the table of `renewed`.
The command and the page have tests of their own name.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.credentials.verification.copies import published_there
from psm_course.credentials.verification.trust import trusted
from psm_course.credentials.verification.verification import verify
from psm_course.errors import Refused
from tests.credentials.lists.publishings import FIRST, STRUCK, laid
from tests.credentials.renewed import Renewed, renewed_cases
from tests.credentials.signed import as_bytes


@pytest.mark.parametrize("case", renewed_cases(), ids=lambda case: case.id)
def test_the_library_says_what_the_table_says(case: Renewed) -> None:
    found = verify(case.given, trusted(case.copies), case.now).to_json()

    assert {name: found[name] for name in case.expected()} == case.expected()


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{}",
        as_bytes(FIRST["snapshot.json"])[:300],
        as_bytes({**FIRST["snapshot.json"], "keys": 1}),
    ],
)
def test_a_copy_with_a_broken_snapshot_is_refused_in_a_sentence(
    tmp_path: Path, broken: bytes
) -> None:
    (site,) = laid((FIRST,), tmp_path)
    (site / "snapshot.json").write_bytes(broken)

    with pytest.raises(Refused, match=r"bukan salinan.* snapshot\.json "):
        published_there(site)


def test_a_copy_whose_snapshot_nobody_of_its_office_signed_is_refused(tmp_path: Path) -> None:
    (site,) = laid(
        ({**FIRST, "snapshot.json": {**STRUCK["snapshot.json"], "version": 9}},), tmp_path
    )

    with pytest.raises(Refused, match="tidak ditandatangani kuncinya sendiri") as refused:
        published_there(site)

    assert "Ambil lagi dari situsnya" in str(refused.value)
