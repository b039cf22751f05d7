"""`psm serve`: the site, hand-ins and the desk; on this machine only, unless the hall's network is asked for."""

import gc
import signal
import socket
import sys
from pathlib import Path

import click
import segno
import uvicorn
from starlette.applications import Starlette

from psm_course.cli import context
from psm_course.content.site_info import read_site_info
from psm_course.errors import Refused
from psm_course.registrar.accounts.accounts import has_accounts
from psm_course.registrar.backup.automatic import backing_up
from psm_course.registrar.completion.adopting import sentence_about_site
from psm_course.settings import Settings
from psm_course.site.output.publish import finish
from psm_course.store.engine import Store
from psm_course.store.people import people
from psm_course.store.sqlite import now_and_then, rescue
from psm_course.web.app import make_app
from psm_course.web.middleware import LOOPBACK

_SLOWEST = 5  # seconds that a request under way may still take
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
    listening = [own_port(port, "serve", host) for host in ("127.0.0.1", address) if host]
    with context.open_register(where) as store:
        context.adopted_course(store, where)
        _tell(store, where.site, "https" if certificate else "http", port, address)
        hosts = LOOPBACK | (own_names(address) if address else frozenset())
        with backing_up(store, where):
            serve_until_told(make_app(where, store, hosts), store, listening, certificate, key)


def serve_until_told(
    app: Starlette, store: Store, listening: list[socket.socket], certificate: Path | None = None, key: Path | None = None
) -> None:
    """Serve until told to stop; then let what is being answered end, and whoever sends very slowly go."""
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=_SLOWEST,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    server = uvicorn.Server(config)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, server.handle_exit)  # the window was closed: uvicorn itself knows of the other signals only
    gc.freeze()  # half a million objects that stay: looking through them again held up every phone for a quarter of a second
    try:
        with now_and_then(store):
            server.run(sockets=listening)
    finally:
        if saved := rescue(store):
            click.echo(f"Berkas register hilang selagi dipakai. Isinya diselamatkan di {saved}. Hubungi pengelola.", err=True)


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
