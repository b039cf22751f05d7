"""The tree of a log as files of 256 hashes each (tiles), which anybody may fetch.

A full tile never changes. Source: https://c2sp.org/tlog-tiles.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.log.merkle import Growing, leaf_hash, root_of

WIDTH = 256
HASH = 32
_BITS = 8  # a tile is so many levels of the tree
ENTRIES = "entries"


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of a tree: up to 256 neighbouring hashes of one level.

    `level` is 0 for the hashes of leaves; each higher level has one hash per full tile of the level
    below. `number` is the number of the tile on its level, from 0. `width` is the number of hashes
    in the tile (1 to 256).
    """

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The path of the tile's file below the log's folder: `tile/0/x001/234.p/5`."""
        return _path(str(self.level), self.number, self.width)

    @property
    def entries_path(self) -> str:
        """The path of the file with the log entries of this tile; only for a tile of level 0."""
        return _path(ENTRIES, self.number, self.width)

    @property
    def start(self) -> int:
        """The index of the tile's first hash, counted from 0 on its level."""
        return self.number * WIDTH


def _path(place: str, number: int, width: int) -> str:
    last = f"{number % 1000:03}"
    above = []
    while number := number // 1000:
        above.append(f"x{number % 1000:03}/")
    part = "" if width == WIDTH else f".p/{width}"
    return f"tile/{place}/{''.join(reversed(above))}{last}{part}"


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of a tree of `size` leaves, level by level, each level from the left.

    The tile at the right end of a level may be partial.
    """
    level, there = 0, size
    while there:
        full, rest = divmod(there, WIDTH)
        yield from (Tile(level, number) for number in range(full))
        if rest:
            yield Tile(level, full, rest)
        level, there = level + 1, full


def write_entries(entries: Sequence[bytes]) -> bytes:
    """Return entries as a bundle: for each entry its length in two bytes, then the entry itself."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_entries(bundle: bytes) -> list[bytes]:
    """Return the entries in a bundle.

    Raises:
        Unreadable: the bundle ends in the middle of an entry.
    """
    entries, place = [], 0
    while place < len(bundle):
        length = int.from_bytes(bundle[place : place + 2], "big")
        entries.append(bundle[place + 2 : place + 2 + length])
        if len(entries[-1]) != length or place + 2 > len(bundle):
            raise Unreadable("Berkas catatan terpotong: ambil lagi dari situs.")
        place += 2 + length
    return entries


def read_tile(tile: Tile, content: bytes) -> list[bytes]:
    """Return the hashes in the content of a tile's file.

    Raises:
        Unreadable: the number of hashes is not the width of the tile.
    """
    if len(content) != tile.width * HASH:
        raise Unreadable(f"Berkas {tile.path} terpotong: ambil lagi dari situs.")
    return [content[place : place + HASH] for place in range(0, len(content), HASH)]


