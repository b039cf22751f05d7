"""Parts shared by all tables: the office first in every primary key, and ids within the office."""

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
    """Make a column `id`; `store.rows.add` numbers the rows of each office 1, 2, 3 and so on."""
    return Column("id", Integer, nullable=False)


def salt() -> Column[bytes]:
    """Make a column `salt`: random bytes that are part of a row's digest.

    Because of the salt, nobody can guess the row from the digest. When a person is erased, the salt
    is emptied.
    """
    return Column(
        "salt",
        LargeBinary,
        nullable=False,
        comment="32 random bytes in the row's digest; emptied when the person is erased",
    )


def unique(*columns: str) -> UniqueConstraint:
    """Make a constraint: no two rows of an office have the same values in all of these columns."""
    return UniqueConstraint("office", *columns)


def table(
    name: str,
    *items: SchemaItem,
    row: str,
    key: tuple[str, ...] = ("id",),
    refers: dict[str, str] | None = None,
    is_short: bool = False,
) -> Table:
    """Make a table in which each row belongs to one office.

    Args:
        name: name of the table.
        items: its columns without `office`, its constraints and indexes.
        row: the meaning of a row, for the data dictionary.
        key: the columns of the primary key that follow `office`.
        refers: foreign keys: columns that contain the key of another row of the same office, such
            as `{"cohort": "cohort.id"}`.
        is_short: True if rows are short and many. SQLite then stores them in the order of the
            primary key, and each index contains that key.
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
