"""`psm verify --site EARLIER --site LATER`:
over the table of renewed trust, the command says what the library says.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from psm_course.credentials.verification.trust import trusted
from psm_course.credentials.verification.verification import verify
from tests.cli.conftest import Psm
from tests.credentials.lists.publishings import laid
from tests.credentials.renewed import renewed_cases


def test_the_command_says_what_the_library_says(tmp_path: Path, psm: Psm) -> None:
    """By the day on which it runs; a folder with a broken snapshot it refuses."""
    found = {}
    for number, case in enumerate(renewed_cases()):
        handed = tmp_path / f"{number}.txt"
        handed.write_bytes(case.given)
        sites = [
            option
            for place in laid(case.copies, tmp_path / str(number))
            for option in ("--site", place)
        ]
        ran = psm("verify", handed, *sites, "--json")
        if ran.err:
            assert (ran.code, "bukan salinan situs penerbit" in ran.err) == (2, True)
            continue
        found[case.id] = (json.loads(ran.out), ran.code)

    expected = {
        case.id: verify(case.given, trusted(case.copies), datetime.now(UTC)).to_json()
        for case in renewed_cases()
        if case.id in found
    }
    assert {name: verdict for name, (verdict, _) in found.items()} == expected
    assert {
        name
        for name, (verdict, code) in found.items()
        if (code == 0) != (verdict["verdict"] == "valid")
    } == set()
    assert len(found) > 120
