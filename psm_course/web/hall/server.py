"""uvicorn's server with a limit: it accepts only as many connections as there is room for.

asyncio itself accepts connections without limit. When no file descriptor is left, asyncio logs
thousands of tracebacks a second, one for each failed attempt.
"""

import asyncio
import socket
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from psm_course.web.hall.connection import Connection
from psm_course.web.hall.hall_addresses import HallAddresses
from psm_course.web.hall.incidents import Incidents
from psm_course.web.hall.limits import USUAL, Limits
from psm_course.web.hall.room import Room

_SLOWEST = 5  # seconds that a request under way may still take when the server is told to stop
_WAITING = 2048  # connections that the system keeps until they are accepted
_AT_ONCE = 64  # accepted in a row, before others have their turn
_AGAIN = 0.2  # seconds after the system had no room for a connection


def config_for(
    app: ASGIApp, certificate: Path | None = None, key: Path | None = None
) -> uvicorn.Config:
    """Return the settings with which we run uvicorn.

    Args:
        app: the application.
        certificate: a PEM file, for HTTPS; None: plain HTTP.
        key: a PEM file with the certificate's key.
    """
    return uvicorn.Config(
        app,
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,  # strangers need not know
        proxy_headers=False,  # `proxied` reads them, and more strictly
        timeout_graceful_shutdown=_SLOWEST,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


class HallServer(uvicorn.Server):
    """A uvicorn server with limits on connections, which serves until told to stop.

    If `addresses` is given, the server also listens at addresses that this machine gets later, and
    stops listening at addresses that are gone.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        capacity: int,
        incidents: Incidents,
        limits: Limits = USUAL,
        addresses: HallAddresses | None = None,
    ) -> None:
        super().__init__(config)
        self._addresses = addresses
        self._listeners: dict[socket.socket, asyncio.Task[None]] = {}
        self._room = Room(capacity, incidents.note_connection)
        self._incidents = incidents
        self._limits = limits
        self._tasks: set[asyncio.Task[None]] = set()
        self._beside: tuple[HallServer, ...] = ()

    def stops_also(self, other: "HallServer") -> None:
        """Make this server stop `other` too, as soon as this server is told to stop."""
        self._beside += (other,)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn: begins to accept connections and to follow `addresses`."""
        await super().startup(sockets=[])  # it knows of none, else it would let asyncio accept
        self._listen_at(sockets or ())
        if self._addresses:
            self._begin(self._follow(self._addresses))

    async def on_tick(self, counter: int) -> bool:
        """Called by uvicorn ten times a second; returns True when the server has to stop.

        Once a second it ends overdue connections and prints new incidents.
        """
        if counter % 10 == 0:  # once a second
            self._end_overdue()
            self._incidents.say_what_is_new()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn: stops the other servers, our tasks, and then the connections."""
        for other in self._beside:
            other.should_exit = True
        for task in list(self._tasks):
            task.cancel()
        await super().shutdown(sockets)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _listen_at(self, sockets: Iterable[socket.socket]) -> None:
        for listening in sockets:
            listening.setblocking(False)
            listening.listen(_WAITING)
            self._listeners[listening] = self._begin(self._accept_from(listening))

    async def _follow(self, addresses: HallAddresses) -> None:
        """Open and close sockets for ever, as this machine's addresses change; report changes."""
        while True:
            await asyncio.sleep(addresses.pause)
            change = await asyncio.to_thread(addresses.refresh)
            self._listen_at(change.opened)
            for gone in change.closed:
                await self._stop_listening(gone)
            if change.sentence:
                self._incidents.note_change(change.sentence)

    async def _stop_listening(self, gone: socket.socket) -> None:
        if accepting := self._listeners.pop(gone, None):
            accepting.cancel()
            await asyncio.wait([accepting])
        gone.close()

    async def _accept_from(self, listening: socket.socket) -> None:
        loop, in_a_row = asyncio.get_running_loop(), 0
        while True:
            try:
                connected, peer = await loop.sock_accept(listening)
            except ConnectionError:  # it has gone already
                continue
            # No descriptor or memory left. It does not last: overdue connections are being ended.
            except OSError:
                await asyncio.sleep(_AGAIN)
                continue
            await self._let_in(connected, str(peer[0]))
            in_a_row += 1
            if in_a_row % _AT_ONCE == 0:
                await asyncio.sleep(0)

    async def _let_in(self, connected: socket.socket, address: str) -> None:
        if not await self._room.make_room(address):
            connected.close()
            return
        connection = Connection(
            self.config, self.server_state, self.lifespan.state, connected, address
        )
        connection.when_lost = self._room.forget
        self._room.enter(connection)
        self._begin(self._talk(connected, connection))

    async def _talk(self, connected: socket.socket, connection: Connection) -> None:
        loop, handshake = asyncio.get_running_loop(), self._limits.head if self.config.ssl else None
        try:
            await loop.connect_accepted_socket(
                lambda: connection, connected, ssl=self.config.ssl, ssl_handshake_timeout=handshake
            )
        except OSError:  # it spoke no TLS, or went in the middle of it
            connected.close()
            self._room.forget(connection)

    def _end_overdue(self) -> None:
        now = asyncio.get_running_loop().time()
        for connection in list(self.server_state.connections):
            if isinstance(connection, Connection) and connection.is_overdue(now, self._limits):
                self._incidents.note_connection(connection.address)
                connection.end()
