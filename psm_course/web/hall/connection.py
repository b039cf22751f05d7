"""A connection of uvicorn that measures how long the client keeps us waiting."""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from psm_course.web.hall.limits import Limits

_FOR_EVER = float("inf")


class Connection(H11Protocol):
    """uvicorn's HTTP protocol, with limits on time.

    uvicorn itself has only one such limit: it ends a connection on which the client sends nothing
    after an answer.

    Attributes:
        address: network address of the client.
        when_lost: a function that is called once with this connection, when it has ended.
    """

    def __init__(
        self,
        config: Config,
        state: ServerState,
        app_state: dict[str, Any],
        connected: socket.socket,
        address: str,
    ) -> None:
        super().__init__(config, state, app_state)
        self.address = address
        self.when_lost: Callable[[Connection], None] = lambda _: None
        self._connected = connected
        self._has_to_leave = False
        self._waiting_for: tuple[object, ...] = ()
        self._since = self.loop.time()
        self._arrived = 0  # bytes, since then

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio when the connection is gone; calls `when_lost`."""
        self.when_lost(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Called by asyncio with bytes that arrived; counts the bytes."""
        self._arrived += len(data)
        super().data_received(data)

    @property
    def is_waited_for(self) -> bool:
        """True while the server waits for the client: no complete request has arrived.

        Ending the connection then loses no work.
        """
        return not self._has_to_leave and self.conn.their_state in {h11.IDLE, h11.SEND_BODY}

    def is_overdue(self, now: float, limits: Limits) -> bool:
        """True if the client has kept us waiting longer than `limits` allow.

        The waiting time starts again if one of these has happened since the last call: a request
        has begun or ended, the client has received bytes, or we have stopped or resumed reading. So
        call this function about once a second. `now` is the event loop's time, in seconds.
        """
        unsent = self.transport.get_write_buffer_size()
        # The time begins anew when any of these changes. The other side is not late if it takes
        # some of an answer, or if its body waits because we stopped reading.
        waiting_for = (self.conn.their_state, self.cycle, unsent, self.flow.read_paused)
        if waiting_for != self._waiting_for:
            self._waiting_for, self._since, self._arrived = waiting_for, now, 0
        return now - self._since > self._allowed(unsent, limits)

    def _allowed(self, unsent: int, limits: Limits) -> float:
        if unsent:
            return limits.stalled
        if self.conn.their_state is h11.IDLE:
            return limits.head
        if self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused:
            return limits.body + self._arrived / limits.pace
        return _FOR_EVER

    def end(self) -> None:
        """End the connection at once, even if bytes are still to be sent."""
        self._has_to_leave = True
        if self.flow is not None:
            self.transport.abort()
        else:  # in the middle of the TLS handshake
            with suppress(OSError):  # it has gone already
                self._connected.shutdown(socket.SHUT_RDWR)
