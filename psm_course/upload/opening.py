"""Opens the folder or bucket that an address names, over SSH or in an object store.

The libraries of each kind are imported only when needed: most offices use one kind, or none.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from psm_course.upload.address import Address
from psm_course.upload.remote import Cut, Opened
from psm_course.upload.sending import Sent, send


def opened(address: Address) -> Opened:
    """The folder or bucket of an address, as a context manager that connects when it is entered.

    Raises:
        Refused: the account for an object store cannot be used. On entering: the server or store
            cannot be reached, does not let us in, or has no such folder or bucket.
    """
    if address.scheme == "sftp":
        from psm_course.upload.over_ssh import over_ssh  # noqa: PLC0415 - see above

        return over_ssh(address)
    from psm_course.upload.credentials import read_account  # noqa: PLC0415 - see above
    from psm_course.upload.object_store import object_store  # noqa: PLC0415 - see above

    return object_store(address, read_account())


def read_there(address: Address, *paths: str) -> Mapping[str, bytes]:
    """Read small files from the place of an address; those that are not there are left out.

    Raises:
        Refused: the place is not there, or does not let us in.
        Cut: it stopped answering.
    """

    async def read() -> Mapping[str, bytes]:
        _say_nothing_of_what_was_left()
        async with opened(address) as remote:
            found = {path: await remote.read(path) for path in paths}
        return {path: content for path, content in found.items() if content is not None}

    with _nothing_else():
        return asyncio.run(read())


def send_there(address: Address, site: Path, say: Callable[[str], None]) -> Sent:
    """Copy a published site to the place of an address, so that readers see it there.

    Args:
        address: of the place: a folder over SSH, or a bucket.
        site: a folder with a published site.
        say: takes Indonesian sentences on progress.

    Raises:
        Refused: the place is not there or does not let us in, or other people's files are in the
            way. Nothing was sent.
        Cut: the place stopped answering or accepts no more.
    """

    async def bring() -> Sent:
        _say_nothing_of_what_was_left()
        async with opened(address) as remote:
            return await send(remote, site, say)

    with _nothing_else():
        return asyncio.run(bring())


def _say_nothing_of_what_was_left() -> None:
    """Make asyncio silent about writes that fail because the connection broke.

    asyncio would print a traceback for each of them. The break itself is raised to the caller.
    """
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)


@contextmanager
def _nothing_else() -> Iterator[None]:
    """Turn a broken connection into `Cut` while the block runs.

    Otherwise the command line would think that a BrokenPipeError is about its own output.

    Raises:
        Cut: the connection broke.
    """
    try:
        yield
    except ConnectionError:
        raise Cut("sambungan terputus") from None
