"""`psm demo`: the whole main job on a made-up cohort, through the same verbs that an office uses."""

from __future__ import annotations

import dataclasses
import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import click

from psm_course.cli import desk
from psm_course.cli.build import publish_records, sentence_about
from psm_course.cli.serve import serve_here
from psm_course.content.course import Course
from psm_course.grading.documents import documents
from psm_course.grading.submission import read_submission
from psm_course.registrar.attending import mark_attendance
from psm_course.registrar.certificates import print_certificates
from psm_course.registrar.enrolling import import_roster, open_cohort
from psm_course.registrar.issuing import issue_records
from psm_course.registrar.judging import standings
from psm_course.registrar.keyring import new_key
from psm_course.registrar.publishing import publish_status
from psm_course.registrar.submitting import Desk
from psm_course.settings import Settings
from psm_course.simulate.day import write_answers, write_attendance, write_roster
from psm_course.simulate.people import made_up_people
from psm_course.site.build import build_site
from psm_course.store import people
from psm_course.store.engine import Store

COHORT = "D26"
PEOPLE = 100
SEED = 2026
ACTOR = "demo"


@click.command()
@click.option("--once", is_flag=True, help="Selesaikan semuanya, lalu berhenti tanpa membuka situs.")
@click.option("--port", metavar="PORT", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Nomor port.")
def demo(once: bool, port: int) -> None:
    """Coba semuanya dengan 100 PSM rekaan. Dari daftar peserta sampai sertifikat; boleh diulang."""
    office = desk.settings()
    where = dataclasses.replace(office, data=office.data / "demo", site_address=f"http://127.0.0.1:{port}")
    course = desk.usable_course(where.root)
    _step("Menyusun situs")
    built = build_site(course, office.data / "build", where.site, lambda sentence: click.echo(f"  {sentence}"))
    click.echo(f"  {sentence_about(built)}")
    _start_afresh(where)
    with desk.open_register(where) as store:
        _two_days(store, course, where, desk.now())
    _step("Menerbitkan kunci dan status di situs, agar siapa pun dapat memeriksa sertifikat")
    click.echo(f"  {publish_records(where, where.site)} berkas, tanpa nama peserta")
    _summary(where)
    if not once:
        serve_here(where, port)


def _start_afresh(where: Settings) -> None:
    """The demo's own register and files only; the office's are elsewhere."""
    for old in where.data.glob("register.db*"):
        old.unlink()
    for folder in (where.records, where.keys, where.data / "berkas"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def _two_days(store: Store, course: Course, where: Settings, now: datetime) -> None:
    files = where.data / "berkas"
    first_day = now - timedelta(days=1)
    _step(f"Membuka angkatan {COHORT} dan memasukkan daftar peserta dari Excel")
    open_cohort(store, COHORT, f"Angkatan {COHORT} (rekaan)", first_day.date(), ACTOR, first_day, course)
    write_roster(files / "peserta.xlsx", made_up_people(PEOPLE, SEED))
    imported = import_roster(store, COHORT, files / "peserta.xlsx", ACTOR, first_day)
    homes = {enrolment.kelurahan for enrolment in imported.added}
    click.echo(f"  {len(imported.added)} peserta dari {len(homes)} kelurahan")

    _step("Mencatat kehadiran dua hari")
    write_attendance(files / "kehadiran.xlsx", imported.added, course.file.sessions, SEED)
    click.echo(f"  {mark_attendance(store, course, COHORT, files / 'kehadiran.xlsx', ACTOR, now)} tanda hadir")

    _step("Menerima dan menilai jawaban tes awal dan tes akhir")
    counter = Desk(store, course.quizzes)
    for quiz, skill, share, at in (("tes-awal", (0.25, 0.7), 0.99, first_day), ("tes-akhir", (0.7, 1.0), 0.97, now)):
        path = files / f"{quiz}.jsonl"
        write_answers(path, course.quizzes[quiz], imported.added, skill, share, SEED, at)
        click.echo(f"  {_hand_in(counter, path, at)} jawaban {course.quizzes[quiz].header.title}")

    _step("Menilai siapa yang sudah selesai, lalu menerbitkan sertifikat")
    signer = new_key(store, where, course.file.organiser, secrets.token_urlsafe(16), ACTOR, now)
    issued = issue_records(store, course, where, signer, COHORT, ACTOR, now)
    with click.progressbar(print_certificates(store, where, COHORT, ACTOR, now), label="  Mencetak", length=len(issued.new)) as printed:
        count = sum(1 for _ in printed)
    publish_status(store, signer, ACTOR, now)
    _, everybody = standings(store, course, COHORT, now)
    click.echo(f"  {len(issued.new)} dari {len(everybody)} selesai; {count} sertifikat PDF")


def _hand_in(counter: Desk, path: Path, at: datetime) -> int:
    recorded = 0
    with path.open("rb") as stream:
        for _, document in documents(stream):
            receipt = counter.submit(read_submission(document), document.decode().strip(), ACTOR, at)
            recorded += receipt.standing == "recorded"
    return recorded


def _summary(where: Settings) -> None:
    with desk.open_register(where) as store, store.transaction() as tx:
        cohort = people.get_cohort(tx, COHORT)
    click.echo(f"\nJadi: {cohort.title}. Semua orang di dalamnya rekaan.")
    for label, path in (
        ("Situs", where.site / "index.html"),
        ("Register", where.register),
        ("Lembar dan jawaban", where.data / "berkas"),
        ("Sertifikat", where.records / COHORT),
    ):
        click.echo(f"  {label:<20}{_shown(path, where.root)}")
    click.echo("")


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _step(sentence: str) -> None:
    click.echo(f"▸ {sentence}")
