"""One bit of the file, flipped by a bad disk or a careful hand: when any column or key then reads
differently, the check says so.

`make flips` flips thousands.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from psm_course.errors import StoreError
from psm_course.registrar.soundness.checking import check_register
from psm_course.settings import Settings
from psm_course.store.opening import open_store
from tests.builders import OFFICE
from tests.registrar.soundness.falsifying import everything_in

pytestmark = pytest.mark.tampering
# Outside the log (decision 0072): what is there may be thrown away, and a browser signs in again.
OUTSIDE = ("quarantine", "sign_in", "sign_in_failure")
PARTS = 4
FLIPS = int(os.environ.get("PSM_FLIPS", "128")) // PARTS


@pytest.mark.parametrize("part", range(PARTS))
def test_every_flip_that_changes_what_is_read_is_named(
    office_file: Path, settings: Settings, tmp_path: Path, part: int
) -> None:
    dense = without_gaps(office_file, tmp_path / "rapat.db")
    whole, before = dense.read_bytes(), everything_in(dense, OUTSIDE)
    random = Random(part)  # noqa: S311 - the same flips every time
    unnoticed, damaging = [], 0

    for _ in range(FLIPS):
        place, bit = random.randrange(len(whole)), random.randrange(8)
        flipped = with_flip(whole, place, bit, tmp_path / "register.db")
        is_damaging = everything_in(flipped, OUTSIDE) != before
        damaging += is_damaging
        if is_damaging and not is_noticed(flipped, settings):
            unnoticed.append((place, bit))

    assert unnoticed == []
    assert damaging > FLIPS / 4


def without_gaps(register: Path, to: Path) -> Path:
    """The register in small pages: in a small one of usual pages most flips would hit nothing."""
    shutil.copyfile(register, to)
    with closing(sqlite3.connect(to)) as connection:
        for pragma in (
            "PRAGMA journal_mode=DELETE",
            "PRAGMA page_size=512",
            "VACUUM",
            "PRAGMA journal_mode=WAL",
        ):
            connection.execute(pragma)
    return to


def with_flip(whole: bytes, place: int, bit: int, path: Path) -> Path:
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    changed = bytearray(whole)
    changed[place] ^= 1 << bit
    path.write_bytes(changed)
    return path


def is_noticed(path: Path, settings: Settings) -> bool:
    """In a sentence: of the check, or already of opening it. Any other exception fails the test."""
    try:
        with closing(open_store(path, OFFICE)) as store:
            return check_register(store, settings, everything=True).problems != ()
    except StoreError:
        return True
