"""What somebody can do who has the file, or is the server's own superuser: everything, also what no
program of ours would do.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text, update

from psm_course.credentials.log.merkle import leaf_hash, root_of
from psm_course.registrar.soundness.checking import check_register
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.ledger import Line, entry_of, key_of, row_digest
from psm_course.store.opening import open_server, open_store
from psm_course.store.schema import UNLOGGED, audit_event, log_entry, log_node, metadata
from psm_course.store.tree import WIDTH
from tests.builders import OFFICE
from tests.registrar.soundness import office

_OF_THE_OFFICE = "FROM (SELECT code AS office FROM office) AS office_code"
_PEOPLE = {
    name: value for name, value in vars(office).items() if name.isupper() and isinstance(value, str)
}


def written(text_: str) -> str:
    """A statement, or a sentence, with the numbers of the people it names."""
    for name, number in _PEOPLE.items():
        text_ = text_.replace(f"{{{name}}}", number)
    return text_.replace("FROM office_code", _OF_THE_OFFICE)


@contextmanager
def unguarded(address: str) -> Iterator[Connection]:
    """A connection on which nothing is refused, while the block runs: the triggers are back
    afterwards, and nothing says they were away.
    """
    engine = create_engine(address)
    _let_everything_pass(engine)
    try:
        with engine.begin() as connection:
            guards = _take_away(connection)
            yield connection
            for sql in guards:
                connection.exec_driver_sql(sql)
    finally:
        engine.dispose()


def _let_everything_pass(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        event.listen(
            engine,
            "begin",
            lambda connection: connection.exec_driver_sql(
                "SET LOCAL session_replication_role = replica"
            ),
        )


def _take_away(connection: Connection) -> list[str]:
    """SQLite has no such setting: its triggers are dropped; it ignores foreign keys by itself."""
    if connection.dialect.name != "sqlite":
        return []
    guards = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).all()
    for name, _ in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in guards]


def falsify(address: str, statements: Sequence[str]) -> None:
    """Rows are changed with the triggers away; statements about triggers are done as written."""
    if (
        not statements[0].startswith(("UPDATE", "INSERT", "DELETE"))
        or "sqlite_stat1" in statements[0]
    ):
        engine = create_engine(address)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()
        return
    with unguarded(address) as connection:
        for statement in statements:
            connection.execute(text(written(statement)))


# ---- the log, rewritten by somebody who knows how it is made -------------------------------------


def rewrite_log(connection: Connection) -> None:
    """Make the log fit whatever the rows now say, from end to end: lines, entries, nodes."""
    newest = {}
    for table in metadata.sorted_tables:
        if table.name not in UNLOGGED:
            for row in connection.execute(select(table)).mappings():
                newest[table.name, key_of(table, dict(row))] = row_digest(table, dict(row))
    lines = [
        dict(row)
        for row in connection.execute(select(log_entry).order_by(log_entry.c.event)).mappings()
    ]
    last = {(line["table"], line["key"]): line["event"] for line in lines}
    for line in lines:
        key = line["table"], line["key"]
        if last[key] == line["event"]:
            line["digest"] = newest.pop(key, None)
    end = max(line["event"] for line in lines)
    of = lines[0]["office"]
    lines += [
        {"office": of, "event": end, "table": table, "key": key, "digest": digest}
        for (table, key), digest in newest.items()
    ]
    connection.execute(log_entry.delete())
    connection.execute(insert(log_entry), lines)
    _reseal(connection, lines)


def _reseal(connection: Connection, lines: Sequence[dict[str, Any]]) -> None:
    entries = []
    for row in connection.execute(select(audit_event).order_by(audit_event.c.id)).mappings().all():
        body = {name: row[name] for name in ("office", "id", "at", "actor", "verb", "subject")} | {
            "detail": json.loads(row["detail"])
        }
        mine = [
            Line(line["table"], line["key"], line["digest"])
            for line in lines
            if line["event"] == row["id"]
        ]
        entries.append(entry_of(row["salt"], body, mine))
        connection.execute(
            update(audit_event).where(audit_event.c.id == row["id"]).values(entry=entries[-1])
        )
    for node in connection.execute(select(log_node.c["index"]).where(log_node.c.level == 1)).all():
        leaves = map(leaf_hash, entries[node[0] * WIDTH : (node[0] + 1) * WIDTH])
        connection.execute(
            update(log_node)
            .where(log_node.c.level == 1, log_node.c["index"] == node[0])
            .values(hash=root_of(leaves))
        )


def cut_newest(connection: Connection, count: int) -> None:
    """Undo the newest events as if they had never been: with every row that they wrote first, and
    the log as it was before.
    """
    last = int(connection.execute(text("SELECT max(id) FROM audit_event")).scalar_one()) - count
    query = select(log_entry.c.table, log_entry.c.key).where(log_entry.c.event > last)
    for name, key in connection.execute(query).all():
        table = metadata.tables[name]
        own = [column for column in table.primary_key if column.name != "office"]
        is_it = [column == value for column, value in zip(own, json.loads(key), strict=True)]
        connection.execute(table.delete().where(*is_it))
    connection.execute(log_entry.delete().where(log_entry.c.event > last))
    connection.execute(audit_event.delete().where(audit_event.c.id > last))
    connection.execute(
        text('DELETE FROM log_node WHERE "index" >= :full AND level = 1'), {"full": last // WIDTH}
    )


# ---- a reader of our own -------------------------------------------------------------------------


def everything_in(path: Path, without: Sequence[str] = ()) -> dict[str, Any]:
    """Every column of every row as SQLite reads it, and every key in every index; what cannot be
    read stands there as what SQLite says.

    Args:
        path: of the file.
        without: tables that are left out.
    """
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        connection.text_factory = bytes
        schema = _read(
            connection, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        )
        found["sqlite_master"] = schema
        for table in without_errors(
            _read(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")
        ):
            name = table[0].decode("utf-8", "replace")
            if name not in without:
                # Read as it stands.
                found[name] = _read(connection, f'SELECT * FROM "{name}"')  # noqa: S608
                found |= _indexes_of(connection, name)
    return found


def _indexes_of(connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    found = {}
    for row in without_errors(_read(connection, f'PRAGMA index_list("{table}")')):
        index = row[1].decode()
        columns = [
            each[2] for each in without_errors(_read(connection, f'PRAGMA index_info("{index}")'))
        ]
        if None in columns:
            # A flip made an expression of a column: there are no keys of ours to read.
            found[index] = columns
            continue
        listed = ", ".join(f'"{column.decode()}"' for column in columns)
        where = " WHERE held IS NOT NULL" if index == "ix_submission_held" else ""
        found[index] = _read(
            connection,
            f'SELECT {listed} FROM "{table}" INDEXED BY "{index}"'  # noqa: S608 - the same
            f"{where} ORDER BY {listed}",
        )
    return found


def _read(connection: sqlite3.Connection, query: str) -> list[tuple[Any, ...]] | str:
    try:
        return [
            tuple((type(value).__name__, value) for value in row) if "SELECT *" in query else row
            for row in connection.execute(query)
        ]
    except (
        sqlite3.Error,
        UnicodeError,
    ) as error:  # the driver wants even what SQLite says to be UTF-8
        return str(error)


def without_errors(rows: list[tuple[Any, ...]] | str) -> list[tuple[Any, ...]]:
    return [] if isinstance(rows, str) else rows


# ---- what the check says of a copy ---------------------------------------------------------------


def opened(address: str) -> Store:
    if address.startswith("sqlite"):
        return open_store(Path(address.removeprefix("sqlite:///")), OFFICE)
    return open_server(address.replace("postgresql+psycopg:", "postgresql:"), OFFICE)


def said_of(address: str, settings: Settings) -> list[str]:
    """Every sentence of the check."""
    with closing(opened(address)) as store:
        return [
            problem.message for problem in check_register(store, settings, everything=True).problems
        ]
