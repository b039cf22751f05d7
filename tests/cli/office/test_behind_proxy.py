"""`psm serve --behind-proxy` behind a real Caddy: real names, HTTPS, nobody believed but Caddy."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from dirty_equals import Contains
from sqlalchemy import select

from psm_course.settings import read_settings
from psm_course.starting.server import write_server
from psm_course.store.opening import open_register
from psm_course.store.schema import quarantine
from tests.cli.conftest import Psm, a_hand_in
from tests.needs import CADDY

HOST = "bimtek.localhost"  # for such names Caddy makes a certificate by itself
ANA, EVE = "127.0.0.21", "127.0.0.22"  # addresses of this machine from which visitors come
NOWHERE = "203.0.113.66"


def free_ports(count: int) -> list[int]:
    """Below those that systems give away by themselves, so that nobody gets one meanwhile."""
    found: list[int] = []
    port = 20_000 + os.getpid() * 16 % 10_000
    while len(found) < count:
        port += 1
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
    return found


@contextmanager
def running(
    command: list[str | Path], ready: set[str], folder: Path, **variables: str
) -> Iterator[None]:
    """A program until the block ends, from when it said all that it says before it is ready."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PSM_")
    } | variables
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdout
            said = ""
            while not all(each in said for each in ready):
                line = process.stdout.readline()
                assert line, said
                said += line
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


class Site:
    """The site behind Caddy, as visitors from several addresses open it."""

    def __init__(self, port: int, own_port: int, trusted: ssl.SSLContext) -> None:
        self.port, self.own_port, self.trusted = port, own_port, trusted

    def wait_until_served(self) -> None:
        """Caddy says that it has its certificate a moment before it shows it."""
        until = time.monotonic() + 30
        while True:
            try:
                self.opened("/", ANA)
            except ssl.SSLError:
                assert time.monotonic() < until
                time.sleep(0.05)
            else:
                return

    def opened(
        self, path: str, address: str, body: str = "", **headers: str
    ) -> http.client.HTTPResponse:
        """Through Caddy, with a certificate that is for its name."""
        connected = socket.create_connection(("127.0.0.1", self.port), 30, (address, 0))
        with closing(http.client.HTTPConnection(f"{HOST}:{self.port}")) as asking:
            asking.sock = self.trusted.wrap_socket(connected, server_hostname=HOST)
            return _answer(asking, path, body, headers)

    def opened_past_caddy(
        self, path: str, address: str, **headers: str
    ) -> http.client.HTTPResponse:
        with closing(
            http.client.HTTPConnection("127.0.0.1", self.own_port, 30, (address, 0))
        ) as asking:
            return _answer(asking, path, "", {"Host": f"{HOST}:{self.port}"} | headers)


def _answer(
    asking: http.client.HTTPConnection, path: str, body: str, headers: dict[str, str]
) -> http.client.HTTPResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    asking.request(
        "POST" if body else "GET",
        path,
        body or None,
        named | ({"Content-Type": "application/json"} if body else {}),
    )
    response = asking.getresponse()
    response.read()
    return response


