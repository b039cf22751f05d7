"""Engines that share what SQLAlchemy has compiled:
a test opens a register of its own, and a command opens it anew.

Compiling the same statements for each took a good part of all the time. What is compiled is kept by
the dialect, so they share that too.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import URL, Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from psm_course.store import opening

_compiled = LRUCache[Any, Any](5_000)


@cache
def _dialect() -> Dialect:
    engine = create_engine("sqlite://")
    with engine.connect():  # a dialect learns the database's version by connecting
        pass
    engine.dispose()
    return engine.dialect


def engine_of(url: str | URL, **options: Any) -> Engine:
    """As SQLAlchemy makes it; of SQLite with what the others have compiled."""
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        engine.dialect, engine._compiled_cache = _dialect(), _compiled
    return engine


def share_compiled_statements() -> None:
    """From now on all SQLite registers of this process know what one of them has compiled."""
    opening.create_engine = engine_of  # type: ignore[attr-defined]
