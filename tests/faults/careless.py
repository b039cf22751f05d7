"""The office of `tests.load.office`, but careless: it answers before anything is on the disk. The
tools here must find what it loses.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, event

from tests.load import office


def forget_to_sync(connection: Connection) -> None:
    """What makes an office faster for as long as nothing happens."""
    if connection.dialect.name == "sqlite":
        connection.connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]
    else:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


if __name__ == "__main__":
    event.listen(Engine, "begin", forget_to_sync)
    office.main()
