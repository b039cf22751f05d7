"""Counts open connections, and ends an idle connection when too many are open."""

import asyncio
from collections.abc import Callable, Iterator

from psm_course.web.hall.connection import Connection

_PATIENCE = 1  # second for a connection to end: it takes some turns of the event loop


class Room:
    """The connections that are open now. Use it in one event loop only.

    No address has a fixed number of connections, because all phones behind one router have the same
    address. If there is no room for one more connection, an idle connection is ended. A connection
    is idle if no complete request has arrived on it. The first to be ended is the oldest idle
    connection of the address with most connections. If this address has no idle connection, the
    address with the second most connections is next. So the connection of a phone that has just
    come to send answers is ended last.
    """

    def __init__(self, capacity: int, tell: Callable[[str], None] = lambda _: None) -> None:
        """`capacity` is the maximum number of connections.

        `tell` is called with the address of each connection that was ended or refused.
        """
        self._capacity = capacity
        self._tell = tell
        self._by_address: dict[str, dict[Connection, None]] = {}
        self._count = 0
        self._somebody_left = asyncio.Event()

    async def make_room(self, address: str) -> bool:
        """Make room for one more connection; if the server is full, end an idle connection.

        `address` is the network address of the new client. Returns True if there is room. There is
        still no room if all connections are being answered, or if the ended connection was not gone
        within a second.
        """
        if self._count < self._capacity:
            return True
        leaving = next(self._by_preference(), None)
        self._tell(leaving.address if leaving else address)
        if leaving is None:
            return False
        self._somebody_left.clear()
        leaving.end()
        # Wait until its descriptor is free: a crowd must not take
        # all of them while the loop closes one after the other.
        try:
            await asyncio.wait_for(self._somebody_left.wait(), _PATIENCE)
        except TimeoutError:
            return False
        return self._count < self._capacity

    def enter(self, connection: Connection) -> None:
        """Count a connection that was accepted."""
        self._by_address.setdefault(connection.address, {})[connection] = None
        self._count += 1

    def forget(self, connection: Connection) -> None:
        """Remove a connection that is gone. An unknown connection changes nothing."""
        there = self._by_address.get(connection.address, {})
        if connection in there:
            del there[connection]
            self._count -= 1
            self._somebody_left.set()
            if not there:
                del self._by_address[connection.address]

    def _by_preference(self) -> Iterator[Connection]:
        """Yield the connections that may be ended, in the order in which to end them.

        The address with most connections comes first. Within one address, the oldest connection is
        first.
        """
        for there in sorted(self._by_address.values(), key=len, reverse=True):
            yield from (each for each in there if each.is_waited_for)
