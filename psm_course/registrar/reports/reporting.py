"""The report pack (*berita acara*): minutes, sheets, the log's checkpoint, hashes of all files."""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import mean

from psm_course.content.course import Course
from psm_course.content.region import Region
from psm_course.credentials.verification.notes import FILE
from psm_course.domain.course_file import CourseFile
from psm_course.domain.headcounts import ages_in_words, sexes_in_words
from psm_course.domain.register import ATTENDED, Cohort, CompletionRecord, RecordEnd
from psm_course.errors import Refused, cause
from psm_course.printing.report import (
    Checkpoint,
    Coverage,
    LedgerEntry,
    Report,
    ReportPerson,
    ReportSession,
    Signatory,
    render_report,
)
from psm_course.registrar.attendance.handouts import occasion_of
from psm_course.registrar.attendance.schedule import Planned, held_in_words, planned_sessions
from psm_course.registrar.certificates.printing import logo_of
from psm_course.registrar.completion.judging import Standing, rules_within, standings_in
from psm_course.registrar.log.checkpoints import signed_state
from psm_course.registrar.reports.analysing import report_sentences
from psm_course.registrar.reports.exporting import best_scores, write_item_lines, write_standings
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts
from psm_course.store.soundness.events import Chain, check_chain

MINUTES, REGISTER, ITEMS, MANIFEST, SUMS = (
    "berita-acara.pdf",
    "register.xlsx",
    "butir.xlsx",
    "manifest.json",
    "SHA256SUMS.txt",
)
CHECKPOINT = FILE
_LONGEST_NUMBER = 80
_ENDED = {"superseded": "diganti oleh {by}", "revoked": "dicabut"}


@dataclass(frozen=True, slots=True)
class _CohortFacts:
    """The facts about a cohort at one moment, from which the report is made."""

    cohort: Cohort
    rules: CourseFile
    sessions: tuple[Planned, ...]
    everybody: tuple[Standing, ...]
    records: tuple[CompletionRecord, ...]
    ends: tuple[RecordEnd, ...]
    chain: Chain
    checkpoint: Checkpoint
    tests: tuple[str, ...]


def make_report(
    store: Store,
    course: Course,
    settings: Settings,
    cohort_id: str,
    folder: Path | None,
    number: str,
    actor: str,
    now: datetime,
) -> Path:
    """Write the report pack of a cohort into a new folder, all or nothing; return the folder.

    Args:
        store, course, settings, cohort_id, actor, now: the register, the course, the office's
            settings, the cohort's id, the account that acts and the moment.
        folder: the path of the new folder; None: a folder under `var/laporan`, named by cohort and
            moment.
        number: the number of the minutes, at most 80 letters; empty: to be written by hand.

    Raises:
        Refused: the folder exists or cannot be written, the number is too long, or there is no such
            cohort.
    """
    if len(number) > _LONGEST_NUMBER:
        raise Refused(
            f"Nomor berita acara lebih panjang dari {_LONGEST_NUMBER} huruf. Periksa isinya."
        )
    target = folder or settings.data / "laporan" / f"{cohort_id}-{now:%Y%m%d-%H%M%S}"
    if target.exists():
        raise Refused(f"{target} sudah ada. Pilih nama lain, supaya laporan lama tetap utuh.")
    half = target.with_name(f"{target.name}.part")
    try:
        # Left over if the program was killed while it wrote this report.
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        with store.reading() as tx:
            cohort = cohorts.get_cohort(tx, cohort_id)
            rules = rules_within(tx, course, cohort_id).course
            facts = _CohortFacts(
                cohort,
                rules,
                planned_sessions(tx, cohort, rules.sessions),
                standings_in(tx, course, cohort, now),
                records.records_of_cohort(tx, cohort_id),
                records.list_ends(tx, cohort_id),
                check_chain(tx),
                _checkpoint(tx, settings),
                report_sentences(tx, course, cohort),
            )
            write_item_lines(half / ITEMS, tx, cohort_id)
        (half / MINUTES).write_bytes(
            render_report(_report(course, settings, facts, number, now), logo_of(settings))
        )
        (half / CHECKPOINT).write_text(facts.checkpoint.note, encoding="utf-8")
        write_standings(half / REGISTER, course, facts.rules.sessions, facts.everybody)
        # The log keeps this digest, so a changed report can be told from the real one.
        digest = _write_manifest(half, facts, now)
        with store.transaction() as tx:
            audit.note(tx, actor, "report made", cohort_id, now, manifest=digest)
        # Renamed last, so that a folder of this name is always whole.
        half.rename(target)
    except OSError as error:
        raise Refused(
            f"{target}: laporan tidak dapat ditulis ({cause(error)}). Periksa foldernya, lalu"
            " ulangi."
        ) from None
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return target


# ---- the minutes ---------------------------------------------------------------------------------


def _report(
    course: Course, settings: Settings, facts: _CohortFacts, number: str, now: datetime
) -> Report:
    reported = [_person(course, facts.rules, standing) for standing in facts.everybody]
    return Report(
        occasion=occasion_of(settings, course.region, facts.rules, facts.cohort),
        number=number,
        made_on=now.date(),
        summary=_summary(facts, reported),
        sessions=tuple(_session(facts.rules, each) for each in facts.sessions),
        people=tuple(reported),
        coverage=_coverage(course.region, facts.everybody),
        records=_ledger(facts),
        signatories=(
            Signatory("Petugas penyelenggara"),
            Signatory(
                settings.signatory_title or course.region.signatory_title, settings.signatory_name
            ),
        ),
        checkpoint=facts.checkpoint,
        tests=facts.tests,
    )


