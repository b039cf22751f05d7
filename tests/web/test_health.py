"""`/sehat`: 200 while the register answers, 503 when it does not; nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from psm_course.store.engine import Store
from tests.server import Server
from tests.web.conftest import Visitor


def test_it_says_whether_the_register_answers(client: Visitor) -> None:
    answered = client.get("/sehat")

    assert (answered.status_code, answered.text) == (200, "sehat\n")
    assert answered.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answered.headers


def test_it_says_that_the_register_is_gone(client: Visitor, store: Store, server: Server) -> None:
    with gone(store, server):
        answered = client.get("/sehat")

    assert (answered.status_code, answered.text) == (503, "register tidak menjawab\n")
    assert client.get("/sehat").status_code == 200


@contextmanager
def gone(store: Store, server: Server) -> Iterator[None]:
    """Nobody reaches the register while the block runs."""
    if store.engine.dialect.name == "sqlite":
        register = Path(str(store.engine.url.database))
        register.rename(register.with_suffix(".lain"))
        yield
        register.with_suffix(".lain").rename(register)
        return
    store.engine.dispose()
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("ALTER DATABASE register ALLOW_CONNECTIONS false")
        try:
            yield
        finally:
            connection.execute("ALTER DATABASE register ALLOW_CONNECTIONS true")
