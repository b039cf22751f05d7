"""A hall full of connections that ask for nothing:
whoever works at the laptop and whoever hands in is answered.
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.load.hall import FILES, HALL
from tests.load.office import Office
from tests.load.phones import hand_in_all, spread
from tests.load.test_handing_in import codes, held_by, kept_by, receipts

HALF = b"POST /api/submissions HTTP/1.1\r\nHost: 127.0.0.2\r\n"
HALF_BODY = HALF + b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"


@contextmanager
def half_open(port: int, count: int, said: bytes) -> Iterator[list[socket.socket]]:
    """Connections from the hall that have said so much and wait."""
    with ExitStack() as open_here:
        connected = []
        for _ in range(count):
            each = open_here.enter_context(socket.create_connection((HALL, port), timeout=60))
            each.sendall(said)
            connected.append(each)
        yield connected


@pytest.mark.parametrize(
    "said", [b"", HALF, HALF_BODY], ids=["nothing", "half a head", "half a body"]
)
def test_connections_that_ask_for_nothing_stop_neither_the_desk_nor_the_phones(
    database: str, tmp_path: Path, said: bytes
) -> None:
    held = held_by(database, 40)
    with (tmp_path / "log").open("wb") as log:
        office = Office(database, ("tests.load.hall",), stderr=log)
        try:
            with half_open(office.port, 2 * FILES, said):
                desk = urlopen(f"http://127.0.0.1:{office.port}/masuk", timeout=60).read().decode()
                answers = hand_in_all(office.port, spread(held, within=1), host=HALL)
        finally:
            office.stop()

    assert "Masuk ke meja PSM" in desk
    assert Counter((answer.status, answer.body["standing"]) for answer in answers) == {
        (200, "recorded"): 40,
        (200, "known"): 4,
    }
    assert receipts(answers) == codes(held)
    assert kept_by(database) == dict.fromkeys(codes(held), 1)
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
