"""The operations on a folder of another machine that sending a site needs.

Two kinds of folder have them: on a server over SSH, and in an object store.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from psm_course.errors import PsmError
from psm_course.upload.items import Item

READY = ".psm-siap"  # a folder beside the site: what waits there is whole, and shown to nobody
LIST = ".psm-unggahan"


class Remote(Protocol):
    """An open connection to one folder on another machine.

    Every method that asks the other machine raises `Cut` if that machine stops answering or
    refuses. It raises no other error about the connection.
    """

    def items(self, site: Path, listed: Iterable[str]) -> Iterator[Item]:
        """The files of a published site in the form in which the other machine needs them.

        Args:
            site: folder of the published site.
            listed: paths of its files below that folder.
        """

    async def read(self, path: str) -> bytes | None:
        """Content of a small file; None if there is none."""

    async def write(self, path: str, content: bytes) -> None:
        """Write a small file, whole or not at all."""

    async def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """A mark for each of the files that are there, by path.

        A mark changes when the file does: size and time, or the ETag.
        """

    async def waiting(self) -> Mapping[str, str]:
        """Marks of the files that wait in the folder `READY`, by their name there."""

    async def put(self, item: Item) -> None:
        """Send a file, whole, into `READY`, the folder of files that readers do not see yet."""

    async def show(self, item: Item) -> None:
        """Move a waiting file to its path: from then on readers get it, never half of it."""

    async def remove(self, path: str) -> None:
        """Delete a file, and the folders that this leaves empty. It may have gone already."""

    async def forget_waiting(self, names: Collection[str]) -> None:
        """Delete the files with these names from the folder `READY`. They may have gone already."""


class Cut(PsmError):
    """The other machine stopped answering, or accepts no more.

    `str()` says why, as the first half of a sentence. Files that have arrived stay there.
    """


Opened = AbstractAsyncContextManager[Remote]
