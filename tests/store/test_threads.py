"""What a module of the store keeps is ready before two threads ask for it at the same moment."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from sqlalchemy import FromClause, Table

import psm_course.store
from psm_course.store.rows import second
from psm_course.store.schema import attempt


def kept_by_modules() -> dict[str, FromClause]:
    """Tables under another name that modules of the store keep, by where they stand."""
    names = [
        each.name
        for each in pkgutil.walk_packages(psm_course.store.__path__, "psm_course.store.")
        if ".migrations" not in each.name
    ]
    kept = [(name, vars(importlib.import_module(name))) for name in names]
    found = ((f"{name}.{key}", value) for name, those in kept for key, value in those.items())
    return {
        where: value
        for where, value in found
        if isinstance(value, FromClause) and not isinstance(value, Table)
    }


def test_there_are_some() -> None:
    assert "psm_course.store.answers.attempts._other" in kept_by_modules()


@pytest.mark.parametrize("where", list(kept_by_modules()))
def test_its_columns_are_made(where: str) -> None:
    """Made when first asked for, two threads get different ones: a page of the desk was answered
    503 in a full hall.
    """
    assert kept_by_modules()[where]._cols_populated


def test_an_alias_alone_has_none_yet() -> None:
    assert not attempt.alias()._cols_populated
    assert second(attempt)._cols_populated
