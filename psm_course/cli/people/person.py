"""`psm person`: adds, corrects, moves, joins and finds people, one at a time."""

from dataclasses import asdict
from typing import Any

import click

from psm_course.cli import context
from psm_course.domain.register import Enrolment
from psm_course.registrar.people import adding, merging, one_person
from psm_course.registrar.people.adding import Added, Newcomer
from psm_course.registrar.people.leaving import left_sentence
from psm_course.registrar.people.one_person import Correction, named_person
from psm_course.registrar.people.searching import MOST, search_people
from psm_course.store.people import persons
from psm_course.store.people.persons import Membership

reason_option = click.option(
    "--reason", metavar="ALASAN", required=True, help="Mengapa; dicatat di audit, tanpa nama orang."
)
answer_option = click.option(
    "--answer",
    metavar="NOMOR",
    default="",
    help='Siapa orangnya bila ditanya: nomor yang disebut, atau "lain".',
)


@click.group()
def person() -> None:
    """Satu orang: tambah, betulkan, pindah, gabung, cari."""


@person.command()
@click.argument("cohort_id", metavar="KODE")
@click.option("--name", metavar="NAMA", required=True, help="Nama lengkap.")
@click.option(
    "--kelurahan",
    metavar="KELURAHAN",
    required=True,
    help='Misalnya Beji, atau "Curug, Cimanggis".',
)
@click.option("--phone", metavar="NOMOR", default="", help="Nomor HP, bila ada.")
@click.option(
    "--reason",
    metavar="ALASAN",
    default="",
    help="Mengapa; bila tidak ditulis: datang langsung saat kegiatan.",
)
@answer_option
def add(cohort_id: str, name: str, kelurahan: str, phone: str, reason: str, answer: str) -> None:
    """Tambahkan satu peserta ke angkatan; nomornya langsung diberikan."""
    with context.course_and_register() as (_, course, store):
        added = adding.add_person(
            store,
            course.region,
            cohort_id,
            Newcomer(name, kelurahan, phone),
            answer,
            reason,
            context.actor(),
            context.now(),
        )
    _say_added(added)


def _say_added(added: Added) -> None:
    number = added.enrolment.number
    click.echo(
        f"Nomor peserta: {number}"
        if added.is_new
        else f"Sudah peserta angkatan ini: {number}. Tidak ada yang berubah."
    )
    if added.certified:
        click.echo(f"Orang ini {added.certified}.")


@person.command()
@click.argument("number", metavar="NOMOR")
@click.option("--name", metavar="NAMA", help="Nama yang benar.")
@click.option("--kelurahan", metavar="KELURAHAN", help="Kelurahan yang benar.")
@click.option("--phone", metavar="NOMOR", help='Nomor HP yang benar; "-" menghapusnya.')
@reason_option
def correct(
    number: str, name: str | None, kelurahan: str | None, phone: str | None, reason: str
) -> None:
    """Betulkan nama, kelurahan, atau nomor HP.

    Sertifikat yang sudah terbit tetap seperti tercetak.
    """
    with context.course_and_register() as (_, course, store):
        done = one_person.correct_person(
            store,
            course.region,
            number,
            Correction(name, kelurahan, phone),
            reason,
            context.actor(),
            context.now(),
        )
    click.echo(f"Data {done.enrolment.number} dibetulkan.")
    if done.records:
        click.echo(
            f"Sertifikat {', '.join(done.records)} tetap seperti tercetak. Menggantinya: psm"
            f" supersede {done.records[0]}"
        )


@person.command()
@click.argument("number", metavar="NOMOR")
@click.option("--undo", is_flag=True, help="Ikut lagi, dengan nomor yang sama.")
@reason_option
def withdraw(number: str, undo: bool, reason: str) -> None:
    """Catat bahwa seseorang mengundurkan diri. Yang sudah dikerjakannya tetap tersimpan."""
    act = one_person.readmit_person if undo else one_person.withdraw_person
    with context.office_register() as (_, store):
        act(store, number, reason, context.actor(), context.now())
    click.echo(f"{number} ikut lagi." if undo else f"{number} dicatat mengundurkan diri.")


@person.command()
@click.argument("number", metavar="NOMOR")
@click.argument("cohort_id", metavar="KODE")
@reason_option
def move(number: str, cohort_id: str, reason: str) -> None:
    """Pindahkan seseorang ke angkatan lain; di sana nomornya baru."""
    with context.office_register() as (_, store):
        moved = one_person.move_person(
            store, number, cohort_id, reason, context.actor(), context.now()
        )
    click.echo(f"{number} pindah ke {moved.cohort}. Nomor barunya: {moved.number}")


