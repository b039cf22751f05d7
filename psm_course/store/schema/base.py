"""Parts shared by all tables: the office first in every key, and ids that count within it."""

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

metadata = MetaData()

OFFICE_COMMENT = "Kemendagri code of the city's office"


def counted() -> Column[int]:
    """An id that counts up within the office; `store.rows.add` gives it."""
    return Column("id", Integer, nullable=False)


def salt() -> Column[bytes]:
    """Random bytes in a row's digest, so that nobody can guess the row.

    Erasing a person empties them.
    """
    return Column(
        "salt",
        LargeBinary,
        nullable=False,
        comment="32 random bytes in the row's digest; emptied when the person is erased",
    )


def unique(*columns: str) -> UniqueConstraint:
    """A constraint: no two rows of an office agree in all of these columns."""
    return UniqueConstraint("office", *columns)


def table(
    name: str,
    *items: SchemaItem,
    row: str,
    key: tuple[str, ...] = ("id",),
    refers: dict[str, str] | None = None,
    is_short: bool = False,
) -> Table:
    """A table whose rows belong to one office each.

    Args:
        name: of the table.
        items: its columns without `office`, its constraints and indexes.
        row: the meaning of a row, for the data dictionary.
        key: the rest of the primary key.
        refers: columns with the key of another row of the same office, as `{"cohort":
            "cohort.id"}`.
        is_short: rows are short and many. SQLite then stores them in key order, and each index
            knows the key.
    """
    keys = [ForeignKeyConstraint(["office"], ["office.code"])]
    keys += [
        ForeignKeyConstraint(["office", column], [f"{to.partition('.')[0]}.office", to])
        for column, to in (refers or {}).items()
    ]
    office = Column("office", Text, nullable=False, comment=OFFICE_COMMENT)
    primary = PrimaryKeyConstraint("office", *key)
    return Table(
        name,
        metadata,
        office,
        *items,
        primary,
        *keys,
        info={"row": row},
        sqlite_with_rowid=not is_short,
    )
