"""Checking that the register's file is still the one opened: not deleted, moved or replaced.

An open file lives on without its name. What is written into it is lost with the program, so nobody
may get a receipt for it.
"""

from pathlib import Path
from threading import Lock

from psm_course.errors import StoreError

_GONE = (
    "Berkas register hilang atau diganti selagi dipakai; yang baru dikirim tidak diterima. "
    "Hentikan program ini, kembalikan berkas register ke tempatnya, lalu jalankan lagi."
)
# Of a file: on which device it lies, and which one it is there.
_Identity = tuple[int, int]


class SameFile:
    """Watches a SQLite file and its write-ahead log by their system ids, not their names.

    The log belongs to the open connections: SQLite deletes it with the last one, and the next one
    makes another.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._known: dict[Path, _Identity] = {}
        self._open = 0
        self._lock = Lock()

    def opened(self) -> None:
        """Count one more connection.

        Raises:
            StoreError: it has opened other files than the connections before it.
        """
        with self._lock:
            if not self._open:
                self._known.pop(self._log, None)
            for path in (self._path, self._log):
                self._known.setdefault(path, _identity(path))
            self.check()
            self._open += 1

    def closed(self) -> None:
        """Count one connection less."""
        with self._lock:
            self._open -= 1
            if not self._open:
                self._known.pop(self._log, None)

    def check(self) -> None:
        """Check the files. Does nothing before any was opened.

        Raises:
            StoreError: a file is not the one that was opened.
        """
        for path, known in tuple(self._known.items()):
            if _identity(path) != known:
                raise StoreError(_GONE)


def _identity(path: Path) -> _Identity:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise StoreError(_GONE) from None
    return found.st_dev, found.st_ino
