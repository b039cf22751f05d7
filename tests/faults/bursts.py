"""Phones that hand in at an office from which something is taken away in the middle, and the
looking up of every receipt afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from psm_course.errors import PsmError
from psm_course.grading.submission import canonical
from psm_course.registrar.answers.hand_in import receipt_code
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from psm_course.store.soundness.checking import check_store
from tests.builders import OFFICE
from tests.load.office import open_register
from tests.load.phones import documents, enrolled

# Which office answers the phones: one that does all it can, or one that does not wait for the disk.
CARELESS = ("tests.faults.careless",)
CAREFUL = ("tests.faults.office",)


@dataclass(frozen=True, slots=True)
class Held:
    """What the phones hold, and the code of the receipt that each of them waits for."""

    documents: list[bytes]
    codes: dict[str, str]  # id of a submission by the code of its receipt


def held_by(database: str, count: int) -> Held:
    """Make a register of as many people, whose phones have all sat the test."""
    store = open_register(database)
    held = documents(enrolled(store, count))
    store.close()
    parsed = [json.loads(document) for document in held]
    return Held(held, {receipt_code(canonical(each)): each["id"] for each in parsed})


def troubles_of(store: Store) -> tuple[str, ...]:
    """What `psm db check` would say of a register; nothing where it is whole."""
    return tuple(problem.message for problem in check_store(store).problems)


@dataclass(slots=True)
class Count:
    """How many images or kills there were, how many receipts were looked up in them,
    and what was not as it must be.
    """

    images: int = 0
    in_checkpoints: int = 0
    looked_up: int = 0
    lost: int = 0
    troubles: list[str] = field(default_factory=list)

    def said(self, what: str) -> str:
        """In one line; `what` there were of: images or kills."""
        inside = f" ({self.in_checkpoints} in checkpoints)" if self.in_checkpoints else ""
        return (
            f"{self.images} {what}{inside}, {self.looked_up} receipts looked up, {self.lost} lost"
        )

    def look_up(self, store: Store, submissions: Sequence[str], what: str) -> None:
        """Each of them has to be in the register, counted once; the register has to be whole."""
        with store.reading() as tx:
            kept = set(tx.execute(text("SELECT submission FROM attempt")).scalars())
        self.looked_up += len(submissions)
        missing = len(set(submissions) - kept)
        self.lost += missing
        if missing:
            self.troubles.append(f"{what}: {missing} of {len(submissions)} receipts lost")
        self.troubles += [f"{what}: {trouble}" for trouble in troubles_of(store)]

    def look_up_in(self, register: Path, submissions: Sequence[str], what: str) -> None:
        """The same, in a file that may not even open."""
        try:
            with closing(open_store(register, OFFICE)) as store:
                self.look_up(store, submissions, what)
        except PsmError as error:
            self.looked_up += len(submissions)
            self.lost += len(submissions)
            self.troubles.append(f"{what}: {error}")
