"""Whoever keeps the server waiting is let go; whoever gets on with it is not."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from psm_course.web.hall.limits import Limits
from tests.web.hall.conftest import a_hall, rest_of

SHORT = Limits(head=0.2, body=0.2, pace=8192, stalled=0.2)
PATIENT = 60.0


@pytest.fixture
def hurried() -> Iterator[tuple[str, int]]:
    """A server with limits below a second."""
    with a_hall(SHORT) as address:
        yield address


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n",
    ],
    ids=[
        "nothing",
        "half a head",
        "half a body",
        "a body without an end",
        "a body that is only announced",
    ],
)
def test_a_request_that_does_not_come_is_not_waited_for(
    hurried: tuple[str, int], said: bytes
) -> None:
    with socket.create_connection(hurried, timeout=PATIENT) as connection:
        connection.sendall(said)

        assert rest_of(connection) in {
            b"",
            b"HTTP/1.1 100 \r\n\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\n",
        }


def test_half_a_second_request_on_a_kept_connection_is_not_waited_for(
    hurried: tuple[str, int],
) -> None:
    with socket.create_connection(hurried, timeout=PATIENT) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n")

        assert rest_of(connection).count(b"got 0") == 1


def test_an_answer_that_nobody_takes_is_not_kept(hurried: tuple[str, int]) -> None:
    with socket.create_connection(hurried, timeout=PATIENT) as connection:
        connection.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
        told = connection.recv(15)
        time.sleep(4)  # takes nothing, as a phone does that lies in a pocket

        assert told == b"HTTP/1.1 200 OK"
        assert len(rest_of(connection)) < 16 * 1024 * 1024


def test_a_slow_body_that_keeps_coming_is_waited_for() -> None:
    with (
        a_hall(Limits(head=60, body=0.2, pace=1)) as address,
        socket.create_connection(address, timeout=PATIENT) as connection,
    ):
        connection.sendall(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nConnection: close\r\n\r\n"
        )
        for _ in range(10):
            connection.sendall(b"x")
            time.sleep(0.3)

        assert rest_of(connection).endswith(b"got 10")
