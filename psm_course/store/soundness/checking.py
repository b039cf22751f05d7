"""Checks that a register is whole, using nothing but the register itself.

The check is one reading transaction, needs little memory, and runs while others work. Some checks
need more than the register: they grade answers again, or read the content of certificates.
`registrar.soundness` runs these.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from psm_course.credentials.log.merkle import EMPTY
from psm_course.store.engine import Store, first_line
from psm_course.store.soundness.clock import WrongClock
from psm_course.store.soundness.derived import derived_problems
from psm_course.store.soundness.events import LogRead, Wanted, event_problems
from psm_course.store.soundness.file import file_problems
from psm_course.store.soundness.outside import outside_problems
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.references import reference_problems
from psm_course.store.soundness.rows import row_problems
from psm_course.store.soundness.schema import schema_problems
from psm_course.store.soundness.stored import bytes_kept

# The most problems shown of one kind; with more, the backup is needed anyway.
MOST = 200


@dataclass(frozen=True, slots=True)
class Soundness:
    """The result of a check of the register.

    Attributes:
        events: number of events.
        log_size: number of entries in the present epoch; `root` is the root of its tree.
        rows: number of rows that were compared with the log.
        problems: the problems, without repetitions. If a part of the check found more than `MOST`,
            only the first `MOST` are listed, and one more problem gives the number of the others.
        origins: the names of the logs, by epoch.
        sizes: number of entries, by epoch.
        lost: number of entries that an epoch had before a restore ended it, by epoch.
        roots: roots at the sizes that the caller asked for, by epoch and size.
        clock: periods in which the laptop's clock was wrong; they are no damage of the register.
    """

    events: int
    log_size: int
    root: bytes
    rows: int
    problems: tuple[Problem, ...]
    origins: Mapping[int, str]
    sizes: Mapping[int, int]
    lost: Mapping[int, int]
    roots: Mapping[tuple[int, int], bytes]
    clock: tuple[WrongClock, ...]


def check_store(store: Store) -> Soundness:
    """Check everything that can be checked with the register alone. Others can work meanwhile."""
    with store.reading() as tx:
        return check_within(tx)


def check_within(tx: Connection, wanted: Wanted | None = None) -> Soundness:
    """Check everything that can be checked with the register alone, in the caller's transaction.

    `wanted` contains sizes of the log, by epoch; the result contains the roots at these sizes.
    """
    log, rows = LogRead(), list[int]()
    problems: list[Problem] = []
    looked_at = {
        "Berkas": file_problems(tx),
        "Susunan tabel": schema_problems(tx),
        "Catatan": event_problems(tx, log, wanted or {}),
        "Baris": row_problems(tx, rows.append),
        "Rujukan": reference_problems(tx),
        "Nama dan hitungan": derived_problems(tx),
        "Karantina": outside_problems(tx),
    }
    with bytes_kept(tx):
        for what, found in looked_at.items():
            problems += at_most(readable(what, found))
    newest = log.epochs[-1] if log.epochs else None
    return Soundness(
        log.events,
        newest.size if newest else 0,
        newest.root if newest else EMPTY,
        sum(rows),
        tuple(dict.fromkeys(problems)),
        {each.epoch: each.origin for each in log.epochs},
        {each.epoch: each.size for each in log.epochs},
        dict(log.lost),
        {(each.epoch, size): root for each in log.epochs for size, root in each.roots.items()},
        tuple(log.clock.wrong),
    )


def readable(what: str, found: Iterator[Problem]) -> Iterator[Problem]:
    """Yield the problems of one part of the check, as texts that can be printed.

    Characters that UTF-8 cannot write become `?`. If this part of the check fails with an
    exception, the exception is reported as one more problem, at the end.

    Args:
        what: name of the part in Indonesian, such as `Berkas`. The report of an exception begins
            with this name.
        found: an iterator that finds the problems while it is read.

    Raises:
        ModuleNotFoundError: a library of the check is not installed.
    """
    try:
        for each in found:
            yield Problem(*(_printable(text) for text in (each.table, each.row, each.message)))
    except ModuleNotFoundError:
        raise  # a part of the program is not installed, which says nothing of the register
    # A falsified row may break our own code anywhere. The check of rows names that row.
    except Exception as error:
        yield Problem(
            "",
            "",
            _printable(f"{what} tidak dapat diperiksa seluruhnya ({first_line(error)})."),
        )


def _printable(text: str) -> str:
    return str(text).encode("utf-8", "replace").decode()


def at_most(found: Iterator[Problem], most: int = MOST) -> Iterator[Problem]:
    """Yield the first `most` of these problems.

    If there are more problems, one more is yielded, which gives the number of the other problems.
    """
    yield from islice(found, most)
    # Always read to the end: while `event_problems` is read, it fills the result about the log.
    more = sum(1 for _ in found)
    if more:
        yield Problem("", "", f"Masih ada {more} masalah lagi seperti itu.")
