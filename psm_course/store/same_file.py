"""Checks that the register's file is still the one opened: not deleted, moved or replaced.

A program can still write to a deleted file that it has open, but the data are lost when the program
ends. So nobody may get a receipt for such data.
"""

from pathlib import Path
from threading import Lock

from psm_course.errors import StoreError

_GONE = (
    "Berkas register hilang atau diganti selagi dipakai; yang baru dikirim tidak diterima. "
    "Hentikan program ini, kembalikan berkas register ke tempatnya, lalu jalankan lagi."
)
# Identifies a file whatever its name: its device, and its number (inode) on it.
_Identity = tuple[int, int]


class SameFile:
    """Watches a SQLite file and its write-ahead log by their inodes, not by their names.

    SQLite deletes the write-ahead log when the last connection closes, and makes a new one when the
    next connection opens.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._known: dict[Path, _Identity] = {}
        self._open = 0
        self._lock = Lock()

    def opened(self) -> None:
        """Count one more open connection, and remember which files it has opened.

        Raises:
            StoreError: the connection has opened other files than the connections before it.
        """
        with self._lock:
            if not self._open:
                self._known.pop(self._log, None)
            for path in (self._path, self._log):
                self._known.setdefault(path, _identity(path))
            self.check()
            self._open += 1

    def closed(self) -> None:
        """Count one open connection less."""
        with self._lock:
            self._open -= 1
            if not self._open:
                self._known.pop(self._log, None)

    def check(self) -> None:
        """Check that the files are still those that were opened.

        If no connection was opened yet, do nothing.

        Raises:
            StoreError: a file is missing or is another one.
        """
        # A copy: other threads may change it. Not the lock: `opened` calls this while it has it.
        for path, known in tuple(self._known.items()):
            if _identity(path) != known:
                raise StoreError(_GONE)


def _identity(path: Path) -> _Identity:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise StoreError(_GONE) from None
    return found.st_dev, found.st_ino
