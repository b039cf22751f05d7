"""Who is connected, by address, and who has to leave when somebody else comes to a full hall."""

import asyncio
from collections.abc import Callable, Iterator

from psm_course.web.hall.connection import Connection

_PATIENCE = 1  # second in which whoever has to leave has left: it takes some turns of the event loop


class Room:
    """Open connections. Lives in one event loop.

    No address has a fixed share: a hall behind one router is one address. But where there is no room, whoever has waited longest for
    nothing makes room, from the address that has most; a phone that has just come and sends its answers is the last.
    """

    def __init__(self, capacity: int, tell: Callable[[str], None] = lambda _: None) -> None:
        """`tell` gets the address of each connection that was ended or turned away."""
        self._capacity = capacity
        self._tell = tell
        self._by_address: dict[str, dict[Connection, None]] = {}
        self._count = 0
        self._somebody_left = asyncio.Event()

    async def make_room(self, address: str) -> bool:
        """Whether one more may come, from this address. False: all that is connected is being answered."""
        if self._count < self._capacity:
            return True
        leaving = next(self._by_preference(), None)
        self._tell(leaving.address if leaving else address)
        if leaving is None:
            return False
        self._somebody_left.clear()
        leaving.end()
        # Until its descriptor is free: a crowd must not take all of them while the loop closes one after the other.
        try:
            await asyncio.wait_for(self._somebody_left.wait(), _PATIENCE)
        except TimeoutError:
            return False
        return self._count < self._capacity

    def enter(self, connection: Connection) -> None:
        self._by_address.setdefault(connection.address, {})[connection] = None
        self._count += 1

    def forget(self, connection: Connection) -> None:
        """It has gone."""
        there = self._by_address.get(connection.address, {})
        if connection in there:
            del there[connection]
            self._count -= 1
            self._somebody_left.set()
            if not there:
                del self._by_address[connection.address]

    def _by_preference(self) -> Iterator[Connection]:
        """Connections for which nobody works: those of the address that has most first, and of these the oldest."""
        for there in sorted(self._by_address.values(), key=len, reverse=True):
            yield from (each for each in there if each.is_waited_for)
