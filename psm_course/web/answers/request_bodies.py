"""Reads request bodies, with a limit for each body and another for all large bodies together."""

from starlette.requests import Request

from psm_course.errors import PsmError

FREE = 32 * 1024  # bytes of each body that are not counted; a test of 40 items takes a third
ROOM = 16 * 1024 * 1024


class TooLarge(Exception):
    """Raised if the body of a request has more bytes than its limit."""


class TooBusy(PsmError):
    """Raised if the server has too much to receive at this moment.

    The submission was not saved here; the phone still has it and can send it again.
    """

    def __init__(self) -> None:
        super().__init__(
            "Sedang banyak yang menyerahkan. Jawaban tetap tersimpan di ponsel; coba lagi sebentar"
            " lagi."
        )


class BodyReader:
    """Reads request bodies, and counts the memory that they take. Use it in one event loop only.

    `room` is the maximum total size of all bodies that are being read, in bytes. The first `FREE`
    bytes of each body are not counted. So a submission of usual size is never refused, even if
    others send large bodies.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0

    async def read(self, request: Request, largest: int) -> bytes:
        """Read the body of a request.

        Raises:
            TooLarge: the body has more than `largest` bytes; raised as soon as that is known.
            TooBusy: the large bodies that are being read would take more than `room` bytes.
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
