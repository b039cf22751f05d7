"""Is the register whole? Everything that can be said of it without knowing what an answer earns or a certificate says.

One reading transaction, in flat memory, beside whoever is working. `registrar.soundness` goes on from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from psm_course.credentials.log.merkle import EMPTY
from psm_course.store.engine import Store
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

# So many sentences are said of one kind; whoever needs more needs the backup.
MOST = 200


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check found.

    `events` is how many the log has, `log_size` and `root` are of its present epoch, `rows` how many rows were compared. By epoch,
    `origins` are the names of the logs, `sizes` their lengths, `lost` how long one had been that ended by a restore. `roots` are those
    that the log had at the sizes asked for, by epoch and size. `clock` is where the laptop's was wrong, which is no damage.
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
    """Everything that the register alone says. Nobody waits for it."""
    with store.reading() as tx:
        return check_within(tx)


def check_within(tx: Connection, wanted: Wanted | None = None) -> Soundness:
    """The same in a reading transaction of the caller's; `wanted` are the sizes of the log whose roots to give, by epoch."""
    log, rows = LogRead(), _Counted()
    problems: list[Problem] = []
    looked_at = {
        "Berkas": file_problems(tx),
        "Susunan tabel": schema_problems(tx),
        "Catatan": event_problems(tx, log, wanted or {}),
        "Baris": row_problems(tx, rows.add),
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
        rows.count,
        tuple(dict.fromkeys(problems)),
        {each.epoch: each.origin for each in log.epochs},
        {each.epoch: each.size for each in log.epochs},
        dict(log.lost),
        {(each.epoch, size): root for each in log.epochs for size, root in each.roots.items()},
        tuple(log.clock.wrong),
    )


def readable(what: str, found: Iterator[Problem]) -> Iterator[Problem]:
    """The same, in letters that can be printed. Whatever stops it is the last of it, and the check goes on with the next part.

    Args:
        what: is looked at, at the beginning of a sentence.
        found: problems, as they are found.
    """
    try:
        for each in found:
            yield Problem(*(_printable(text) for text in (each.table, each.row, each.message)))
    except Exception as error:  # what a falsified row does to our own code nobody can foresee; the row itself is named with the others
        said = str(getattr(error, "orig", None) or error).splitlines()
        yield Problem("", "", _printable(f"{what} tidak dapat diperiksa seluruhnya ({said[0] if said else type(error).__name__})."))


def _printable(text: str) -> str:
    return str(text).encode("utf-8", "replace").decode()


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
