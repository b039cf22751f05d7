"""A server as the hall has it, with an application that reads all and answers with much."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from psm_course.cli.office.serve import own_port
from psm_course.web.hall.incidents import Incidents
from psm_course.web.hall.limits import Limits
from psm_course.web.hall.server import HallServer, config_for

MUCH = 30 * 1024 * 1024  # no system takes as much for somebody who does not read


async def answers_with_much(scope: Scope, receive: Receive, send: Send) -> None:
    """`/much` gets more than any buffer holds, all else a word and how many bytes were sent."""
    if scope["type"] == "http":
        request = Request(scope, receive)
        body = await request.body()
        await PlainTextResponse("x" * MUCH if scope["path"] == "/much" else f"got {len(body)}")(
            scope, receive, send
        )


@contextmanager
def a_hall(
    limits: Limits,
    capacity: int = 100,
    app: ASGIApp = answers_with_much,
    certified: tuple[Path, Path] | tuple[()] = (),
) -> Iterator[tuple[str, int]]:
    """A running server's address; `certified`: its certificate and key, for HTTPS."""
    listening = own_port(0)
    address: tuple[str, int] = listening.getsockname()
    server = HallServer(config_for(app, *certified), capacity, Incidents(), limits)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join()


def rest_of(connection: socket.socket) -> bytes:
    """What still comes until the other side ends the connection, however it does."""
    said = b""
    try:
        while part := connection.recv(65536):
            said += part
    except ConnectionError:
        pass
    return said
