"""Checks foreign keys: the database enforces them, but somebody may have switched them off."""

from collections.abc import Iterator

from sqlalchemy import Connection, ForeignKeyConstraint, Select, Table, and_, select

from psm_course.store.rows import ours
from psm_course.store.schema import metadata
from psm_course.store.soundness.naming import CALLED, row_called
from psm_course.store.soundness.problem import Problem

_AT_ONCE = 500


def reference_problems(tx: Connection) -> Iterator[Problem]:
    """Yield a problem for each row of this office that refers to a missing row."""
    for table in metadata.sorted_tables:
        # They come as a set: sorted, so that two checks of a register agree.
        for constraint in sorted(
            table.foreign_key_constraints, key=lambda each: str(each.column_keys)
        ):
            # Unknown offices are found by `outside`.
            if "office" in table.c and constraint.column_keys != ["office"]:
                yield from _pointing_nowhere(tx, table, constraint)


def _pointing_nowhere(
    tx: Connection, table: Table, constraint: ForeignKeyConstraint
) -> Iterator[Problem]:
    column, to = constraint.column_keys[-1], constraint.referred_table.name
    with tx.execute(
        ours(tx, _without_partner(table, constraint)).execution_options(yield_per=_AT_ONCE)
    ) as rows:
        for *key, pointed in rows:
            who = row_called(key)
            yield Problem(
                table.name,
                who,
                f"{CALLED[table.name]} {who} menunjuk ke {column} {pointed}, yang tidak ada lagi"
                f" (tabel {to}).",
            )


def _without_partner(table: Table, constraint: ForeignKeyConstraint) -> Select[tuple[object, ...]]:
    partner = constraint.referred_table.alias()
    same = and_(
        *(element.parent == partner.c[element.column.name] for element in constraint.elements)
    )
    own = [column for column in table.primary_key if column.name != "office"]
    pointing = table.c[constraint.column_keys[-1]]
    query = select(*own, pointing).select_from(table).outerjoin(partner, same)
    return query.where(pointing.is_not(None), partner.c.office.is_(None))
