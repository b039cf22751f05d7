"""Whatever is changed behind the office's back, `psm db check` names it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from psm_course.settings import Settings
from tests.databases import DATABASES
from tests.registrar.soundness.edits import EDITS, Edit
from tests.registrar.soundness.falsifying import falsify, said_of, written

pytestmark = pytest.mark.tampering
BOTH = pytest.mark.parametrize("address", DATABASES, indirect=True)


@BOTH
def test_an_office_that_nobody_falsified_is_sound(address: str, settings: Settings) -> None:
    assert said_of(address, settings) == []


def each_edit() -> Iterator[object]:
    for database in DATABASES:
        yield from (pytest.param(database, each, id=f"{each.name}-{database}") for each in EDITS if each.only in ("", database))


@pytest.mark.parametrize(("address", "edit"), list(each_edit()), indirect=["address"])
def test_every_edit_is_named(address: str, settings: Settings, edit: Edit) -> None:
    falsify(address, edit.statements)

    sentences = said_of(address, settings)
    assert [each for each in sentences if written(edit.said) in each] != [], sentences
