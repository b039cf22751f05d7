"""Compares the schema with the migrations: tables, indexes and triggers, by their SQL.

Somebody who wants to change written rows must first remove a trigger, or replace it by one with the
same name that refuses nothing. So the SQL is compared, not only the names.
"""

import secrets
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sqlalchemy import Connection, Engine, StaticPool, create_engine
from sqlalchemy.exc import ProgrammingError

from psm_course.store import migrating
from psm_course.store.engine import OFFICE
from psm_course.store.soundness.problem import Problem
from psm_course.store.sqlite import prepare_connections

# The parts of a schema: the definition of each, by kind and name. A column's name contains its
# table: `record.number`.
Facts = Mapping[tuple[str, str], str]

_CALLED = {
    "table": "Tabel",
    "column": "Kolom",
    "index": "Indeks",
    "trigger": "Pelindung",
    "view": "Tampilan",
    "constraint": "Batasan",
    "function": "Fungsi",
    "rule": "Aturan",
    "policy": "Kebijakan",
    "statistics": "Statistik",
    "version": "Versi",
}
_DO = "Bandingkan dengan cadangan."


def schema_problems(tx: Connection) -> Iterator[Problem]:
    """Yield a problem for each part of the schema that is missing, added or changed.

    The parts are compared with those that the migrations make.
    """
    is_file = tx.dialect.name == "sqlite"
    try:
        made = _made_in_a_file(migrating.HEAD) if is_file else _made_on_the_server(tx)
    except ProgrammingError:
        yield Problem("", "", f"Susunan register tidak dapat dibandingkan: {_MAY_NOT_MAKE}")
        return
    found = _facts_of_file(tx) if is_file else _facts_of_server(tx)
    yield from (
        _differing(kind, name, found.get((kind, name)), made.get((kind, name)))
        for kind, name in sorted(found.keys() | made.keys())
        if found.get((kind, name)) != made.get((kind, name))
    )


_MAY_NOT_MAKE = (
    "akun database ini tidak boleh membuat skema. Minta pengelola server: GRANT CREATE ON DATABASE."
)


def _differing(kind: str, name: str, found: str | None, made: str | None) -> Problem:
    called = f"{_CALLED.get(kind, kind)} {name}"
    if found is None:
        said = f"{called} tidak ada lagi; dihapus orang."
    elif made is None:
        said = f"{called} bukan bagian register; ditambahkan orang."
    else:
        said = f"{called} tidak seperti yang dibuat program; diubah orang."
    return Problem(_table_of(kind, name, found or made or ""), name, f"{said} {_DO}")


def _table_of(kind: str, name: str, definition: str) -> str:
    """Return the name of the table that a part of the schema belongs to; "" if there is none.

    A table belongs to itself. For other parts, the name is the first line of `definition`.
    """
    return name if kind == "table" else definition.partition("\n")[0]


def _version_fact(tx: Connection) -> dict[tuple[str, str], str]:
    """Return the number of the migration that is stored in the register.

    The result is a mapping like `Facts`, so that the number is compared like a part of the schema.
    """
    said = tx.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    return {("version", "alembic_version"): f"alembic_version\n{said!r}"}


# ---- SQLite --------------------------------------------------------------------------------------


def _facts_of_file(tx: Connection) -> Facts:
    """Return the definition of each part of a SQLite file's schema, by kind and name of the part.

    The first line of a definition is the name of the part's table. Then follows the part's SQL; for
    an index that SQLite made by itself, the word `None` instead. Statistics of the query planner,
    and the number of the migration, are parts too, with their values instead of SQL.
    """
    rows = tx.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    facts = {(str(row.type), str(row.name)): f"{row.tbl_name}\n{row.sql}" for row in rows}
    facts |= _version_fact(tx)
    foretold = tx.exec_driver_sql("SELECT tbl, idx, stat FROM sqlite_stat1").all()
    return facts | {("statistics", str(row.idx)): f"{row.tbl}\n{row.stat}" for row in foretold}


