"""Finds the leaf of the first event about a hand-in. The receipt of a hand-in names this leaf."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, func, select

from psm_course.store.ledger import key_of
from psm_course.store.rows import office_of, same_office
from psm_course.store.schema import log_entry, log_epoch, submission
from psm_course.store.tree import Leaf


def _first_places() -> Select[Any]:
    """Select for some submissions the first event of the log about each of them.

    The columns are the submission's key, the name of the log, and the index of the event's leaf.
    The query has two parameters: `of_office`, an office's code, and `keys`, the primary keys of the
    submissions as JSON lists, for example `["<submission id>"]`.
    """
    row, office = (log_entry.c.office, log_entry.c.key), bindparam("of_office", type_=Text)
    lines = (
        log_entry.c.table == submission.name,
        log_entry.c.key.in_(bindparam("keys", expanding=True)),
    )
    first = (
        select(*row, func.min(log_entry.c.event).label("event"))
        .where(log_entry.c.office == office, *lines)
        .group_by(*row)
        .subquery()
    )
    begun = log_epoch.alias()
    own = (
        select(func.max(begun.c.first_event))
        .where(same_office(begun, first), begun.c.first_event <= first.c.event)
        .scalar_subquery()
    )
    of_epoch = same_office(log_epoch, first) & (log_epoch.c.first_event == own)
    return (
        select(first.c.key, log_epoch.c.origin, first.c.event - log_epoch.c.first_event)
        .select_from(first)
        .join(log_epoch, of_epoch)
        .where(log_epoch.c.office == office)
    )


# Made once: every hand-in asks, and making it costs more than the answer.
_FIRST_PLACES = _first_places()


def places_of_hand_ins(tx: Connection, ids: Collection[str]) -> dict[str, Leaf]:
    """Return the leaf of the first event about each hand-in, by submission id, in one query.

    A hand-in is left out if it is not in the register, or if no event of the log contains the
    digest of its row yet.
    """
    keys = {key_of(submission, {"id": each}): each for each in ids}
    found = tx.execute(_FIRST_PLACES, {"of_office": office_of(tx), "keys": list(keys)})
    return {keys[key]: Leaf(origin, index) for key, origin, index in found}
