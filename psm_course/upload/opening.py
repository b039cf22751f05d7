"""Opens the folder or bucket that an address names, over SSH or in an object store.

The libraries of each kind are imported only when needed: most offices use one kind, or none.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TypeVar

from psm_course.upload.address import Address
from psm_course.upload.remote import Cut, Opened, Remote
from psm_course.upload.sending import Sent, send

Result = TypeVar("Result")


def opened(address: Address) -> Opened:
    """Return a context manager that connects to the folder or bucket of an address.

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
    """Read small files in the folder or bucket of an address; returns their content by path.

    Files that do not exist are left out.

    Raises:
        Refused: the server or store cannot be reached, our account or key is missing or rejected,
            or there is no such folder or bucket.
        Cut: the server or store stopped answering.
    """

    async def read(remote: Remote) -> Mapping[str, bytes]:
        found = {path: await remote.read(path) for path in paths}
        return {path: content for path, content in found.items() if content is not None}

    return _run(address, read)


def send_there(address: Address, site: Path, say: Callable[[str], None]) -> Sent:
    """Copy a published site to the folder or bucket of an address, and publish it there.

    Returns the counts of files and bytes.

    Args:
        address: the address of a folder on a server, or of a bucket.
        site: a folder with a published site.
        say: called with Indonesian sentences about the progress.

    Raises:
        Refused: the server or store cannot be reached, our account or key is missing or rejected,
            there is no such folder or bucket, or other people's files there have the same names as
            ours. Nothing was sent.
        Cut: the server or store stopped answering, or accepts no more.
    """
    return _run(address, lambda remote: send(remote, site, say))


def _run(address: Address, work: Callable[[Remote], Awaitable[Result]]) -> Result:
    """Connect to the folder or bucket of an address; return what `work` returns.

    `work` is called with the open connection.

    Raises:
        Cut: the connection broke.
    """

    async def connected() -> Result:
        # asyncio would print a traceback for each write that fails because the connection broke.
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        async with opened(address) as remote:
            return await work(remote)

    try:
        return asyncio.run(connected())
    except ConnectionError:  # the command line would take a BrokenPipeError for its own output
        raise Cut("sambungan terputus") from None