@lru_cache(maxsize=2)
def _made_in_a_file(_head: str) -> Facts:
    """Return the definitions of a new SQLite register, which the migrations make in memory.

    The result is computed once in each process. `_head` is the newest migration; it is only used as
    the key under which the result is stored.
    """
    # StaticPool: a database in memory ends with its connection, so only one may be used.
    engine = create_engine("sqlite://", poolclass=StaticPool)
    prepare_connections(engine)
    try:
        migrating.upgrade(engine)
        with engine.connect() as connection:
            return _facts_of_file(connection)
    finally:
        engine.dispose()


# ---- PostgreSQL ----------------------------------------------------------------------------------


def _made_on_the_server(tx: Connection) -> Facts:
    """Return the definitions of a new register on this server.

    The result is computed once for each version of PostgreSQL, because each version may write
    definitions differently.
    """
    known = str(tx.exec_driver_sql("SHOW server_version_num").scalar_one()), migrating.HEAD
    if known not in _MADE:
        _MADE[known] = _made_in_a_schema_of_its_own(tx.engine)
    return _MADE[known]


_MADE: dict[tuple[str, str], Facts] = {}


def _made_in_a_schema_of_its_own(engine: Engine) -> Facts:
    """Return the definitions of a new register, made on the server in a temporary schema.

    The schema is never committed. The connection takes no lock of an office, so that nobody who
    writes has to wait. If the account may not make a schema, ProgrammingError is raised.
    """
    name = f"psm_{secrets.token_hex(8)}"
    with (
        engine.execution_options(**{OFFICE: ""}).connect() as connection,
        connection.begin() as begun,
    ):
        connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{name}"')
        migrating.upgrade_within(connection)
        made = _facts_of_server(connection)
        begun.rollback()
    return made


def _facts_of_server(tx: Connection) -> Facts:
    """Return the definition of each part of a server's present schema, by kind and name.

    The name of the schema is removed from the definitions.
    """
    schema = str(tx.exec_driver_sql("SELECT current_schema()").scalar_one())
    facts: dict[tuple[str, str], str] = {}
    for kind, query in _CATALOG.items():
        for name, on, definition in tx.exec_driver_sql(query):
            facts[kind, str(name)] = f"{on}\n{definition}".replace(f'"{schema}".', "").replace(
                f"{schema}.", ""
            )
    return facts | _version_fact(tx)


# For each kind: name, table, definition. The definition of a table also has the number of triggers
# of foreign keys that are switched off: the schema alone would look as if nothing was changed.
_CATALOG = {
    "table": """
        SELECT c.relname, c.relname, concat_ws(' ',
            c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relpersistence,
            (SELECT count(*) FROM pg_trigger t
                WHERE t.tgrelid = c.oid AND t.tgisinternal AND t.tgenabled <> 'O'),
            (SELECT count(*) FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)))
        FROM pg_class c WHERE c.relkind NOT IN ('i', 'I', 'v', 'm', 't')
        AND c.relnamespace = current_schema()::regnamespace""",
    "view": """
        SELECT relname, relname, pg_get_viewdef(oid) FROM pg_class
        WHERE relkind IN ('v', 'm') AND relnamespace = current_schema()::regnamespace""",
    "column": """
        SELECT c.relname || '.' || a.attname, c.relname, concat_ws(' ',
            a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
            a.attgenerated, a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
        AND c.relnamespace = current_schema()::regnamespace""",
    "constraint": """
        SELECT c.relname || '.' || o.conname, c.relname, pg_get_constraintdef(o.oid)
        FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
        WHERE o.connamespace = current_schema()::regnamespace""",
    "index": """
        SELECT c.relname, i.indrelid::regclass, concat_ws(' ',
            pg_get_indexdef(c.oid), i.indisvalid, i.indisready, i.indisunique)
        FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace""",
    "trigger": """
        SELECT t.tgname, c.relname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace""",
    "function": """
        SELECT p.proname, '', pg_get_functiondef(p.oid) FROM pg_proc p
        WHERE p.prokind IN ('f', 'p') AND p.pronamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
    "rule": """
        SELECT r.rulename, c.relname, pg_get_ruledef(r.oid)
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
        WHERE c.relkind NOT IN ('v', 'm') AND c.relnamespace = current_schema()::regnamespace""",
    "policy": """
        SELECT p.polname, c.relname, pg_get_expr(p.polqual, p.polrelid)
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE c.relnamespace = current_schema()::regnamespace""",
}
