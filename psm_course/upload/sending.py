"""Sends a site to another machine in such a way that its readers never see a half-sent site.

All files are first sent into a waiting folder on that machine, and are then published in order. If
the sending is interrupted, the next sending uses the files that have arrived. Only files that we
put there are replaced or deleted. Decision 0144.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from psm_course.errors import Refused
from psm_course.site.output.listed import MANIFEST, listed_in
from psm_course.upload.items import Item
from psm_course.upload.known import Known, read_known, written_known
from psm_course.upload.remote import LIST, Remote

_AT_ONCE = 16
Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Sent:
    """Counts of one sending.

    Attributes:
        files: new and changed files, which are now published.
        size: bytes sent now, without files that an earlier, interrupted sending had brought.
        all: files of the whole site.
        removed: old files deleted.
    """

    files: int
    size: int
    all: int
    removed: int


async def send(remote: Remote, site: Path, say: Callable[[str], None]) -> Sent:
    """Copy the published site in folder `site` to another machine, so that readers see it there.

    Args:
        remote: the open connection to the site's folder on that machine.
        site: a folder with a published site.
        say: called with Indonesian sentences about the progress.

    Raises:
        Refused: other people's files in that folder have the same names. Nothing was sent.
        Cut: the other machine stopped answering or accepts no more.
    """
    items = list(remote.items(site, [path.as_posix() for path in listed_in(site, site / MANIFEST)]))
    known = read_known(await remote.read(LIST), await remote.read(MANIFEST))
    there = await remote.marks({*known, *(item.path for item in items)})
    _refuse_foreign(items, known, there.keys())
    waiting = await remote.waiting()
    new = [
        item
        for item in items
        if item.ready_name in waiting
        or not _is_there(item, known.get(item.path), there.get(item.path))
    ]
    to_put = [item for item in new if item.ready_name not in waiting]
    size = sum(item.source.stat().st_size for item in to_put)
    if to_put:
        say(f"Mengirim {len(to_put)} dari {len(items)} berkas ({size / 1000:.0f} kB)")
    await _each(remote.put, to_put)
    await _shown(remote, new, known)
    wanted = {item.path for item in items}
    # A file with another mark was replaced by somebody else: it stays.
    removed = [
        path for path, each in known.items() if path not in wanted and there.get(path) in each.marks
    ]
    await _each(remote.remove, removed)
    await _leave_list(remote, items)
    return Sent(len(new), size, len(items), len(removed))


def _is_there(item: Item, known: Known | None, mark: str | None) -> bool:
    """True if the other machine has exactly this content, unchanged since we sent it.

    `known` is the file's entry in the list of our files; None if the file is not in the list.
    `mark` is a text that changes if the file on the other machine changes (size and time, or the
    ETag); None if there is no such file. The digest must be that of `known`, and `mark` must be the
    first of its marks. False if `known` has no mark.
    """
    return known is not None and known.digest == item.digest and mark in known.marks[:1]


def _refuse_foreign(items: Iterable[Item], known: Iterable[str], there: Iterable[str]) -> None:
    foreign = sorted({item.path for item in items} & {*there} - {*known})
    if foreign:
        more = f" dan {len(foreign) - 1} lainnya" if len(foreign) > 1 else ""
        raise Refused(
            f"Di sana sudah ada berkas orang lain dengan nama yang sama: {foreign[0]}{more}. Tidak"
            " ada yang dikirim. Pilih folder lain, atau pindahkan dahulu berkas itu."
        )


async def _shown(remote: Remote, new: list[Item], known: dict[str, Known]) -> None:
    """Publish the files `new`, which wait on the other machine.

    Files with a lower rank (`Item.rank`, 0 to 3) are published first. So a file is published after
    the files to which it refers.

    Before publishing, the list of our files is written to the other machine. This list contains the
    files in `known` and the files in `new`. So if the connection breaks later, the next sending
    still knows which files are ours.

    Args:
        remote: the open connection to the site's folder on that machine.
        new: new and changed files.
        known: files that earlier sendings put on that machine, by path.
    """
    waiting = await remote.waiting() if new else {}
    ours = {item.path: _named(item, waiting[item.ready_name], known.get(item.path)) for item in new}
    if ours:
        await remote.write(LIST, written_known(known | ours))
    for _, of_a_rank in groupby(
        sorted(new, key=lambda item: item.rank), key=lambda item: item.rank
    ):
        await _each(remote.show, list(of_a_rank))


def _named(item: Item, mark: str, before: Known | None) -> Known:
    # Until the new file is published the old one is there, and must still count as ours.
    return Known(item.digest, (mark, *(before.marks if before else ())))


async def _leave_list(remote: Remote, items: list[Item]) -> None:
    """Write the final list of our files to the other machine, with each file's digest and mark.

    The mark is size and time of the file, or its ETag, as they are now.

    Then delete what is no longer needed: all files in `READY`, and the file `.psm-site`. If a
    person copied the site by hand, `.psm-site` lists the files of that copy, so it is now wrong.
    """
    marks = await remote.marks([item.path for item in items])
    await remote.write(
        LIST,
        written_known(
            {
                item.path: Known(item.digest, (marks[item.path],))
                for item in items
                if item.path in marks
            }
        ),
    )
    await remote.remove(MANIFEST)
    await remote.forget_waiting((await remote.waiting()).keys())


async def _each(do: Callable[[Each], Awaitable[None]], todo: Iterable[Each]) -> None:
    """Call `do` for each of `todo`, at most 16 at the same time.

    The first error cancels the other calls and is raised.
    """
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(each: Each) -> None:
        async with gate:
            await do(each)

    try:
        async with asyncio.TaskGroup() as group:
            for each in todo:
                group.create_task(one(each))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
