"""Check the files of a published log: they must give the root in the checkpoint."""

from collections.abc import Iterator
from pathlib import Path

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.log.checkpoint import Checkpoint
from psm_course.credentials.log.merkle import leaf_hash, root_of
from psm_course.credentials.log.tiles import Tile, read_entries, read_tile, tiles_of
from psm_course.errors import cause

_CHANGED = (
    "tidak cocok dengan yang lain di situs ini: berubah sejak diterbitkan. Ambil lagi dari situs."
)


def troubles_of_copy(log: Path, checkpoint: Checkpoint) -> Iterator[str]:
    """Yield a sentence for each file of a log that is missing, cut off or changed.

    `log` is the folder that holds the log and its file `checkpoint`.
    """
    tiles = list(tiles_of(checkpoint.size))
    read = {tile: _read(log / tile.path, tile) for tile in tiles}
    yield from (found for found in read.values() if isinstance(found, str))
    hashes = {tile: found for tile, found in read.items() if not isinstance(found, str)}
    yield from (f"{log / tile.path}: {_CHANGED}" for tile in hashes if not _is_over(tile, hashes))
    leaves = [each for tile in tiles if tile.level == 0 for each in hashes.get(tile, ())]
    if len(leaves) == checkpoint.size and not checkpoint.fits(root_of(leaves)):
        yield f"{log / 'checkpoint'}: {_CHANGED}"
    for tile in (tile for tile in tiles if tile.level == 0):
        yield from _entries_troubles(log / tile.entries_path, hashes.get(tile))


def _read(path: Path, tile: Tile) -> list[bytes] | str:
    try:
        return read_tile(tile, path.read_bytes())
    except OSError as error:
        return f"{path}: tidak dapat dibaca ({cause(error)}). Ambil lagi dari situs."
    except Unreadable:
        return f"{path}: terpotong. Ambil lagi dari situs."


def _is_over(tile: Tile, hashes: dict[Tile, list[bytes]]) -> bool:
    """True if each hash in `tile` is the root of a tile one level lower in the log's tree.

    A tile is a file with up to 256 hashes of one level; level 0 has the hashes of the events.
    `hashes` has the hashes of every tile that was read; a tile that is missing is not compared.
    """
    below = (
        (hashes.get(Tile(tile.level - 1, tile.start + place)) for place in range(tile.width))
        if tile.level
        else ()
    )
    # Not strict: below a tile of level 0 there is nothing to compare.
    return all(
        under is None or root_of(under) == each
        for under, each in zip(below, hashes[tile], strict=False)
    )


def _entries_troubles(path: Path, leaves: list[bytes] | None) -> Iterator[str]:
    try:
        entries = read_entries(path.read_bytes())
    except OSError as error:
        yield f"{path}: tidak dapat dibaca ({cause(error)}). Ambil lagi dari situs."
    except Unreadable:
        yield f"{path}: terpotong. Ambil lagi dari situs."
    else:
        if leaves is not None and [leaf_hash(entry) for entry in entries] != leaves:
            yield f"{path}: {_CHANGED}"
