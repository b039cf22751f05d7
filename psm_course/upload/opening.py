"""Opens the place of an address.

What each kind needs is imported when it is asked for: most offices use one kind, or none.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from psm_course.upload.address import Address
from psm_course.upload.remote import Opened
from psm_course.upload.sending import Sent, send


def opened(address: Address) -> Opened:
    """The place of an address, as a context manager that connects when it is entered.

    Raises:
        Refused: the account for an object store cannot be used; on entering, as `over_ssh` or
            `object_store`.
    """
    if address.scheme == "sftp":
        from psm_course.upload.over_ssh import over_ssh  # noqa: PLC0415 - see above

        return over_ssh(address)
    from psm_course.upload.credentials import read_account  # noqa: PLC0415 - see above
    from psm_course.upload.object_store import object_store  # noqa: PLC0415 - see above

    return object_store(address, read_account())


def read_there(address: Address, *paths: str) -> Mapping[str, bytes]:
    """Read small files; those that are not there are left out.

    Raises:
        Refused: the place is not there, or does not let us in.
        Cut: it stopped answering.
    """

    async def read() -> Mapping[str, bytes]:
        async with opened(address) as remote:
            found = {path: await remote.read(path) for path in paths}
        return {path: content for path, content in found.items() if content is not None}

    return asyncio.run(read())


def send_there(address: Address, site: Path, say: Callable[[str], None]) -> Sent:
    """Make the place show the site that `site` holds.

    Args:
        address: of the place.
        site: a folder with a published site.
        say: takes Indonesian sentences on progress.

    Raises:
        Refused: as `read_there`, or other people's files are in the way. Nothing was sent.
        Cut: the place stopped answering or accepts no more.
    """

    async def bring() -> Sent:
        async with opened(address) as remote:
            return await send(remote, site, say)

    return asyncio.run(bring())
