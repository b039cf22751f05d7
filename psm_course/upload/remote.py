"""What sending asks of a place on another machine, of whichever kind."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from psm_course.errors import PsmError
from psm_course.upload.items import Item

READY = ".psm-siap"  # a folder beside the site: what waits there is whole, and shown to nobody
LIST = ".psm-unggahan"


class Remote(Protocol):
    """An open connection to one folder. Every method may raise what `sentence` explains, and nothing else of its own."""

    def items(self, site: Path, listed: Iterable[str]) -> Iterator[Item]:
        """What a published site is at such a place."""

    async def read(self, path: str) -> bytes | None:
        """A small file; None where there is none."""

    async def write(self, path: str, content: bytes) -> None:
        """A small file, whole or not at all."""

    async def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """Those of the files that are there, each with something that changes when it does: its size and time, or its ETag."""

    async def waiting(self) -> Mapping[str, str]:
        """The same of what waits in READY, by its name there."""

    async def put(self, item: Item) -> None:
        """Bring a file, whole, into READY."""

    async def show(self, item: Item) -> None:
        """Give what waits its name: from then on readers get it, never half of it."""

    async def remove(self, path: str) -> None:
        """Take away a file, and of its folders those which that leaves empty. It may have gone already."""

    async def forget_waiting(self, names: Collection[str]) -> None:
        """Take away what waits for nothing any more."""


class Cut(PsmError):
    """The place stopped answering, or takes no more. `str()` says why, as the first half of a sentence; what has arrived stays there."""


Opened = AbstractAsyncContextManager[Remote]
Connected = AsyncIterator[Remote]
