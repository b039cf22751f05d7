"""`psm serve`: the site, hand-ins and the desk; on this machine only, unless the hall's network is asked for."""

import socket
import sys
from pathlib import Path

import click
import segno

from psm_course.cli import context
from psm_course.cli.office.serving import Served, serve_until_told
from psm_course.content.site_info import read_site_info
from psm_course.errors import Refused
from psm_course.registrar.accounts.accounts import has_accounts
from psm_course.registrar.backup.automatic import backing_up
from psm_course.registrar.completion.adopting import sentence_about_site
from psm_course.settings import Settings
from psm_course.site.output.publish import finish
from psm_course.store.engine import Store
from psm_course.store.people import people
from psm_course.web.app import make_app
from psm_course.web.hall.incidents import Incidents
from psm_course.web.hall.server import config_for
from psm_course.web.middleware import LOOPBACK

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--port", metavar="PORT", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Nomor port.")
@click.option("--lan", is_flag=True, help="Buka juga untuk ponsel di jaringan yang sama.")
@click.option("--certificate", metavar="BERKAS", type=FILE, help="Sertifikat TLS (PEM); situs lalu dibuka lewat https.")
@click.option("--key", metavar="BERKAS", type=FILE, help="Kunci sertifikat TLS (PEM).")
def serve(port: int, lan: bool, certificate: Path | None, key: Path | None) -> None:
    """Buka situs, penyerahan jawaban, dan meja kantor. Tanpa --lan hanya laptop ini yang dapat membukanya."""
    if (certificate is None) != (key is None):
        raise Refused("--certificate dan --key dipakai bersama.")
    serve_here(context.office(), port, lan, certificate, key)


def serve_here(where: Settings, port: int, lan: bool = False, certificate: Path | None = None, key: Path | None = None) -> None:
    """Serve until stopped by the person at the keyboard."""
    finish(where.site)
    if not (where.site / "index.html").is_file():
        raise Refused("Situs belum disusun. Jalankan dulu: psm build")
    address = lan_address() if lan else None
    here = [own_port(port, "serve")]
    hall = [own_port(port, "serve", address)] if address else []
    with context.open_register(where) as store:
        context.adopted_course(store, where)
        _tell(store, where.site, "https" if certificate else "http", port, address)
        incidents = Incidents(click.echo)
        hosts = LOOPBACK | (own_names(address) if address else frozenset())

        def served(listening: list[socket.socket]) -> Served:
            return Served(config_for(make_app(where, store, hosts, incidents), certificate, key, where.proxy), listening)

        with backing_up(store, where):
            serve_until_told(store, served(here), served(hall) if hall else None, incidents)


def _tell(store: Store, site: Path, scheme: str, port: int, address: str | None) -> None:
    here = f"{scheme}://127.0.0.1:{port}"
    with store.reading() as tx:
        cohorts = people.list_cohorts(tx)
    click.echo(f"Situs kursus:  {here}/")
    for cohort in cohorts:
        click.echo(f"Status {cohort.id}:    {here}/angkatan/{cohort.id}")
    if sentence := sentence_about_site(store, read_site_info(site)):
        click.echo(sentence)
    if not has_accounts(store):
        click.echo("Belum ada akun untuk masuk ke meja. Buat dengan: psm account add NAMA --role petugas")
    if address:
        _tell_phones(f"{scheme}://{address}:{port}/", is_overheard=scheme == "http")
    click.echo("Tekan Ctrl+C untuk berhenti.")


def _tell_phones(address: str, is_overheard: bool) -> None:
    click.echo(f"Untuk ponsel di jaringan ini:  {address}")
    if _can_print("▀"):
        segno.make(address, error="m", micro=False).terminal(compact=True)
    if is_overheard:
        click.echo(
            "Tanpa https, kata sandi dapat disadap di jaringan ini: masuklah ke meja dari laptop ini saja, atau pakai --certificate."
        )


def _can_print(letter: str) -> bool:
    try:
        letter.encode(sys.stdout.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def lan_address() -> str:
    """This machine's address in the local network. Nothing is sent: the system only says which address it would send from."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("10.255.255.255", 1))
            address = str(asking.getsockname()[0])
        except OSError:
            address = "127.0.0.1"
    if address.startswith("127."):
        raise Refused("Laptop ini belum tersambung ke jaringan mana pun. Sambungkan ke Wi-Fi, lalu ulangi.")
    return address


def own_names(address: str) -> frozenset[str]:
    """What this machine is called in its network."""
    name = socket.gethostname().casefold()
    return frozenset({address, name, f"{name}.local"})


def own_port(port: int, command: str, host: str = "127.0.0.1") -> socket.socket:
    """A socket on one of this machine's own addresses. Refused when another program has the port.

    It says that it speaks TCP, which `create_server` leaves open: else asyncio leaves Nagle's algorithm on, and most answers on a
    connection that is kept wait 40 ms for the acknowledgement of their first part.
    """
    try:
        made = socket.create_server((host, port))
    except OSError:
        raise Refused(f"Port {port} sedang dipakai. Coba: psm {command} --port {port % 65535 + 1}") from None
    return socket.socket(made.family, made.type, socket.IPPROTO_TCP, fileno=made.detach())
