"""Is the register whole? Everything that can be said of it without knowing what an answer earns or a certificate says.

One reading transaction, in flat memory, beside whoever is working. `registrar.soundness` goes on from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from psm_course.credentials.log.merkle import EMPTY
from psm_course.store.engine import Store
from psm_course.store.soundness.derived import derived_problems
from psm_course.store.soundness.events import LogRead, Wanted, event_problems
from psm_course.store.soundness.file import file_problems
from psm_course.store.soundness.outside import outside_problems
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.references import reference_problems
from psm_course.store.soundness.rows import row_problems
from psm_course.store.soundness.schema import schema_problems
from psm_course.store.soundness.stored import Unread, bytes_kept

# So many sentences are said of one kind; whoever needs more needs the backup.
MOST = 200


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check found.

    `events` is how many the log has, `log_size` and `root` are of its present epoch, `rows` how many rows were compared; `roots` those
    that the log had at the sizes asked for, by epoch and size.
    """

    events: int
    log_size: int
    root: bytes
    rows: int
    problems: tuple[Problem, ...]
    epochs: Mapping[int, str]
    sizes: Mapping[int, int]
    roots: Mapping[tuple[int, int], bytes]


def check_store(store: Store) -> Soundness:
    """Everything that the register alone says. Nobody waits for it."""
    with store.reading() as tx:
        return check_within(tx)


def check_within(tx: Connection, wanted: Wanted | None = None) -> Soundness:
    """The same in a reading transaction of the caller's; `wanted` are the sizes of the log whose roots to give, by epoch."""
    log, rows = LogRead(), _Counted()
    problems: list[Problem] = []
    with bytes_kept(tx):
        for found in (
            file_problems(tx),
            schema_problems(tx),
            event_problems(tx, log, wanted or {}),
            row_problems(tx, rows.add),
            reference_problems(tx),
            derived_problems(tx),
            outside_problems(tx),
        ):
            problems += at_most(readable(found))
    newest = log.epochs[-1] if log.epochs else None
    return Soundness(
        log.events,
        newest.size if newest else 0,
        newest.root if newest else EMPTY,
        rows.count,
        tuple(dict.fromkeys(problems)),
        {each.epoch: each.origin for each in log.epochs},
        {each.epoch: each.size for each in log.epochs},
        {(each.epoch, size): root for each in log.epochs for size, root in each.roots.items()},
    )


def readable(found: Iterator[Problem]) -> Iterator[Problem]:
    """The same; where the database cannot read on, that is the last of it."""
    try:
        yield from found
    except (SQLAlchemyError, Unread) as error:
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        yield Problem("", "", f"Register tidak terbaca seluruhnya: {said}. Pakai cadangan terakhir.")


def at_most(found: Iterator[Problem], most: int = MOST) -> Iterator[Problem]:
    """The first of these, and how many more there are."""
    yield from islice(found, most)
    more = sum(1 for _ in found)
    if more:
        yield Problem("", "", f"Masih ada {more} masalah lagi seperti itu.")


@dataclass(slots=True)
class _Counted:
    count: int = 0

    def add(self, more: int) -> None:
        self.count += more
