"""How often somebody lately typed what did not fit, where that must not go on for ever."""

import time
from collections.abc import Callable, Hashable
from threading import Lock

from psm_course.errors import Refused

_MOST_KNOWN = 5000  # the oldest is forgotten first


class Tries:
    """Kept in memory, for all threads, by whatever tells one who tries from another."""

    def __init__(self, most: int = 10, window: float = 15 * 60, clock: Callable[[], float] = time.monotonic) -> None:
        """So many within `window` seconds; `clock` counts seconds."""
        self._most = most
        self._window = window
        self._clock = clock
        self._lock = Lock()
        self._failed: dict[Hashable, list[float]] = {}

    def refuse_too_many(self, who: Hashable) -> None:
        """Refused while all allowed tries were used up within the window."""
        with self._lock:
            if len(self._lately(who)) >= self._most:
                raise Refused("Terlalu banyak percobaan yang salah untuk nomor ini. Tunggu 15 menit, atau minta bantuan petugas.")

    def note_failure(self, who: Hashable) -> None:
        """What was typed did not fit."""
        with self._lock:
            lately = self._lately(who)
            self._failed.pop(who, None)
            self._failed[who] = [*lately, self._clock()]
            if len(self._failed) > _MOST_KNOWN:
                del self._failed[next(iter(self._failed))]

    def _lately(self, who: Hashable) -> list[float]:
        return [at for at in self._failed.get(who, ()) if self._clock() - at < self._window]
