"""Issue, print, publish: what every face does when records are given out, or when one was corrected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from psm_course.content.course import Course
from psm_course.domain.register import RecordKind
from psm_course.errors import Refused, cause
from psm_course.registrar.certificates.issuing import Issue, issue_records
from psm_course.registrar.certificates.keyring import Signer
from psm_course.registrar.certificates.printing import print_certificates, set_aside
from psm_course.registrar.certificates.publishing import publish_status
from psm_course.settings import Settings
from psm_course.store.engine import Store

# What an officer chooses from, and whose records that is.
KINDS: Mapping[str, Sequence[RecordKind]] = {"lulus": ("passed",), "mengikuti": ("attended",), "semua": ("passed", "attended")}
Each = Callable[[Path], object]


def hand_out(
    store: Store,
    course: Course,
    settings: Settings,
    signer: Signer | None,
    cohort_id: str,
    actor: str,
    now: datetime,
    kinds: Sequence[RecordKind] = ("passed",),
    again: Collection[str] = (),
    each: Each = id,
) -> Issue:
    """Issue to everybody who has earned it, all or none; then print what has no file, and publish what others check against.

    Args:
        signer: the unlocked key; without one it is a dry run.
        kinds, again: as `issue_records` takes them.
        each: told the path of every certificate as it is printed.

    Raises:
        Refused: nothing can be issued as asked, and nothing was; or all is in the register and a file could not be made.
    """
    issued = issue_records(store, course, settings, signer, cohort_id, actor, now, kinds, again)
    if signer is None:
        return issued
    return replace(issued, printed=print_and_publish(store, settings, signer, cohort_id, actor, now, each))


def print_and_publish(
    store: Store, settings: Settings, signer: Signer, cohort_id: str, actor: str, now: datetime, each: Each = id
) -> tuple[Path, ...]:
    """Set aside what no longer counts, print what has no file, publish. Digests are published also when somebody's name has no letters.

    Raises:
        Refused: a file could not be made; what is in the register stays there.
    """
    printed = []
    try:
        set_aside(store, settings, cohort_id)
        for path in print_certificates(store, settings, cohort_id, actor, now):
            printed.append(path)
            each(path)
    except OSError as error:
        said = f"Yang terbit sudah ada di register, tetapi berkasnya tidak dapat ditulis: {cause(error)}."
        remedy = f"Perbaiki penyimpanannya, lalu cetak dari halaman sertifikat, atau dengan: psm issue {cohort_id}"
        raise Refused(f"{said} {remedy}") from None
    finally:
        publish_status(store, signer, actor, now)
    return tuple(printed)
