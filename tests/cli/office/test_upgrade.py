"""`psm upgrade` at the keyboard, where the register is as new as the program."""

from __future__ import annotations

import json

from dirty_equals import Contains

from psm_course.store.migrating import HEAD
from tests.cli.conftest import Psm


def test_a_register_of_this_version_is_checked_and_left_as_it_is(signing: Psm) -> None:
    said = signing("upgrade", "--json")

    done = json.loads(said.out)
    assert (said.code, done["from"], done["to"], done["aside"]) == (0, HEAD, HEAD, None)
    assert done["backup"].endswith(".zip")


def test_where_nothing_was_upgraded_there_is_no_way_back(signing: Psm) -> None:
    said = signing("upgrade", "--back")

    assert said == (2, "", Contains("Tidak ada pembaruan", "dikembalikan"))
