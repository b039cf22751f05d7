"""Remembers results that were made from files, so that the same files need no work again.

A result is found by a digest of everything from which it was made. Authors change one file at a
time, so most results can be used again. The caller stores the results between two runs, and drops
those of another version of the program.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any, TypeVar

Value = TypeVar("Value")


class Memory:
    """A cache of results, by the digest of everything from which a result was made.

    `known` are the results of an earlier run, as `used` returned them. None: nothing is remembered.
    """

    def __init__(self, known: Mapping[str, bytes] | None = None) -> None:
        self._known = known
        self._used: dict[str, bytes] = {}
        self._first_read: dict[FilePath, bytes] = {}

    @property
    def used(self) -> Mapping[str, bytes]:
        """The pickled results to store for the next run, by digest.

        They are the results that this run made, took from the earlier run, or kept with
        `keep_of_files`. All other results of the earlier run are missing, such as the result of a
        deleted file.
        """
        return self._used

    def recall(self, what: str, parts: Sequence[str], make: Callable[[], Value]) -> Value:
        """Return the result that `make` gave for the same `parts` before, or call `make`.

        Args:
            what: the name of the kind of result; different results made from the same parts need
                different names.
            parts: every text on which the result of `make` depends.
            make: makes the result, if none is remembered.
        """
        if self._known is None:
            return make()
        key = _digest(what, (part.encode(errors="surrogatepass") for part in parts))
        if self._is_known(key):
            found: Value = self._found(key)
            return found
        return self._kept(key, make())

    def recall_of_files(
        self, what: str, files: Sequence[FilePath], make: Callable[[], Value]
    ) -> Value:
        """Return the result that `make` gave for the same content of these files, or call `make`.

        A new result is not remembered if a file changed after this memory first read that file: the
        result may come from the old content.

        Args:
            what: the name of the kind of result.
            files: every file on which the result of `make` depends.
            make: makes the result, if none is remembered.
        """
        if self._known is None:
            return make()
        key = self._digest_of_files(what, files)
        if self._is_known(key):
            found: Value = self._found(key)
            return found
        value = make()
        # An author who saved in between would else find the old result under the new content.
        is_same = all(_digest_of_content(file) == self._first_read[file] for file in files)
        return self._kept(key, value) if is_same else value

    def keep_of_files(self, what: str, files: Sequence[FilePath]) -> None:
        """Keep a result of an earlier run for a later run, even if this run does not ask for it.

        `what` and `files` are the arguments with which `recall_of_files` remembered the result.
        """
        key = self._digest_of_files(what, files) if self._known else ""
        if self._known and key in self._known:
            self._used.setdefault(key, self._known[key])

    def _digest_of_files(self, what: str, files: Sequence[FilePath]) -> str:
        """Return a digest of the names and contents of the files, and of `what`.

        `what` is the name of the kind of result. The first time that a file is read, the digest of
        its content is stored in `_first_read`. `recall_of_files` later reads the file again and
        compares the two digests: if they differ, the file was changed in between.
        """
        parts: list[bytes] = []
        for file in files:
            content = _digest_of_content(file)
            self._first_read.setdefault(file, content)
            parts += [str(file).encode(errors="surrogatepass"), content]
        return _digest(what, parts)

    def _is_known(self, key: str) -> bool:
        return self._known is not None and (key in self._used or key in self._known)

    def _found(self, key: str) -> Any:
        self._used[key] = self._used.get(key) or (self._known or {})[key]
        # Written by ourselves, beside what Sphinx keeps in the same way.
        return pickle.loads(self._used[key])  # noqa: S301

    def _kept(self, key: str, value: Value) -> Value:
        self._used[key] = pickle.dumps(value)
        return value


NOTHING_KEPT = Memory()  # for those who read a course once


def _digest(what: str, parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256(what.encode())
    for part in parts:
        # The length before each part keeps ("ab", "c") and ("a", "bc") apart.
        digest.update(f"\0{len(part)}\0".encode() + part)
    return digest.hexdigest()


def _digest_of_content(path: FilePath) -> bytes:
    """Return a digest of a file's content.

    An unreadable file gets another digest than an empty file.
    """
    try:
        content = b"+" + path.read_bytes()
    except OSError:
        content = b"-"
    return hashlib.sha256(content).digest()
