"""What lies on the disk after the power went:
all that was synced, and of the rest some sectors, torn, in any order.

A disk promises what was synced. Of what was written since, it may have kept anything: nothing, all,
single sectors, later ones without earlier ones. Names (a file made, renamed, removed) are kept in
their order, up to some point after the last sync of their folder.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

from tests.faults.trace import Change

SECTORS = (512, 4096)
# Of what was not synced, the disk kept: nothing, everything, a beginning (torn at its end), an end
# without the beginning, or any sectors.
Kept = Literal["nothing", "everything", "beginning", "end", "any"]
WAYS: tuple[Kept, ...] = ("nothing", "everything", "beginning", "end", "any")


@dataclass(slots=True)
class File:
    """Bytes that were synced, and changes since."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.since:
            _apply(self.synced, change)
        self.since.clear()

    def kept(self, way: Kept, sector: int, random: Random) -> bytes:
        """Its bytes after the power went."""
        content = bytearray(self.synced)
        for piece in _chosen(
            [piece for change in self.since for piece in _sectors(change, sector)], way, random
        ):
            _apply(content, piece)
        return bytes(content)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that was given to a file, or taken away (None)."""

    path: str
    file: int | None

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


class Disk:
    """Follows a trace, and makes an image of any moment of it."""

    def __init__(self, under: Path) -> None:
        """Whatever lies below the folder is on the disk."""
        self._under = str(under.resolve())
        self._files: dict[int, File] = {}
        self._now: dict[str, int] = {}  # as running programs see them
        self._by_inode: dict[int, int] = {}
        for path in sorted(each for each in under.resolve().rglob("*") if each.is_file()):
            self._make(str(path), path.stat().st_ino, path.read_bytes())
        self._synced = dict(self._now)
        self._namings: list[Naming] = []

    def _make(self, path: str, inode: int, content: bytes = b"") -> int:
        file = len(self._files)
        self._files[file] = File(bytearray(content))
        self._by_inode[inode] = self._now[path] = file
        return file

    def follow(self, change: Change) -> None:
        match change.kind:
            case "C":
                self._namings.append(Naming(change.path, self._make(change.path, change.inode)))
            case "W" | "T":
                self._files[self._by_inode[change.inode]].since.append(change)
            case "S":
                self._files[self._by_inode[change.inode]].sync()
            case "D":
                self._sync_folder(change.path)
            case "R":
                self._rename(change.path, change.data.decode())
            case "U":
                self._now.pop(change.path, None)
                self._namings.append(Naming(change.path, None))

    def _rename(self, path: str, to: str) -> None:
        file = self._now.pop(path, None)
        if file is not None:  # else a folder; none is renamed in a burst
            self._now[to] = file
            self._namings += [Naming(to, file), Naming(path, None)]

    def _sync_folder(self, folder: str) -> None:
        for naming in self._namings:
            if naming.folder == folder:
                _name(self._synced, naming)
        self._namings = [naming for naming in self._namings if naming.folder != folder]

    def unsynced(self, name: str) -> bool:
        """Has a file of this name changes that the disk need not have kept?"""
        return any(
            path.endswith(f"/{name}") and self._files[file].since
            for path, file in self._now.items()
        )

    def image(self, to: Path, way: Kept, sector: int, random: Random) -> None:
        """Lay what the power left into an empty folder. `-shm` is memory and never on the disk."""
        names = dict(self._synced)
        for naming in self._namings[
            : {"nothing": 0, "everything": None}.get(way, random.randint(0, len(self._namings)))
        ]:
            _name(names, naming)
        for path, file in names.items():
            if not path.endswith("-shm"):
                target = to / path.removeprefix(self._under).lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self._files[file].kept(way, sector, random))
                target.chmod(0o600)


def _name(names: dict[str, int], naming: Naming) -> None:
    if naming.file is None:
        names.pop(naming.path, None)
    else:
        names[naming.path] = naming.file


def _sectors(change: Change, sector: int) -> Iterator[Change]:
    """A change cut where sectors end: each is kept or not, as a whole."""
    if change.kind == "T":
        yield change
        return
    start, end = change.offset, change.offset + len(change.data)
    edges = [start, *range(start - start % sector + sector, end, sector), end]
    for one, next_ in itertools.pairwise(edges):
        yield Change("W", change.path, change.inode, one, change.data[one - start : next_ - start])


def _chosen(pieces: Sequence[Change], way: Kept, random: Random) -> Sequence[Change]:
    middle = random.randint(0, len(pieces))
    match way:
        case "nothing":
            return ()
        case "everything":
            return pieces
        case "beginning":
            return pieces[:middle]
        case "end":
            return pieces[middle:]
        case "any":
            share = random.random()
            return [piece for piece in pieces if random.random() < share]


def _apply(content: bytearray, change: Change) -> None:
    end = change.offset if change.kind == "T" else change.offset + len(change.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if change.kind == "T":
        del content[change.offset :]
    else:
        content[change.offset : end] = change.data
