"""Reads the bodies of requests. Each has a limit, and all large ones together have another."""

from starlette.requests import Request

from psm_course.errors import PsmError

FREE = 32 * 1024  # bytes of each body that are not counted; a test of 40 items takes a third
ROOM = 16 * 1024 * 1024


class TooLarge(Exception):
    """The body has more bytes than its limit."""


class TooBusy(PsmError):
    """Too much is arriving now. Nothing was kept, and the phone still has its submission."""

    def __init__(self) -> None:
        super().__init__(
            "Sedang banyak yang menyerahkan. Jawaban tetap tersimpan di ponsel; coba lagi sebentar"
            " lagi."
        )


class BodyReader:
    """Reads bodies, and counts the memory that they take meanwhile. To be used in one event loop.

    `room` is the most that all bodies may take together, in bytes. The first `FREE` bytes of each
    are not counted, so a usual submission is never refused, whatever others send.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0

    async def read(self, request: Request, largest: int) -> bytes:
        """Read the body of a request.

        Raises:
            TooLarge: it has more than `largest` bytes; raised as soon as that is known.
            TooBusy: the large bodies that are being read take all room.
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
