"""HTTPS with the office's own certificate: its name is answered, and who begins to greet and does
not go on is let go.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import ExitStack
from pathlib import Path

import pytest

from psm_course.cli.office.serve import names_of
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.app import make_app
from psm_course.web.hall.hall_addresses import Hosts
from psm_course.web.hall.limits import Limits
from tests.conftest import ROOT
from tests.register_builders import a_card_secret
from tests.web.hall.certificates import a_certificate, trusting
from tests.web.hall.conftest import a_hall, rest_of

SITE = "psm.contoh.go.id"
PATIENT = 60.0


@pytest.fixture
def certified(tmp_path: Path) -> tuple[Path, Path]:
    return a_certificate(tmp_path, SITE)


def ask(
    address: tuple[str, int], certificate: Path, host: str, path: str = "/masuk"
) -> tuple[int, str]:
    """The answer to whoever reached this address by the certificate's name, as a phone does, and
    asks for a host.
    """
    greeting = trusting(certificate).wrap_socket(
        socket.create_connection(address, timeout=PATIENT), server_hostname=SITE
    )
    asking = http.client.HTTPConnection(SITE)
    asking.sock = greeting
    asking.request("GET", path, headers={"Host": host})
    answer = asking.getresponse()
    said = answer.status, answer.read().decode()
    asking.close()
    return said


def test_the_sites_own_name_is_answered_with_its_certificate(
    store: Store, tmp_path: Path, certified: tuple[Path, Path]
) -> None:
    a_card_secret(tmp_path)
    settings = Settings(root=ROOT, data=tmp_path, site_address=f"https://{SITE}")
    app = make_app(settings, store, Hosts(names_of(settings, *certified)))
    with a_hall(Limits(), app=app, certified=certified) as address:
        own = ask(address, certified[0], f"{SITE}:{address[1]}")
        other = ask(address, certified[0], "lain.contoh.go.id")
        phone = ask(address, certified[0], SITE, "/ponsel")

    assert (own[0], "Masuk ke meja PSM" in own[1]) == (200, True)
    assert (other[0], "Alamat tidak dikenal" in other[1]) == (400, True)
    assert (phone[0], "Alamat ini memakai https" in phone[1]) == (200, True)


def a_greeting() -> bytes:
    """The first message of a TLS handshake, as a browser sends it."""
    sent = ssl.MemoryBIO()
    beginning = ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), sent, server_hostname=SITE)
    with pytest.raises(ssl.SSLWantReadError):
        beginning.do_handshake()
    return sent.read()


@pytest.mark.parametrize(
    ("said", "is_greeted"),
    [(b"", False), (a_greeting()[:100], False), (a_greeting(), True)],
    ids=["nothing", "half a greeting", "a greeting and no more"],
)
def test_a_handshake_that_does_not_end_is_not_waited_for(
    certified: tuple[Path, Path], said: bytes, is_greeted: bool
) -> None:
    with (
        a_hall(Limits(head=0.2), certified=certified) as address,
        socket.create_connection(address, timeout=PATIENT) as connection,
    ):
        connection.sendall(said)
        answered = rest_of(connection)

    assert answered.startswith(b"\x16") is is_greeted  # a record of the handshake


@pytest.mark.parametrize("said", [b"", a_greeting()], ids=["nothing", "a greeting and no more"])
def test_whoever_greets_and_waits_makes_room_for_a_phone(
    certified: tuple[Path, Path], said: bytes
) -> None:
    with (
        a_hall(Limits(head=600), capacity=5, certified=certified) as address,
        ExitStack() as waiting,
    ):
        for _ in range(12):
            waiting.enter_context(socket.create_connection(address, timeout=PATIENT)).sendall(said)
        answers = [ask(address, certified[0], SITE)[0] for _ in range(8)]

    assert answers == [200] * 8
