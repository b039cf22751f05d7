"""Issue records: each gets its own number, is signed and then never changes.

Afterwards the certificates are printed and the public lists are published.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from psm_course.content.course import Course
from psm_course.content.region import Region
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Cohort, CompletionRecord, RecordKind
from psm_course.domain.sessions import first_day, last_day
from psm_course.errors import Refused, cause
from psm_course.items.marks import print_points
from psm_course.local_time import WIB, day
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.certificates.keys.keyring import Signer
from psm_course.registrar.certificates.printing import (
    move_invalid_prints,
    print_certificates,
    refuse_unprintable,
)
from psm_course.registrar.certificates.publishing import publish_status, publish_within
from psm_course.registrar.certificates.series import next_numbers
from psm_course.registrar.certificates.signing import sign_and_enter
from psm_course.registrar.completion.criteria import criteria_in_words
from psm_course.registrar.completion.days import today as office_date
from psm_course.registrar.completion.judging import Standing, course_within, standings_in
from psm_course.registrar.log.continuity import refuse_if_behind
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts

# What an officer chooses from, and whose records that is.
KINDS: Mapping[str, Sequence[RecordKind]] = {
    "lulus": ("passed",),
    "mengikuti": ("attended",),
    "semua": ("passed", "attended"),
}
Each = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Issue:
    """Result of issuing records in a cohort.

    `new` are the new records; in a dry run they are unsigned and not kept. `before` are the records
    that the cohort had before; `printed` are the paths of the files that were printed now.
    """

    new: tuple[CompletionRecord, ...]
    before: tuple[CompletionRecord, ...]
    printed: tuple[Path, ...] = ()


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
    """Issue a record to everybody who has earned one, print the new certificates, and publish.

    The records are issued all or none.

    Args:
        store, course, settings, cohort_id, actor, now: the register, the course, the office's
            settings, the cohort's id, the account that acts and the moment.
        signer: the office with its unlocked key; None makes it a dry run.
        kinds: `passed`; or `attended`, for people who attended and have not passed.
        again: numbers of participants who may have another record, because all of their records
            were revoked.
        each: called with the path of every certificate, after the certificate was printed.

    Raises:
        Refused: the records cannot be issued (then none was issued), or a file could not be made
            (then all records were issued).
    """
    issued = issue_records(store, course, settings, signer, cohort_id, actor, now, kinds, again)
    if signer is None:
        return issued
    return replace(
        issued, printed=print_and_publish(store, settings, signer, cohort_id, actor, now, each)
    )


def print_and_publish(
    store: Store,
    settings: Settings,
    signer: Signer,
    cohort_id: str,
    actor: str,
    now: datetime,
    each: Each = id,
) -> tuple[Path, ...]:
    """Print the valid records of a cohort that have no file, then sign the public lists again.

    Files of records that no longer count are first moved to another folder. A file whose digest the
    register does not know is printed again too. The lists are signed even if printing fails.
    Returns the paths of the printed files.

    Raises:
        Refused: a file could not be made; the records stay in the register.
    """
    printed = []
    try:
        move_invalid_prints(store, settings, cohort_id)
        for path in print_certificates(store, settings, cohort_id, actor, now):
            printed.append(path)
            each(path)
    except OSError as error:
        raise Refused(
            "Yang terbit sudah ada di register, tetapi berkasnya tidak dapat ditulis:"
            f" {cause(error)}. Perbaiki penyimpanannya, lalu cetak dari halaman sertifikat, atau"
            f" dengan: psm issue {cohort_id}"
        ) from None
    finally:
        publish_status(store, signer, actor, now)
    return tuple(printed)


def issue_records(
    store: Store,
    course: Course,
    settings: Settings,
    signer: Signer | None,
    cohort_id: str,
    actor: str,
    now: datetime,
    kinds: Sequence[RecordKind] = ("passed",),
    again: Collection[str] = (),
) -> Issue:
    """Issue a record to everybody who has earned one and never had a record of the same kind.

    Returns the new records, and the records that the cohort had before. The records are issued all
    or none. Numbers are given in the order of `kinds`, and within a kind in the order of
    participant numbers.

    Args:
        store, settings, cohort_id, actor, now: the register, the office's settings, the cohort's
            id, the account that acts and the moment.
        course: used if the cohort adopted no course version.
        signer: the office with its unlocked key; None makes it a dry run, which uses no number and
            keeps nothing.
        kinds: `passed`; or `attended`, for people who attended and have not passed.
        again: numbers of participants who may have another record, because all of their records
            were revoked.

    Raises:
        Refused: (in a dry run too) the last session's day has not come; the cohort is archived; the
            clock is wrong; the register is older than what was published; somebody in `again` can
            get no record; a number cannot be given; or a name has a letter that cannot be printed.
    """
    today = now.astimezone(WIB)
    with store.reading() if signer is None else store.transaction() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        refuse_archived(cohort)
        before = records.records_of_cohort(tx, cohort_id)
        adopted = course_within(tx, course, cohort_id)
        refuse_if_behind(tx, settings, now)
        _refuse_before_the_end(cohort, adopted.file, now)
        everybody = standings_in(tx, course, cohort, now)
        ready = [
            (kind, standing)
            for kind in kinds
            for standing in _ready(everybody, kind, before, again)
        ]
        _refuse_useless(again, [standing for _, standing in ready])
        # A pattern that cannot be used is said even when nobody is ready yet.
        first, numbers = next_numbers(tx, settings, cohort.course, len(ready), today)
        new = tuple(
            _record(settings, course.region, adopted, cohort, kind, each, number, today)
            # Not strict: `next_numbers` gives one number even if nobody is ready.
            for number, (kind, each) in zip(numbers, ready, strict=False)
        )
        refuse_unprintable([record.content for record in new], settings)
        if signer is not None and new:
            homes = [standing.enrolment.kelurahan for _, standing in ready]
            new = keep_records(tx, new, homes, cohort.course, first, signer, actor, today)
    return Issue(new, before)


def _refuse_before_the_end(cohort: Cohort, file: CourseFile, now: datetime) -> None:
    """Refuse to issue before the day of the last session: a certificate covers all sessions."""
    ends_on = last_day(cohort, file.sessions)
    if office_date(now) < ends_on:
        raise Refused(
            f"Sertifikat {cohort.title} dapat diterbitkan mulai {day(ends_on)}, hari sesi terakhir."
            " Belum ada yang diterbitkan."
        )


def _ready(
    everybody: Sequence[Standing],
    kind: RecordKind,
    before: Sequence[CompletionRecord],
    again: Collection[str],
) -> list[Standing]:
    """The people who have earned a record of this kind and get it now.

    These people get no record:

    - erased people;
    - people with a valid record of this kind;
    - people who had a record of this kind before, unless their number is in `again`;
    - people who passed, if the kind is `attended`.
    """
    had = {record.participant for record in before if record.kind == kind}
    earned = [each for each in everybody if each.completion.has(kind) and each.enrolment.name]
    # One that stands may be of a number merged into theirs.
    none = [each for each in earned if kind not in each.records]
    due = [
        each for each in none if each.enrolment.number not in had or each.enrolment.number in again
    ]
    return [each for each in due if kind == "passed" or not each.completion.met]


def _refuse_useless(again: Collection[str], ready: Sequence[Standing]) -> None:
    useless = sorted(set(again) - {standing.enrolment.number for standing in ready})
    if useless:
        raise Refused(
            f"Tidak ada yang dapat diterbitkan lagi untuk {', '.join(useless)}: belum berhak, atau"
            " sertifikatnya masih berlaku."
        )


def keep_records(
    tx: Connection,
    unsigned: Sequence[CompletionRecord],
    homes: Sequence[str],
    course: str,
    first: int,
    signer: Signer,
    actor: str,
    now: datetime,
) -> tuple[CompletionRecord, ...]:
    """Sign, store and publish new records of a course within the transaction `tx`.

    Args:
        tx: the transaction.
        unsigned: records with their numbers.
        homes: kelurahan code of each holder, in the same order.
        course: the course's id.
        first: sequence of the first record's number in the course's series; the others follow it.
        signer, actor, now: the office with its unlocked key, the account that acts and the moment.

    Returns:
        The signed records in the same order.
    """
    # One place in the status lists each, never given twice: a revocation is a bit at that place.
    position = records.next_position(tx)
    placed = [
        replace(record, status_index=position + offset) for offset, record in enumerate(unsigned)
    ]
    # Before the rows: whoever holds a certificate must be able to compute its leaf in the log,
    # and cannot know the rows of the register.
    signed, shared = sign_and_enter(tx, placed, signer, now)
    for sequence, (record, home) in enumerate(zip(signed, homes, strict=True), first):
        records.add_record(tx, record, home, course, now.year, sequence)
    publish_within(tx, signer, now, shared)
    audit.note_all(
        tx,
        [
            audit.Deed(
                now,
                actor,
                "record issued",
                each.participant,
                {"record": each.number, "kind": each.kind},
            )
            for each in signed
        ],
    )
    return signed


def _record(
    settings: Settings,
    region: Region,
    adopted: Course,
    cohort: Cohort,
    kind: RecordKind,
    standing: Standing,
    number: str,
    now: datetime,
) -> CompletionRecord:
    content = _content(settings, region, adopted.file, cohort, standing, now) | {
        "number": number,
        "kind": kind,
    }
    return CompletionRecord(
        number,
        standing.enrolment.number,
        kind,
        now,
        content,
        criteria=criteria_in_words(adopted, kind),
    )


def _content(
    settings: Settings,
    region: Region,
    file: CourseFile,
    cohort: Cohort,
    standing: Standing,
    now: datetime,
) -> dict[str, Any]:
    """Collect every fact that is printed on a certificate.

    The record keeps these facts for ever: a later change of name, course or settings does not
    change them.
    """
    return {
        "participant": standing.enrolment.number,
        "name": standing.enrolment.name,
        "kelurahan": standing.kelurahan,
        "course": file.title,
        "organiser": file.organiser,
        "hours": file.hours,
        "minutes_per_hour": file.minutes_per_hour,
        "cohort": cohort.title,
        "starts_on": first_day(cohort, file.sessions).isoformat(),
        "ends_on": last_day(cohort, file.sessions).isoformat(),
        "score": _score(file, standing) if settings.show_score == "yes" else None,
        "sessions": [{"title": session.title, "hours": session.hours} for session in file.sessions],
        **issued_by(settings, region, now),
    }


def issued_by(settings: Settings, region: Region, now: datetime) -> dict[str, Any]:
    """Facts about the office on the day of signing: date, place, signatory, letterhead, wording."""
    facts = {
        "issued_on": now.date().isoformat(),
        "place": settings.place or region.place,
        "signatory_title": settings.signatory_title or region.signatory_title,
        "signatory_name": settings.signatory_name,
        "letterhead": list(settings.letterhead_lines),
        "tte_note": settings.certified_signature != "none",
    }
    return facts | ({"wording": settings.wording} if settings.wording else {})


def _score(file: CourseFile, standing: Standing) -> str | None:
    final = {
        quiz
        for requirement in file.completion
        if requirement.by_passing_one
        for quiz in requirement.quizzes
    }
    passed = [
        attempt.percent for attempt in standing.attempts if attempt.passed and attempt.quiz in final
    ]
    return print_points(max(passed)) if passed else None