@person.command()
@click.argument("number", metavar="NOMOR")
@click.option("--name", metavar="NAMA", required=True, help="Nama penggantinya.")
@click.option("--kelurahan", metavar="KELURAHAN", required=True, help="Kelurahan penggantinya.")
@click.option("--phone", metavar="HP", default="", help="Nomor HP penggantinya, bila ada.")
@answer_option
@reason_option
def replace(number: str, name: str, kelurahan: str, phone: str, answer: str, reason: str) -> None:
    """Orang lain menggantikan tempat seseorang, dengan nomornya sendiri."""
    with context.course_and_register() as (_, course, store):
        added = one_person.replace_person(
            store,
            course.region,
            number,
            Newcomer(name, kelurahan, phone),
            answer,
            reason,
            context.actor(),
            context.now(),
        )
    _say_added(added)


# ---- who is who ----------------------------------------------------------------------------------


@person.command()
@click.argument("kept", metavar="NOMOR")
@click.argument("other", metavar="NOMOR_LAIN")
@reason_option
def merge(kept: str, other: str, reason: str) -> None:
    """Gabungkan dua nomor satu angkatan milik satu orang. NOMOR yang dipakai terus."""
    with context.office_register() as (_, store):
        merging.merge_persons(store, kept, other, reason, context.actor(), context.now())
    click.echo(
        f"{other} digabung dengan {kept}. Kehadiran dan jawaban keduanya dihitung untuk {kept}."
    )


@person.command()
@click.argument("number", metavar="NOMOR")
@reason_option
def unmerge(number: str, reason: str) -> None:
    """Pisahkan lagi nomor yang keliru digabung dengan nomor lain."""
    with context.office_register() as (_, store):
        kept = merging.unmerge_persons(store, number, reason, context.actor(), context.now())
    click.echo(
        f"{number} dipisah dari {kept.number}. Kehadiran dan jawaban masing-masing dihitung untuk"
        " nomornya sendiri."
    )


@person.command()
@click.argument("one", metavar="NOMOR")
@click.argument("other", metavar="NOMOR_LAIN")
@reason_option
def link(one: str, other: str, reason: str) -> None:
    """Catat bahwa dua nomor dari angkatan berbeda milik satu orang."""
    with context.office_register() as (_, store):
        numbers = merging.link_persons(store, one, other, reason, context.actor(), context.now())
    click.echo(f"Satu orang dengan nomor {', '.join(numbers)}.")


@person.command()
@click.argument("number", metavar="NOMOR")
@reason_option
def unlink(number: str, reason: str) -> None:
    """Catat bahwa sebuah nomor ternyata milik orang lain."""
    with context.office_register() as (_, store):
        merging.unlink_person(store, number, reason, context.actor(), context.now())
    click.echo(f"{number} tidak lagi dihubungkan dengan nomor lain.")


# ---- looking -------------------------------------------------------------------------------------


@person.command()
@click.argument("number", metavar="NOMOR")
@context.json_option
def show(number: str, as_json: bool) -> None:
    """Tampilkan seseorang di semua angkatannya, dengan sertifikat yang berlaku."""
    with context.course_and_register() as (_, course, store), store.reading() as tx:
        known = named_person(tx, number)
        memberships = persons.memberships(tx, known.number)
    if as_json:
        context.print_json([_as_json(each) for each in memberships])
        return
    click.echo(f"{known.name}, {course.region.home(known.kelurahan)}")
    for each in memberships:
        facts = [
            each.title,
            f"mulai {each.starts_on}",
            left_sentence(each.enrolment),
            *each.records,
        ]
        click.echo(f"  {each.enrolment.number}  {'; '.join(fact for fact in facts if fact)}")


def _as_json(membership: Membership) -> dict[str, Any]:
    return asdict(membership.enrolment) | {
        "title": membership.title,
        "starts_on": membership.starts_on.isoformat(),
        "records": list(membership.records),
    }


@person.command()
@click.argument("looked_for", metavar="YANG_DICARI", nargs=-1, required=True)
@context.json_option
def find(looked_for: tuple[str, ...], as_json: bool) -> None:
    """Cari orang menurut nama, nomor, atau kelurahan."""
    with context.course_and_register() as (_, course, store):
        found = search_people(store, course.region, " ".join(looked_for))
    if as_json:
        context.print_json([asdict(each) for each in found.people])
        return
    for each in found.people:
        click.echo(f"{each.number}  {_described(each)}, {course.region.home(each.kelurahan)}")
    if not found.people:
        click.echo("Tidak ada yang cocok. Coba satu kata saja, atau periksa ejaannya.")
    if not found.is_all:
        click.echo(f"Hanya {MOST} yang pertama. Tulis lebih lengkap.")


def _described(found: Enrolment) -> str:
    left = left_sentence(found)
    return f"{found.name} ({left})" if left else found.shown_name
