"""`psm init --open`: asks on a page in the browser, then builds the site and opens the desk."""

import secrets
import webbrowser
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import click
import uvicorn

from psm_course.cli import context
from psm_course.cli.course import publication
from psm_course.cli.office.browser import open_when_there
from psm_course.cli.office.serve import own_port, serve_here
from psm_course.cli.terminal import as_typed
from psm_course.credentials.number_patterns import record_number
from psm_course.errors import ContentFaulty, Refused
from psm_course.registrar.accounts.accounts import add_account, is_account_name
from psm_course.registrar.accounts.passwords import refuse_weak
from psm_course.settings import Settings, read_settings
from psm_course.site.building import building
from psm_course.site.composing import refuse_without_builder
from psm_course.starting.regions import cities, city_named
from psm_course.starting.starter import (
    HELP_FILE,
    TODO,
    Started,
    refuse_unusable,
    start,
    starting_region,
)
from psm_course.web.csrf import FIELD
from psm_course.web.setup.page import ADDRESS, OfficeFacts, make_setup_app


def open_new_office(folder: Path, city: str, port: int, tell: Callable[[Started], None]) -> None:
    """Ask about the office in the browser, write its course folder, build its site, and serve it.

    Args:
        folder: the folder of the new course.
        city: Kemendagri code of the city that is in the form at first; empty: the course's own
            city.
        port: TCP port of the page with the questions, and after that of the desk.
        tell: a function that prints what was written; it is called once.

    Raises:
        Refused: the folder cannot be used, the site cannot be built here, another program has the
            port, or the desk cannot be opened.
        ContentFaulty: the course has mistakes, so its site cannot be built.
        click.Abort: the server of the page ended before somebody gave an answer that can be used.
    """
    # Before the page is shown: nobody should fill in a form for nothing.
    refuse_unusable(folder)
    refuse_without_builder()
    started = _asked_in_browser(folder, city, port)
    tell(started)
    where = read_settings(started.root)
    try:
        _build(where)
    except ContentFaulty as error:
        raise ContentFaulty(
            f"{error}\nPerbaiki di {started.root}, lalu di folder itu: psm build, dan psm serve."
        ) from None
    open_when_there(port)
    serve_here(where, port, command=f"{as_typed('cd', str(folder))}, lalu psm serve")


def _asked_in_browser(folder: Path, city: str, port: int) -> Started:
    """Ask on one page in the browser, then write the course folder and the first account.

    Returns the new course folder, with what a person still has to change or fill in.

    Raises:
        Refused: another program has the port.
        click.Abort: the server of the page ended before somebody gave an answer that can be used.
    """
    made: list[Started] = []
    # Other programs and accounts of this machine reach the page too, but lack this secret.
    key = secrets.token_urlsafe(16)
    code = city or starting_region().office
    usual = OfficeFacts(
        f"{code} {cities()[code]}", "", "", "", Settings().record_number, "petugas", ""
    )

    def set_up(facts: OfficeFacts) -> str:
        made.append(_begin(folder, facts))
        return f"Folder: {made[-1].root}\n{_NUMBERS_FIRST if made[-1].unwritten else _DESK_FOLLOWS}"

    with own_port(port) as listening:
        server = uvicorn.Server(
            uvicorn.Config(
                # Called when the server starts: the application needs the server, to stop it.
                lambda: app,
                factory=True,
                log_level="error",
                access_log=False,
                timeout_graceful_shutdown=2,
            )
        )
        app = make_setup_app(
            key,
            [f"{code} {name}" for code, name in cities().items()],
            usual,
            set_up,
            stop=lambda: setattr(server, "should_exit", True),
        )
        address = f"http://127.0.0.1:{port}{ADDRESS}?{FIELD}={key}"
        click.echo(f"Jawab pertanyaan di peramban. Tidak terbuka sendiri? Buka:  {address}")
        # Some browsers return only when they are closed, and this thread has to serve.
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        server.run(sockets=[listening])
    if not made:
        raise click.Abort
    return made[-1]


_DESK_FOLLOWS = (
    "Situs sedang disusun, sekitar dua menit. Sesudah itu meja terbuka sendiri di halaman lain;"
    " halaman ini boleh ditutup."
)
_NUMBERS_FIRST = (
    f"Situs belum dapat disusun: isi dahulu nomor bantuan setempat di {HELP_FILE.as_posix()},"
    " sesudah menelepon tiap nomor.\n"
    f"Yang lain yang perlu dibaca ada di {TODO}. Lalu, di folder itu: psm check sampai tidak ada"
    " masalah, psm build, dan psm serve."
)


def _begin(folder: Path, facts: OfficeFacts) -> Started:
    """Write the course folder and the first account, from the answers in `facts`.

    Returns the new course folder, with what a person still has to change or fill in.

    Raises:
        Refused: an answer cannot be used, or the folder is not empty. Nothing was written.
    """
    # A city chosen from the list begins with its code; a typed one may be only a name.
    city = city_named(facts.city.split(" ", 1)[0] if facts.city[:1].isdigit() else facts.city)
    # Its result is not needed: a pattern that cannot be used is refused before a file is written.
    record_number(facts.record_number, 1, context.now())
    if not is_account_name(facts.account):
        raise Refused(
            f'"{facts.account}" tidak dapat menjadi nama akun. Pakai 2 sampai 30 huruf kecil,'
            " angka, titik, atau garis."
        )
    refuse_weak(facts.password, facts.account)
    started = start(
        folder,
        city,
        {
            name: getattr(facts, name)
            for name in ("letterhead", "signatory_title", "signatory_name", "record_number")
            if getattr(facts, name) != getattr(Settings(), name)
        },
    )
    with context.open_register(read_settings(started.root)) as store:
        add_account(
            store, facts.account, "petugas", (), facts.password, context.actor(), context.now()
        )
    return started


def _build(where: Settings) -> None:
    with building(
        where.root, where.data / "build", lambda sentence: click.echo(f"  {sentence}")
    ) as begun:
        order = publication.order(where, where.site, context.today())
        built = begun.unchanged(order) or publication.build(where, begun, order)
    click.echo(publication.sentence_about(built))