@pytest.fixture
def site(served: Path, tmp_path: Path) -> Iterator[Site]:
    """Caddy with the file that `psm new server` writes, before `psm serve` without PostgreSQL."""
    front, plain, admin, own = free_ports(4)
    (served / "psm.toml").write_text(f'site_address = "https://{HOST}:{front}"\n', encoding="utf-8")
    files = write_server(served, HOST)
    serve: list[str | Path] = [
        sys.executable,
        "-m",
        "psm_course.cli.main",
        "serve",
        "--port",
        str(own),
        "--behind-proxy",
        "127.0.0.1",
    ]
    ports = {
        "PSM_HTTPS_PORT": str(front),
        "PSM_HTTP_PORT": str(plain),
        "PSM_CADDY_ADMIN": f"localhost:{admin}",
    }
    homes = {name: str(tmp_path / "caddy") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    caddy: list[str | Path] = [
        CADDY.require(),
        "run",
        "--adapter",
        "caddyfile",
        "--config",
        files / "Caddyfile",
    ]
    with (
        running(serve, {"Tekan Ctrl+C"}, served),
        running(
            caddy,
            {"certificate obtained successfully", "serving initial configuration"},
            files,
            PSM_UPSTREAM=f"127.0.0.1:{own}",
            **ports,
            **homes,
        ),
    ):
        authority = tmp_path / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        behind = Site(front, own, ssl.create_default_context(cafile=str(authority)))
        behind.wait_until_served()
        yield behind


def test_everybody_comes_by_the_sites_name_and_is_who_caddy_says(site: Site, served: Path) -> None:
    lies = [
        (ANA, {}),
        (EVE, {"X_Forwarded_For": NOWHERE, "X_Forwarded_Proto": "http"}),
        (EVE, {"X_Forwarded_For": "127.0.0.1"}),
    ]
    for number, (address, said) in enumerate(lies):
        assert (
            site.opened("/api/submissions", address, a_hand_in(f"D26-90{number}"), **said).status
            == 200
        )
    door = site.opened("/masuk", ANA, X_Forwarded_Proto="http")

    with open_register(read_settings(served)) as store, store.reading() as tx:
        addresses = list(
            tx.execute(
                select(quarantine.c.address).where(quarantine.c.office == store.office)
            ).scalars()
        )
    assert addresses == [ANA, EVE, EVE]
    assert site.opened("/", ANA).status == 200
    assert site.opened("/sehat", ANA).status == 200
    assert "Secure" in (
        door.getheader("Set-Cookie") or ""
    )  # the visitor's side was HTTPS, whatever she wrote herself


def test_whoever_comes_past_caddy_is_not_answered(site: Site) -> None:
    lying = {"X_Forwarded_For": ANA, "X_Forwarded_Proto": "https"}

    assert site.opened_past_caddy("/", EVE, **lying).status == 403
    assert site.opened_past_caddy("/api/submissions", EVE, **lying).status == 403
    assert site.opened_past_caddy("/sehat/", EVE, **lying).status == 403
    assert site.opened_past_caddy("//sehat", EVE, **lying).status == 403


def test_who_watches_over_the_server_asks_it_past_caddy(site: Site) -> None:
    """From whichever of this machine's addresses: `/sehat` says nothing about anybody."""
    asked = [site.opened_past_caddy("/sehat", address) for address in ("127.0.0.1", ANA, EVE)]
    lying = site.opened_past_caddy("/sehat", EVE, X_Forwarded_For=ANA)

    assert [each.status for each in [*asked, lying]] == [200] * 4


# ---- refused -------------------------------------------------------------------------------------


def test_a_site_without_a_name_is_told_to_get_one(psm: Psm, served: Path) -> None:
    assert psm("serve", "--behind-proxy", "127.0.0.1") == (
        2,
        "",
        Contains("proxy", 'psm.toml: site_address = "https://bimtek.contoh.go.id"\n'),
    )


def test_what_is_no_address_of_a_proxy_is_told(psm: Psm, served: Path) -> None:
    ran = psm("serve", "--behind-proxy", "caddy")

    assert ran == (2, "", Contains('"caddy" bukan alamat', "psm serve --behind-proxy 127.0.0.1\n"))


@pytest.mark.parametrize("other", [["--lan"], ["--certificate", "psm.toml", "--key", "psm.toml"]])
def test_the_hall_and_a_proxy_do_not_go_together(psm: Psm, served: Path, other: list[str]) -> None:
    (served / "psm.toml").write_text(f'site_address = "https://{HOST}"\n', encoding="utf-8")

    assert psm("serve", "--behind-proxy", "127.0.0.1", *other) == (
        2,
        "",
        Contains("belakang proxy", "--lan", "--certificate", "tidak dipakai"),
    )


def test_a_port_that_is_taken_is_told(psm: Psm, served: Path) -> None:
    (served / "psm.toml").write_text(f'site_address = "https://{HOST}"\n', encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        ran = psm("serve", "--port", str(port), "--behind-proxy", "127.0.0.1")

    assert ran == (
        2,
        "",
        Contains(
            f"Port {port} sedang dipakai",
            f"psm serve --behind-proxy 127.0.0.1 --port {port + 1}\n",
        ),
    )


def test_a_database_that_is_not_there_is_told(
    psm: Psm, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (served / "psm.toml").write_text(f'site_address = "https://{HOST}"\n', encoding="utf-8")
    secret = served / "rahasia"
    secret.write_text("postgresql://psm:sandi@/psm?host=/tidak-ada\n", encoding="utf-8")
    monkeypatch.setenv("PSM_DATABASE_FILE", str(secret))
    ran = psm("serve", "--port", str(free_ports(1)[0]), "--behind-proxy", "127.0.0.1")
    secret.unlink()
    gone = psm("serve", "--behind-proxy", "127.0.0.1")

    assert (ran.code, "sandi" in ran.err) == (3, False)
    assert ran.err.startswith("Server register tidak menjawab")
    assert gone == (2, "", Contains(f"{secret} (PSM_DATABASE_FILE)", "tidak ditemukan."))
