"""Whatever is changed behind the office's back, `psm db check` names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from psm_course.settings import Settings
from psm_course.store.schema import metadata
from tests.databases import DATABASES
from tests.registrar.soundness.edits import EDITS, Edit
from tests.registrar.soundness.falsifying import falsify, said_of, written
from tests.registrar.soundness.schema_edits import SCHEMA_EDITS

pytestmark = pytest.mark.tampering
ROWS = ("UPDATE", "INSERT", "DELETE")
# Compared with many tables at once: another edit's sentence may stand in place of theirs.
ALONE = ("audit_", "log_", "record_document")
BOTH = pytest.mark.parametrize("address", DATABASES, indirect=True)


@BOTH
def test_an_office_that_nobody_falsified_is_sound(address: str, settings: Settings) -> None:
    assert said_of(address, settings) == []


def edits_of(database: str) -> list[Edit]:
    return [each for each in EDITS + SCHEMA_EDITS if each.only in ("", database)]


def groups(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits without a common table together; those of log, documents or schema by themselves."""
    made: list[tuple[set[str], list[Edit]]] = []
    for each in edits:
        tables = set(metadata.tables) & set(re.findall(r"\w+", " ".join(each.statements)))
        is_alone = (
            not tables
            or any(name.startswith(ALONE) for name in tables)
            or not each.statements[0].startswith(ROWS)
        )
        fitting = (
            next((group for taken, group in made if not taken & tables), None)
            if not is_alone
            else None
        )
        if fitting is None:
            made.append((set(metadata.tables) if is_alone else set(), fitting := []))
        fitting.append(each)
        next(taken for taken, group in made if group is fitting).update(tables)
    return [group for _, group in made]


@pytest.mark.parametrize("edit", edits_of("sqlite"), ids=lambda edit: edit.name)
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_every_edit_is_named(address: str, settings: Settings, edit: Edit) -> None:
    falsify(address, edit.statements)

    sentences = said_of(address, settings)
    assert [each for each in sentences if written(edit.said) in each] != [], sentences


@pytest.mark.parametrize(
    "edits",
    groups(edits_of("postgresql")),
    ids=lambda edits: f"{edits[0].name} and {len(edits) - 1} more",
)
@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_every_edit_is_named_on_a_server_too(
    address: str, settings: Settings, edits: list[Edit]
) -> None:
    """Several at once, of tables that have nothing to do with each other: a copy of the database
    and a check take their time there.
    """
    for edit in edits:
        falsify(address, edit.statements)

    sentences = said_of(address, settings)
    unnamed = [
        edit.name for edit in edits if not any(written(edit.said) in each for each in sentences)
    ]
    assert unnamed == [], sentences


def test_no_edit_is_left_out_on_a_server() -> None:
    edits = edits_of("postgresql")

    assert sorted(each.name for group in groups(edits) for each in group) == sorted(
        each.name for each in edits
    )
    assert len(groups(edits)) < len(edits) / 2
