"""`psm account`: decides who may sign in at the desk, the office's web pages."""

import sys
from typing import cast

import click

from psm_course.cli import context
from psm_course.domain.accounts import ROLES, Account, Role
from psm_course.errors import Refused
from psm_course.registrar.accounts import accounts

name_argument = click.argument("name", metavar="NAMA")


@click.group()
def account() -> None:
    """Akun: siapa yang boleh masuk ke meja kantor."""


@account.command()
@name_argument
@click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="petugas: semua. pelatih: angkatannya. pembaca: membaca saja.",
)
@click.option(
    "--cohort",
    "cohorts",
    metavar="KODE",
    multiple=True,
    help="Angkatan seorang pelatih. Boleh diulang.",
)
def add(name: str, role: str, cohorts: tuple[str, ...]) -> None:
    """Buat akun.

    Kata sandinya ditanyakan, atau dibaca dari masukan standar; tidak ada kata sandi bawaan.
    """
    with context.office_register() as (_, store):
        new = accounts.add_account(
            store,
            name,
            cast("Role", role),
            cohorts,
            _asked_password(),
            context.actor(),
            context.now(),
        )
    click.echo(
        f"Akun {new.name} ({_described(new)}) siap. Buka /masuk di situs yang disajikan psm serve."
    )


@account.command(name="list")
@context.json_option
def list_(as_json: bool) -> None:
    """Sebutkan semua akun."""
    with context.office_register() as (_, store):
        known = accounts.list_accounts(store)
    if as_json:
        context.print_json(
            [
                {"name": a.name, "role": a.role, "open": a.is_open, "cohorts": sorted(a.cohorts)}
                for a in known
            ]
        )
        return
    for each in known:
        click.echo(f"{each.name}  {_described(each)}{'' if each.is_open else '  ditutup'}")
    if not known:
        click.echo("Belum ada akun. Buat dengan: psm account add NAMA --role petugas")


@account.command()
@name_argument
def close(name: str) -> None:
    """Tutup akun. Yang sedang masuk dengan akun itu langsung keluar."""
    with context.office_register() as (_, store):
        accounts.set_open(store, name, False, context.actor(), context.now())
    click.echo(f"Akun {name} ditutup. Buka lagi dengan: psm account open {name}")


@account.command(name="open")
@name_argument
def open_(name: str) -> None:
    """Buka lagi akun yang ditutup."""
    with context.office_register() as (_, store):
        accounts.set_open(store, name, True, context.actor(), context.now())
    click.echo(f"Akun {name} dibuka.")


@account.command()
@name_argument
def password(name: str) -> None:
    """Ganti kata sandi sebuah akun."""
    with context.office_register() as (_, store):
        accounts.change_password(store, name, _asked_password(), context.actor(), context.now())
    click.echo(f"Kata sandi {name} diganti.")


@account.command()
@name_argument
@click.argument("cohorts", metavar="[KODE]...", nargs=-1)
def cohorts(name: str, cohorts: tuple[str, ...]) -> None:
    """Tetapkan angkatan seorang pelatih, menggantikan yang sebelumnya."""
    with context.office_register() as (_, store):
        now_theirs = accounts.change_cohorts(store, name, cohorts, context.actor(), context.now())
    click.echo(f"Angkatan {name}: {', '.join(sorted(now_theirs)) or 'tidak ada'}.")


def _asked_password() -> str:
    """Ask for a password: twice and hidden at a keyboard, else the first line of standard input.

    Raises:
        Refused: the line is empty.
    """
    if sys.stdin.isatty():
        return str(click.prompt("Kata sandi", hide_input=True, confirmation_prompt="Sekali lagi"))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Refused(
            "Kata sandi belum diberikan. Ketik saat ditanya, atau alirkan lewat masukan standar."
        )
    return line


def _described(account: Account) -> str:
    return (
        f"{account.role}: {', '.join(sorted(account.cohorts)) or 'belum ada angkatan'}"
        if account.role == "pelatih"
        else account.role
    )
