"""`psm serve`: serves site, hand-ins and desk to this machine and, if asked, to the hall."""

import socket
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click
from starlette.types import ASGIApp

from psm_course.cli import context
from psm_course.cli.language import WholeNumber
from psm_course.cli.office.browser import open_running, open_when_there
from psm_course.cli.office.serving import Served, serve_until_told
from psm_course.cli.office.telling import tell
from psm_course.cli.terminal import typed_with
from psm_course.errors import Refused
from psm_course.registrar.backup.automatic import backing_up
from psm_course.settings import Settings
from psm_course.site.output.finishing import finish
from psm_course.web.app import make_app
from psm_course.web.hall.certificate import read_certificate
from psm_course.web.hall.hall_addresses import HallAddresses, Hosts, Names, listen
from psm_course.web.hall.incidents import Incidents
from psm_course.web.hall.proxied import BehindProxy, Proxies
from psm_course.web.hall.server import config_for

_USUAL = 8765  # port
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option(
    "--port",
    metavar="PORT",
    type=WholeNumber(1, 65535),
    default=_USUAL,
    show_default=True,
    help="Nomor port.",
)
@click.option("--lan", is_flag=True, help="Buka juga untuk ponsel di jaringan yang sama.")
@click.option(
    "--address",
    metavar="ALAMAT",
    multiple=True,
    help="Hanya alamat ini yang dibuka untuk ponsel; boleh beberapa kali.",
)
@click.option(
    "--behind-proxy",
    metavar="ALAMAT",
    multiple=True,
    help="Di server, di belakang proxy beralamat ini (misalnya Caddy). Boleh beberapa kali.",
)
@click.option(
    "--certificate",
    metavar="BERKAS",
    type=FILE,
    help="Sertifikat TLS (PEM); situs lalu dibuka lewat https.",
)
@click.option("--key", metavar="BERKAS", type=FILE, help="Kunci sertifikat TLS (PEM).")
@click.option(
    "--open",
    "opens",
    is_flag=True,
    help="Buka meja di peramban; bila sudah berjalan, cukup dibuka.",
)
def serve(
    port: int,
    lan: bool,
    address: tuple[str, ...],
    behind_proxy: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    opens: bool,
) -> None:
    """Buka situs, penyerahan jawaban, dan meja kantor.

    Tanpa --lan hanya laptop ini yang dapat membukanya.
    """
    if (certificate is None) != (key is None):
        raise Refused("--certificate dan --key dipakai bersama.")
    # psm.bat, for Windows, may be double-clicked again while its first window is open.
    if opens and open_running(port):
        click.echo(
            "Meja sudah berjalan di jendela lain, dan dibuka di peramban. Jendela itu jangan"
            " ditutup."
        )
        return
    where = context.office()
    if behind_proxy:
        if lan or certificate:
            raise Refused(
                "Di belakang proxy, --lan dan --certificate tidak dipakai: proxy yang menerima"
                " orang dan memegang sertifikatnya."
            )
        where = _behind(where, behind_proxy)
    if opens:
        # Before serving, in the background: `serve_here` returns only when everything has ended.
        open_when_there(port, "https" if certificate else "http")
    serve_here(where, port, lan, certificate, key, address, is_behind=bool(behind_proxy))


def _behind(where: Settings, proxies: Sequence[str]) -> Settings:
    """Return the office's settings with the addresses `proxies` as the setting `proxy`.

    Raises:
        Refused: one of `proxies` is not an address, or the settings have no `site_address`.
    """
    Proxies(",".join(proxies))
    if not where.site_address:
        raise Refused(
            "Di belakang proxy, situs perlu namanya sendiri. Tulis di psm.toml: site_address ="
            ' "https://bimtek.contoh.go.id"'
        )
    return replace(where, proxy=",".join(proxies))


