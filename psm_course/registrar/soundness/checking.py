"""`psm db check`: check the register, its outcomes and certificates, and kept checkpoints."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from psm_course.credentials.log.checkpoint import Checkpoint
from psm_course.registrar.certificates.keys.keyring import find_issuer
from psm_course.registrar.log.checkpoints import found_checkpoints, search_checkpoints
from psm_course.registrar.soundness.answers import answer_problems
from psm_course.registrar.soundness.certificates import certificate_problems
from psm_course.registrar.soundness.promises import broken_promises, sizes_of
from psm_course.registrar.soundness.publications import publication_problems
from psm_course.settings import Settings
from psm_course.store.engine import Connection, Store
from psm_course.store.soundness.checking import Soundness, at_most, check_within, readable
from psm_course.store.soundness.clock import clock_problems
from psm_course.store.soundness.problem import Problem


def check_register(
    store: Store, settings: Settings, everything: bool = False, against: Sequence[Path | str] = ()
) -> Soundness:
    """Check the whole register as it is at one moment; people can work meanwhile.

    Args:
        store: the register.
        settings: has the folders of the office's keys and published files.
        everything: True: grade every attempt again and check every signature; False: a sample.
        against: files, folders or typed checkpoints to compare with, besides those in the office's
            own folder.

    Raises:
        Refused: something in `against` holds no checkpoint, or a list of keys is broken.
    """
    with store.reading() as tx:
        return check_register_within(tx, settings, everything, against)


def check_register_within(
    tx: Connection, settings: Settings, everything: bool = False, against: Sequence[Path | str] = ()
) -> Soundness:
    """Check a register, its answers and its certificates, inside a transaction.

    Args:
        tx: the transaction.
        settings: has the folders of the office's keys and published files.
        everything: True: grade every attempt again and check every signature; False: a sample.
        against: files, folders or typed checkpoints to compare with, besides those in the office's
            own folder.

    Raises:
        Refused: something in `against` holds no checkpoint, or a list of keys is broken.
    """
    kept, issuer = found_checkpoints(settings, against), find_issuer(settings)
    found = check_within(tx, sizes_of(kept))
    problems = [
        *found.problems,
        *at_most(clock_problems(found.clock)),
        *(
            Problem("audit_event", "", f"Puncak catatan {said}")
            for said in search_checkpoints(settings).troubles
        ),
        *broken_promises(found, kept),
    ]
    for what, more in (
        ("Nilai", answer_problems(tx, everything)),
        ("Sertifikat", certificate_problems(tx, issuer, everything)),
        ("Terbitan", publication_problems(tx, issuer)),
    ):
        problems += at_most(readable(what, more))
    return replace(found, problems=tuple(dict.fromkeys(problems)))


def short_form(found: Soundness) -> str:
    """The checkpoint of the checked log, short enough to type: `1:3021:9f3a 01bc 77de 2201`.

    Empty if the log has no events.
    """
    if not found.origins:
        return ""
    return Checkpoint(found.origins[max(found.origins)], found.log_size, found.root).short_form
