"""Bodies on their way in: each within its own limit, the large ones also within one for all."""

from starlette.requests import Request

from psm_course.errors import PsmError

FREE = 32 * 1024  # bytes of each body that are not counted; a test of 40 items takes a third
ROOM = 16 * 1024 * 1024


class TooLarge(Exception):
    """The body has more bytes than it may have here."""


class TooBusy(PsmError):
    """There is no room now. Nothing was kept, and the phone still has its document."""

    def __init__(self) -> None:
        super().__init__(
            "Sedang banyak yang menyerahkan. Jawaban tetap tersimpan di ponsel; coba lagi sebentar"
            " lagi."
        )


class BodyReader:
    """Counts the memory that incomplete bodies take. Lives in one event loop.

    A usual hand-in is never refused here, whatever others send: only bytes beyond the first `FREE`
    take room.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0

    async def read(self, request: Request, largest: int) -> bytes:
        """Read the body of a request.

        Raises:
            TooLarge: it has more than `largest` bytes; raised as soon as that is known.
            TooBusy: the large bodies that arrive now have taken all room.
        """
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