def serve_here(
    where: Settings,
    port: int,
    lan: bool = False,
    certificate: Path | None = None,
    key: Path | None = None,
    chosen: Sequence[str] = (),
    is_behind: bool = False,
    command: str = "",
) -> None:
    """Serve site, hand-ins and desk, until the person at the keyboard stops the program.

    Args:
        where: the office's settings.
        port: the TCP port, the same at every address.
        lan: True to serve also the phones in the course room (the hall), at all private addresses
            of this machine.
        certificate: PEM file with the TLS certificate; None: plain HTTP.
        key: PEM file with the key of the certificate; None without a certificate.
        chosen: addresses of this machine at which the hall is served, instead of all; empty: `lan`
            decides.
        is_behind: True to answer only this machine itself and the proxies in the settings.
        command: the command that a refusal advises if the port cannot be used; empty: the command
            that was typed.

    Raises:
        Refused: the site is not built, the port is in use, a chosen address is not there, or the
            certificate, a key or the register cannot be used.
        ContentFaulty: the office has adopted no course, and the one in its folder has errors.
        StoreError: the register cannot be opened.
    """
    proxies = Proxies(where.proxy)
    # A publication may have been killed while its files were moved into place.
    finish(where.site)
    if not (where.site / "index.html").is_file():
        raise Refused(_unbuilt(where.site))
    names = names_of(where, certificate, key)
    addresses = HallAddresses(port, names, frozenset(chosen)) if lan or chosen else None
    # The port first: if another program has it, no register is opened and no address printed.
    with closing(own_port(port, command)) as here, context.open_register(where) as store:
        hall = opened(addresses) if addresses else []
        # Its result is not needed: a new office adopts its course now, or is told why it cannot.
        context.adopted_course(store, where)
        incidents = Incidents(click.echo)

        def served(listening: list[socket.socket], found_at: HallAddresses | None = None) -> Served:
            app: ASGIApp = make_app(
                where, store, Hosts(names, addresses), incidents, None if is_behind else addresses
            )
            if proxies:
                app = BehindProxy(app, proxies, is_only_way=is_behind)
            return Served(config_for(app, certificate, key), listening, found_at)

        # Once it is said how to stop, Ctrl+C is the normal end, also before uvicorn listens for it.
        with suppress(KeyboardInterrupt):
            tell(
                store,
                where.site,
                where.site_address if is_behind else f"{names.scheme}://127.0.0.1:{port}",
                None if is_behind else addresses,
            )
            with backing_up(store, where):
                serve_until_told(
                    store, served([here]), served(hall, addresses) if addresses else None, incidents
                )
    click.echo("Sudah berhenti. Semua yang diterima tersimpan.")


def _unbuilt(site: Path) -> str:
    from psm_course.site.composing import can_compose  # noqa: PLC0415 - mostly there is a site

    if can_compose():
        return "Situs belum disusun. Jalankan dulu: psm build"
    return (
        f"Situs belum disusun. Salin folder situs dari komputer yang menyusunnya ke {site}. Atau"
        ' pasang penyusunnya di sini: pip install "psm-course[site]", lalu psm build.'
    )


def names_of(where: Settings, certificate: Path | None, key: Path | None) -> Names:
    """Return the host names to which this machine answers.

    The host name of the site's own address is in the result in two cases: a certificate is used and
    is for this name, or no certificate but a proxy is used.

    Raises:
        Refused: the certificate or its key cannot be read, or they do not belong together.
    """
    site = (urlsplit(where.site_address).hostname or "").casefold()
    certified = read_certificate(certificate, key) if certificate and key else None
    vouched = certified.is_for(site) if certified else bool(where.proxy)
    return Names(site if vouched else "", certified, "" if vouched or not certified else site)


def opened(addresses: HallAddresses) -> list[socket.socket]:
    """Open the sockets that phones in the course room (the hall) connect to.

    Raises:
        Refused: another program has the port, or a chosen address is not there.
    """
    addresses.refuse_unknown()
    change = addresses.refresh()
    if addresses.is_shut_out:
        raise shut(addresses.port, OSError())
    return list(change.opened)


def own_port(port: int, command: str = "") -> socket.socket:
    """Return a listening socket that only this machine can reach.

    Args:
        port: 1 to 65535.
        command: the command to advise, with another port, if this port cannot be used; empty: the
            command that was typed.

    Raises:
        Refused: another program has the port, or only root may use it.
    """
    try:
        return listen("127.0.0.1", port)
    except OSError as error:
        raise shut(port, error, command) from None


def shut(port: int, error: OSError, command: str = "") -> Refused:
    """Return the refusal for a port that could not be opened, with another port to try.

    The other port is usually the next one. If only root may use the port, the usual port is advised
    instead, because on most systems only root may use any port below 1024.

    Args:
        port: the port that could not be opened.
        error: the error with which opening failed.
        command: the command to advise, with the other port; empty: the command that was typed.
    """
    kept = isinstance(error, PermissionError)
    why = "hanya boleh dipakai pengelola komputer ini" if kept else "sedang dipakai"
    other = _USUAL if kept and port != _USUAL else port % 65535 + 1
    again = f"{command} --port {other}" if command else typed_with("--port", other)
    return Refused(f"Port {port} {why}. Coba: {again}")
