"""Bodies on their way in: each within its own limit, and the large ones together within one for all."""

from starlette.requests import Request

from psm_course.errors import PsmError

FREE = 32 * 1024  # bytes of a body that count for nothing: a test of 40 items takes a third
ROOM = 16 * 1024 * 1024


class TooLarge(Exception):
    """More than this place takes."""


class TooBusy(PsmError):
    """No room; nothing was kept, and the phone still has its document."""

    def __init__(self) -> None:
        super().__init__("Sedang banyak yang menyerahkan. Jawaban tetap tersimpan di ponsel; coba lagi sebentar lagi.")


class Arrivals:
    """What is in memory of bodies that have not come whole. Lives in one event loop.

    A usual hand-in is never refused here, whatever others send: only what is beyond its first bytes takes room.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0

    async def read(self, request: Request, largest: int) -> bytes:
        """The request's body. Raises TooLarge and TooBusy as soon as it is known."""
        whole, counted = bytearray(), 0
        try:
            async for part in request.stream():
                whole += part
                if len(whole) > largest:
                    raise TooLarge
                more = max(len(whole) - FREE - counted, 0)
                if self._taken + more > self._room:
                    raise TooBusy
                self._taken += more
                counted += more
            return bytes(whole)
        finally:
            self._taken -= counted