def _checkpoint(tx: Connection, settings: Settings) -> Checkpoint:
    checkpoint, note = signed_state(tx, settings)
    return Checkpoint(checkpoint.origin, checkpoint.size, checkpoint.short_form, note, FILE)


def _session(rules: CourseFile, planned: Planned) -> ReportSession:
    hours = planned.session.hours
    return ReportSession(
        planned.session.title, hours, held_in_words(planned.held, hours * rules.minutes_per_hour)
    )


def _person(course: Course, rules: CourseFile, standing: Standing) -> ReportPerson:
    presence, completion = standing.facts.presence, standing.completion
    # What is lacking and by what evidence: advice to
    # the learner has no place in a file of the office.
    lacking = tuple(
        f"{judgement.title}: {judgement.evidence}"
        for judgement in completion.requirements
        if not judgement.met
    )
    return ReportPerson(
        standing.enrolment.number,
        standing.enrolment.shown_name,
        standing.kelurahan,
        tuple(presence.get(session.id) for session in rules.sessions),
        sum(session.hours for session in rules.sessions if presence.get(session.id) in ATTENDED),
        _score(course, standing, "pretest"),
        _score(course, standing, "posttest"),
        "passed" if completion.met else "attended" if completion.attended else "not_yet",
        (
            tuple(judgement.evidence for judgement in completion.requirements)
            if completion.met
            else lacking
        ),
    )


def _score(course: Course, standing: Standing, use: str) -> Decimal | None:
    """A person's best result, in percent, at the opening test or the closing test.

    `use` is `pretest` for the opening test or `posttest` for the closing test. If the course has
    several such tests, returns the mean of the best results. None if the person sat no such test.
    """
    taken = [
        score
        for quiz, score in best_scores(standing).items()
        if quiz in course.quizzes and course.quizzes[quiz].header.use == use
    ]
    return mean(taken) if taken else None


def _summary(facts: _CohortFacts, reported: Sequence[ReportPerson]) -> tuple[tuple[str, str], ...]:
    outcomes = Counter(person.outcome for person in reported)
    homes = len({standing.enrolment.kelurahan for standing in facts.everybody})
    standing = len(facts.records) - len(
        {end.number for end in facts.ends} & {record.number for record in facts.records}
    )
    return (
        ("Peserta terdaftar", f"{len(reported)} orang dari {homes} kelurahan"),
        ("Telah mengikuti", f"{outcomes['attended'] + outcomes['passed']} orang"),
        ("Telah lulus", f"{outcomes['passed']} orang"),
        ("Rata-rata tes awal", _mean([person.pretest for person in reported])),
        ("Rata-rata tes akhir", _mean([person.posttest for person in reported])),
        ("Sertifikat yang berlaku", f"{standing} lembar"),
        *_who_they_are(facts),
    )


def _who_they_are(facts: _CohortFacts) -> Iterator[tuple[str, str]]:
    """Yield label and text of two lines in the summary: men and women, and ages.

    Ages are those in the cohort's year. The first line is left out if no roster gave the sex of
    anybody, the second line if no roster gave a birth year.
    """
    people_ = [standing.enrolment for standing in facts.everybody]
    year = facts.cohort.first_day.year
    for label, words in (
        ("Laki-laki (L) dan perempuan (P)", sexes_in_words(Counter(each.sex for each in people_))),
        (
            "Umur pada tahun kegiatan",
            ages_in_words(Counter(each.birth_year for each in people_), year),
        ),
    ):
        if words:
            yield label, words


def _mean(scores: Sequence[Decimal | None]) -> str:
    taken = [score for score in scores if score is not None]
    return (
        f"{mean(taken):.2f} dari 100 ({len(taken)} orang)".replace(".", ",", 1)
        if taken
        else "belum ada"
    )


def _coverage(region: Region, everybody: Sequence[Standing]) -> tuple[Coverage, ...]:
    enrolled = Counter(standing.enrolment.kelurahan for standing in everybody)
    completed = Counter(
        standing.enrolment.kelurahan for standing in everybody if standing.completion.met
    )
    return tuple(
        Coverage(home.kecamatan, home.name, enrolled[home.code], completed[home.code])
        for home in region.homes
    )


def _ledger(facts: _CohortFacts) -> tuple[LedgerEntry, ...]:
    ends = {end.number: _ENDED[end.event].format(by=end.by) for end in facts.ends}
    return tuple(
        LedgerEntry(
            each.number,
            each.participant,
            each.content["name"],
            each.kind,
            date.fromisoformat(each.content["issued_on"]),
            ends.get(each.number, ""),
        )
        for each in facts.records
    )


# ---- the hashes ----------------------------------------------------------------------------------


def _write_manifest(folder: Path, facts: _CohortFacts, now: datetime) -> str:
    """Write the hashes of all files to a manifest (JSON) and to `SHA256SUMS.txt`.

    Returns the hash of the manifest, which the caller writes into the log. The manifest also has
    the hash of the newest event in the log: it shows from which state of the log the report was
    made.
    """
    sums = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (MINUTES, REGISTER, ITEMS, CHECKPOINT)
    }
    manifest = {
        "format": "psm-report/1",
        "cohort": facts.cohort.id,
        "made_at": now.isoformat(),
        "audit": {
            "events": facts.chain.events,
            "head": facts.chain.head,
            "broken_at": facts.chain.broken_at,
        },
        "files": sums,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    lines = [f"{value}  {name}\n" for name, value in {**sums, MANIFEST: digest}.items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
    return digest
