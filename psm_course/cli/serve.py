"""`psm serve`: the site and the status page, on this machine only."""

from __future__ import annotations

import socket

import click
import uvicorn

from psm_course.cli import desk
from psm_course.errors import Refused
from psm_course.settings import Settings
from psm_course.store import people
from psm_course.web.app import make_app


@click.command()
@click.option("--port", metavar="PORT", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Nomor port.")
def serve(port: int) -> None:
    """Buka situs dan halaman status di alamat laptop ini. Hanya laptop ini yang dapat membukanya."""
    serve_here(desk.settings(), port)


def serve_here(where: Settings, port: int) -> None:
    """Serve until stopped by the person at the keyboard."""
    course = desk.usable_course(where.root)
    if not (where.site / "index.html").is_file():
        raise Refused("Situs belum disusun. Jalankan dulu: psm build")
    with own_port(port, "serve") as listening, desk.open_register(where) as store:
        with store.transaction() as tx:
            cohorts = people.list_cohorts(tx)
        click.echo(f"Situs kursus:  http://127.0.0.1:{port}/")
        for cohort in cohorts:
            click.echo(f"Status {cohort.id}:    http://127.0.0.1:{port}/angkatan/{cohort.id}")
        click.echo("Tekan Ctrl+C untuk berhenti.")
        config = uvicorn.Config(make_app(where, course, store), log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


def own_port(port: int, command: str) -> socket.socket:
    """A socket on this machine's own address. Refused when another program has the port."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError:
        raise Refused(f"Port {port} sedang dipakai. Coba: psm {command} --port {port % 65535 + 1}") from None
