"""The numbered migrations: finds which one a register is at, and brings it to a later one."""

from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.schema import SetColumnComment

from psm_course.store.engine import READING
from psm_course.store.schema import metadata
from psm_course.store.sqlite import set_planner_statistics

HEAD = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "Buku register ini dibuat versi program yang lebih baru. Pasang versi terbaru, lalu ulangi."
Kind = Literal["ours", "first edition", "foreign"]


def version_of(engine: Engine) -> tuple[str | None, Kind]:
    """Return the migration that a register is at, and the kind of the database.

    The migration is None if the database has no table of migrations. There are three kinds. A
    database without a table of migrations, but with other tables, is `foreign`: it is not a
    register. A register of the first edition is `first edition`: these registers were demos only;
    their migrations also count from 0001, but they have no table of offices. All other databases
    are `ours`, also an empty one.
    """
    with engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            return None, "foreign" if tables else "ours"
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return at, "first edition" if at is not None and "office" not in tables else "ours"


def is_known(version: object) -> bool:
    """True if this program has a migration with this number (it has a file for it)."""
    # Digits only: a damaged register may say anything, and with `*` every file would fit.
    return (
        isinstance(version, str)
        and version.isdigit()
        and any((MIGRATIONS / "versions").glob(f"m{version}_*.py"))
    )


def upgrade(engine: Engine, to: str = "") -> None:
    """Bring a register forward to the newest migration, or only to the one that `to` names."""
    with engine.begin() as connection:
        upgrade_within(connection, to)


def upgrade_within(connection: Connection, to: str = "") -> None:
    """Bring a register forward to the newest migration, in the caller's transaction.

    If `to` is the number of a migration, the register is brought forward only to this migration.
    Alembic is imported only here: most commands find the register up to date and do not need it.
    """
    from alembic import command  # noqa: PLC0415 - slow to import and seldom needed
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to or HEAD)
    # An older schema has not all the columns that ours comments on.
    if connection.dialect.supports_comments and to in {"", HEAD}:
        _comment(connection)
    # At the end, so that indexes made by a migration get statistics too.
    if connection.dialect.name == "sqlite":
        set_planner_statistics(connection)


def _comment(connection: Connection) -> None:
    """Write the column comments of `schema` into the database.

    They help people who open the database with another program.
    """
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.comment:
                connection.execute(SetColumnComment(column))
