"""`psm demo`: shows a whole course with 100 invented people, from roster to certificates.

The program does the work of the office itself: it imports the roster, scans cards, records answers
and issues certificates.
"""

import os
import secrets
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from psm_course.cli import context
from psm_course.cli.course.init import tell
from psm_course.cli.course.publication import people_to_look_for, records_to_publish, sentence_about
from psm_course.cli.language import WholeNumber
from psm_course.cli.office.serve import own_port, serve_here
from psm_course.cli.rehearsal.playing import SINCE, Played, come, enrol, sit_tests
from psm_course.content.course import COURSE_FILE, Course, CourseFolder
from psm_course.domain.accounts import ROLES
from psm_course.registrar.accounts.accounts import add_account
from psm_course.registrar.attendance.sheets import mark_attendance
from psm_course.registrar.certificates.issuing import hand_out
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.cards import open_cards
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.settings import Settings, read_settings
from psm_course.simulate.messes import Mess
from psm_course.simulate.messy_hall import write_attendance
from psm_course.site.build import build_site
from psm_course.site.composing import NOT_INSTALLED, can_compose, refuse_without_builder
from psm_course.site.output.hosting import files_for_servers
from psm_course.starting.starter import start
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people

COHORT = "D26"
PEOPLE = 100
SEED = 2026
ACTOR = "demo"
# What an earlier demo left: its sheets, its backups, and what it remembered of its log.
_KEPT = ("berkas", "cadangan", "catatan", "laporan")
_TRIED = "coba-psm"  # where there is no course


@click.command()
@click.option(
    "--once", is_flag=True, help="Selesaikan semuanya, lalu berhenti tanpa membuka situs."
)
@click.option(
    "--port",
    metavar="PORT",
    type=WholeNumber(1, 65535),
    default=8765,
    show_default=True,
    help="Nomor port.",
)
def demo(once: bool, port: int) -> None:
    """Coba semuanya dengan 100 PSM rekaan. Dari daftar peserta sampai sertifikat; boleh diulang."""
    if not once:
        refuse_without_builder()
        own_port(port).close()  # said now, not after minutes
    office = _office()
    # Links on made-up certificates lead to this machine, never to the office's own site.
    where = office.rehearsal(office.data / "demo", f"http://127.0.0.1:{port}")
    course = context.usable_course(where.root)
    _start_afresh(where)
    with context.open_register(where) as store:
        _two_days(store, course, where, context.now())
        passwords = _accounts(store, context.now())
    if has_site := can_compose():
        _build(course, office.data / "build", where)
    else:
        _step(f"Situs tidak disusun. {NOT_INSTALLED}")
    _summary(where, has_site)
    _tell_passwords(passwords)
    if not once:
        serve_here(where, port)


def _office() -> Settings:
    """Return the settings of the office in this folder, or of an office in a folder below it.

    If this folder has no course, a new folder is made below this folder, with the course that comes
    with the program. If an earlier `psm demo` made that folder, it is used again.

    Raises:
        Refused: there is no course, and PSM_DATA names the folder of an office; or the new folder
            cannot be made.
    """
    office = context.settings()
    if "PSM_DATA" in os.environ:  # an office's own folder: no other course is built there
        context.refuse_without_course(office.root)
    if (office.root / COURSE_FILE).is_file():
        return office
    there = office.root / _TRIED
    if not (there / COURSE_FILE).is_file():
        tell(start(there, "", {}))
    return read_settings(there)


def _build(course: CourseFolder, work: Path, where: Settings) -> None:
    _step("Menyusun situs, dengan kunci dan status agar siapa pun dapat memeriksa sertifikat")
    built = build_site(
        course,
        work,
        where.site,
        lambda sentence: click.echo(f"  {sentence}"),
        records_to_publish(where) | files_for_servers(where.site_address),
        people_to_look_for(where),
        where.site_root,
    )
    click.echo(f"  {sentence_about(built)}")