def tile_files(
    entries: Iterable[bytes], sizes: Collection[int] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a log as path and content, in one pass over the entries.

    The files are bundles of entries and tiles of hashes.

    Args:
        entries: all entries of the log, in order.
        sizes: sizes that the log had at earlier published checkpoints. A verifier of such a
            checkpoint asks for the partial tile as it was at that size. So a tile that is still
            partial now is also yielded with each earlier, smaller width.
    """
    levels: list[list[bytes]] = [[]]
    bundle: list[bytes] = []
    number = 0
    for entry in entries:
        bundle.append(entry)
        if len(bundle) == WIDTH:
            yield Tile(0, number).entries_path, write_entries(bundle)
            yield from _grown(levels, [leaf_hash(each) for each in bundle], number)
            bundle, number = [], number + 1
    levels[0] = [leaf_hash(each) for each in bundle]
    size = number * WIDTH + len(bundle)
    for level, hashes in enumerate(levels):
        for tile in _partial(level, size, hashes, sizes):
            yield tile.path, b"".join(hashes[: tile.width])
            if level == 0:
                yield tile.entries_path, write_entries(bundle[: tile.width])


def _grown(
    levels: list[list[bytes]], hashes: list[bytes], number: int
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of a full tile of leaves, and of each tile above that becomes full.

    Args:
        levels: for each level, the hashes that do not fill a tile yet; this function changes them.
        hashes: the 256 leaf hashes of the new tile.
        number: the number of the new tile on level 0.
    """
    level = 0
    while len(hashes) == WIDTH:
        yield Tile(level, number).path, b"".join(hashes)
        level, above = level + 1, root_of(hashes)
        levels[level - 1] = []
        if level == len(levels):
            levels.append([])
        levels[level].append(above)
        hashes, number = levels[level], number // WIDTH


def _partial(
    level: int, size: int, hashes: Sequence[bytes], sizes: Collection[int]
) -> Iterator[Tile]:
    """Yield the partial tile of a level: with its width now, and with each earlier width.

    Only the tile at the right end of a level can be partial.

    Args:
        level: the level of the tile.
        size: the number of leaves now.
        hashes: the hashes in the partial tile now; empty if all tiles of the level are full.
        sizes: earlier sizes of the log, from which the earlier widths of the tile are computed.
    """
    number = size // WIDTH ** (level + 1)
    widths = {
        then // WIDTH**level % WIDTH for then in sizes if then // WIDTH ** (level + 1) == number
    }
    yield from (
        Tile(level, number, width)
        for width in sorted({len(hashes), *(each for each in widths if each < len(hashes))})
        if width
    )


# ---- a leaf is in the tree, seen through few tiles -----------------------------------------------


def tiles_through(index: int, size: int) -> tuple[Tile, ...]:
    """Return the tiles from which `root_through` shows that a leaf is in a tree of `size` leaves.

    `index` is the leaf's index, from 0. The result has the tile with the leaf's hash, the tiles
    above that tile, and the partial tiles at the right end of levels. There are at most three tiles
    for up to 65,536 leaves, and five for up to 16,777,216.

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    last, way = _last_of_each_level(size), [_tile_over(index, 0, size)]
    while way[-1] not in last:
        way.append(_tile_over(index, len(way), size))
    return (*way, *(tile for tile in last if tile != way[-1]))


def root_through(
    leaf: bytes, index: int, size: int, hashes: Mapping[Tile, Sequence[bytes]]
) -> bytes | None:
    """Compute the root of a tree from the few tiles that `tiles_through(index, size)` returns.

    If the result is the same as the root in a signed checkpoint of this size, the leaf is in the
    tree. The result is None if the tiles contradict each other, or if the leaf is not at `index`.

    Args:
        leaf: hash of the leaf.
        index: index of the leaf, from 0.
        size: number of leaves in the tree.
        hashes: the hashes in each tile of `tiles_through(index, size)`.
    """
    last, level, found = _last_of_each_level(size), 0, leaf
    while True:
        tile = _tile_over(index, level, size)
        if hashes[tile][(index >> _BITS * level) % WIDTH] != found:
            return None
        if tile in last:
            break
        level, found = level + 1, root_of(hashes[tile])
    tree = Growing()
    for tile in last:
        for each in hashes[tile]:
            tree.append(each, height=_BITS * tile.level)
    return tree.root()


def _tile_over(index: int, level: int, size: int) -> Tile:
    number = index >> _BITS * (level + 1)
    return Tile(level, number, min(WIDTH, (size >> _BITS * level) - number * WIDTH))


def _last_of_each_level(size: int) -> tuple[Tile, ...]:
    """Return the partial tile of each level of a tree, the highest level first.

    The root of the tree can be computed from these tiles alone, because each full tile is one hash
    in the level above. If all tiles of a level are full, the result has no tile of this level.
    """
    tiles = (
        Tile(level, size >> _BITS * (level + 1), (size >> _BITS * level) % WIDTH)
        for level in range((size.bit_length() - 1) // _BITS, -1, -1)
    )
    return tuple(tile for tile in tiles if tile.width)
