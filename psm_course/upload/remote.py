"""The operations on a folder of another machine that are needed for sending a site.

Two classes have them: `OverSsh` for a folder on a server, `ObjectStore` for one in a bucket.
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
    refuses. These methods raise no other error about the connection.
    """

    def items(self, site: Path, listed: Iterable[str]) -> Iterator[Item]:
        """The files of a published site in the form in which the other machine needs them.

        Args:
            site: folder of the published site.
            listed: paths of its files below that folder.
        """

    async def read(self, path: str) -> bytes | None:
        """Content of a small file; None if there is no such file."""

    async def write(self, path: str, content: bytes) -> None:
        """Write a small file, whole or not at all."""

    async def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """A mark for each of those files in `paths` that exist, by path.

        A mark is a text that changes when the file changes: size and time, or the ETag.
        """

    async def waiting(self) -> Mapping[str, str]:
        """Size and time (or the ETag) of each file that waits in `READY`, by file name."""

    async def put(self, item: Item) -> None:
        """Send a complete file into the folder `READY`, where it waits until it is published."""

    async def show(self, item: Item) -> None:
        """Publish a file that waits in `READY`: move it to its final path.

        From then on, people who open the site get the whole new file, never half of it.
        """

    async def remove(self, path: str) -> None:
        """Delete a file if it still exists, and folders that are empty afterwards."""

    async def forget_waiting(self, names: Collection[str]) -> None:
        """Delete the files with these names from `READY`. A name without a file changes nothing."""


class Cut(PsmError):
    """The other machine stopped answering, or accepts no more.

    `str()` is the reason, as part of a sentence, without a full stop. Files that have arrived stay
    on the other machine.
    """


Opened = AbstractAsyncContextManager[Remote]