def _start_afresh(where: Settings) -> None:
    """Delete the demo's own register and folders. Those of the office are not touched."""
    for old in where.data.glob("register.db*"):
        old.unlink()
    for folder in (where.records, where.keys, where.site, *(where.data / name for name in _KEPT)):
        # At the first demo the folder does not exist yet.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def _two_days(store: Store, course: Course, where: Settings, now: datetime) -> None:
    files = where.data / "berkas"
    first_day = now - SINCE
    _step(f"Membuka angkatan {COHORT} dan memasukkan daftar peserta dari Excel")
    open_cohort(
        store, COHORT, f"Angkatan {COHORT} (rekaan)", first_day.date(), ACTOR, first_day, course
    )
    played = Played()
    enrol(store, course, files, COHORT, PEOPLE, SEED, first_day, played)
    with store.reading() as tx:
        enrolled = people.list_enrolments(tx, COHORT)
    click.echo(
        f"  {len(enrolled)} peserta dari {len({person.kelurahan for person in enrolled})} kelurahan"
    )

    _step("Memindai kartu di pintu")
    cards = open_cards(store, where, ACTOR, first_day)
    come(store, course, cards, files, COHORT, SEED, first_day, played)
    click.echo(f"  {played.scans['marked']} kartu dipindai")

    _step("Menerima dan menilai jawaban tes awal dan tes akhir")
    sit_tests(store, course, cards, files, COHORT, SEED, first_day, played)
    click.echo(
        f"  {played.answers['recorded']} jawaban dinilai, {played.answers['held']} menunggu"
        " keputusan petugas"
    )

    _step("Mencatat kehadiran dua hari dari lembar")
    write_attendance(course.region, files / "kehadiran.xlsx", enrolled, course.file.sessions, SEED)
    # `replace_all`: without it, a sheet that contradicts a scanned card is refused.
    marked = mark_attendance(
        store, course, COHORT, files / "kehadiran.xlsx", ACTOR, now, replace_all=True
    )
    click.echo(f"  {played.marks + marked.count} tanda hadir")
    _tell_messes(played.messes)

    _step("Menilai siapa telah mengikuti dan siapa telah lulus, lalu menerbitkan sertifikat")
    # Nobody needs this key again: the next demo makes another one.
    signer = new_key(store, where, course.file.organiser, secrets.token_urlsafe(16), ACTOR, now)
    # A dry run first: the bar has to know how many will be printed.
    due = hand_out(store, course, where, None, COHORT, ACTOR, now).new
    with click.progressbar(label="  Mencetak", length=len(due)) as bar:
        count = len(
            hand_out(
                store, course, where, signer, COHORT, ACTOR, now, each=lambda _: bar.update(1)
            ).printed
        )
    _, everybody = standings(store, course, COHORT, now)
    attended, passed = (
        sum(each.completion.has(kind) for each in everybody) for kind in ("attended", "passed")
    )
    click.echo(
        f"  Dari {len(everybody)} peserta: {attended} telah mengikuti, {passed} telah lulus;"
        f" {count} sertifikat PDF"
    )


def _tell_messes(messes: tuple[Mess, ...]) -> None:
    """Print the mistakes (`messes`) in the invented files, so that people find them at the desk."""
    click.echo("  Seperti hari yang sebenarnya, ada yang tidak beres:")
    for kind, count in Counter(mess.kind for mess in messes).items():
        click.echo(f"    {kind}" + (f" ({count} kali)" if count > 1 else ""))


def _accounts(store: Store, now: datetime) -> dict[str, str]:
    """Make an account for each role; returns new random passwords by account."""
    passwords: dict[str, str] = {role: _made_up_password() for role in ROLES}
    for role in ROLES:
        add_account(
            store, role, role, [COHORT] if role == "pelatih" else [], passwords[role], ACTOR, now
        )
    return passwords


def _made_up_password() -> str:
    """A random password that is easy to type: it has no letters that look alike."""
    return "-".join(
        "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4))
        for _ in range(3)
    )


def _tell_passwords(passwords: dict[str, str]) -> None:
    click.echo("Untuk masuk ke meja (kata sandi acak, hanya ditampilkan sekali ini):")
    for name, password in passwords.items():
        click.echo(f"  {name:<20}{password}")
    click.echo("")


def _summary(where: Settings, has_site: bool) -> None:
    with context.open_register(where) as store, store.reading() as tx:
        cohort = cohorts.get_cohort(tx, COHORT)
    click.echo(f"\nJadi: {cohort.title}. Semua orang di dalamnya rekaan.")
    for label, path in (
        *([("Situs", where.site / "index.html")] if has_site else []),
        ("Register", where.register),
        ("Lembar dan jawaban", where.data / "berkas"),
        ("Sertifikat", where.records / COHORT),
    ):
        click.echo(f"  {label:<20}{_shown(path, Path.cwd())}")
    click.echo("")


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _step(sentence: str) -> None:
    click.echo(f"▸ {sentence}")
