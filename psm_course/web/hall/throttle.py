"""Counts wrong tries, so that nobody can find out a secret by trying many times."""

import time
from collections.abc import Callable, Hashable
from threading import Lock

from psm_course.errors import Refused

_MOST_KNOWN = 5000  # the oldest is forgotten first


class Throttle:
    """Recent wrong tries of everybody, kept in memory. All threads may use it.

    `who` is any key that stands for the person who tries, such as address and number.
    """

    def __init__(
        self, most: int = 10, window: float = 15 * 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Allow `most` wrong tries within `window` seconds; `clock` returns seconds."""
        self._most = most
        self._window = window
        self._clock = clock
        self._lock = Lock()
        self._failed: dict[Hashable, list[float]] = {}

    def refuse_too_many(self, who: Hashable) -> None:
        """Refuse a person who has used up all tries.

        Raises:
            Refused: `most` wrong tries or more were counted within the last `window` seconds.
        """
        with self._lock:
            if len(self._lately(who)) >= self._most:
                raise Refused(
                    "Terlalu banyak percobaan yang salah untuk nomor ini. Tunggu"
                    f" {self._window / 60:.0f} menit, atau minta bantuan petugas."
                )

    def note_failure(self, who: Hashable) -> None:
        """Count one wrong try of the person `who`."""
        with self._lock:
            lately = self._lately(who)
            # Put last in the order of the dictionary: the first one is forgotten first.
            self._failed.pop(who, None)
            self._failed[who] = [*lately, self._clock()]
            if len(self._failed) > _MOST_KNOWN:
                del self._failed[next(iter(self._failed))]

    def _lately(self, who: Hashable) -> list[float]:
        return [at for at in self._failed.get(who, ()) if self._clock() - at < self._window]
