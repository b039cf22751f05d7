"""The log as files: the paths and widths that the specification says,
each hash where it belongs, old partial ones kept.
"""

from __future__ import annotations

import hashlib

import pytest

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.log.merkle import leaf_hash, root_of
from psm_course.credentials.log.tiles import (
    Tile,
    read_entries,
    read_tile,
    root_through,
    tile_files,
    tiles_of,
    tiles_through,
    write_entries,
)


def entries(count: int) -> list[bytes]:
    return [hashlib.sha256(str(number).encode()).digest() for number in range(count)]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(2, 0, 1), "tile/2/000.p/1"),
        (Tile(0, 1000, 255), "tile/0/x001/000.p/255"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tile.entries_path == path.replace(f"tile/{tile.level}/", "tile/entries/")


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    found = list(tiles_of(70_000))

    assert sum(tile.level == 0 and tile.width == 256 for tile in found) == 273
    assert [tile for tile in found if tile.level == 0 and tile.width < 256] == [Tile(0, 273, 112)]
    assert [tile for tile in found if tile.level > 0] == [Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 700, 256 * 256 + 3])
def test_the_files_are_the_tiles_of_the_tree_and_their_entries(size: int) -> None:
    written = entries(size)

    files = dict(tile_files(written))

    tiles = list(tiles_of(size))
    assert sorted(files) == sorted(
        [tile.path for tile in tiles] + [tile.entries_path for tile in tiles if tile.level == 0]
    )
    every = [leaf_hash(entry) for entry in written]
    for tile in tiles:
        span = 256**tile.level
        inside = [
            root_of(every[place * span : (place + 1) * span])
            for place in range(tile.start, tile.start + tile.width)
        ]
        assert read_tile(tile, files[tile.path]) == inside
        if tile.level == 0:
            assert (
                read_entries(files[tile.entries_path])
                == written[tile.start : tile.start + tile.width]
            )


def test_a_full_tile_never_changes_and_is_written_once() -> None:
    before, after = list(tile_files(entries(600))), list(tile_files(entries(900)))

    assert len(dict(before)) == len(before)
    full = {path: content for path, content in before if ".p/" not in path}
    assert sorted(full) == ["tile/0/000", "tile/0/001", "tile/entries/000", "tile/entries/001"]
    assert full.items() <= dict(after).items()


def test_the_partial_tiles_of_earlier_checkpoints_stay_until_they_are_full() -> None:
    then = dict(tile_files(entries(520)))

    later = dict(tile_files(entries(600), {520, 300}))
    full = dict(tile_files(entries(800), {520}))

    partial = {path: content for path, content in then.items() if ".p/" in path}
    assert sorted(partial) == ["tile/0/002.p/8", "tile/1/000.p/2", "tile/entries/002.p/8"]
    assert partial.items() <= later.items()
    assert "tile/0/001.p/44" not in later
    assert "tile/1/000.p/1" in later  # of 300, whose leaves stand in full tiles by now
    assert "tile/0/002.p/8" not in full
    assert "tile/1/000.p/2" in full


def test_a_truncated_file_is_said_to_be_one() -> None:
    bundle = write_entries(entries(3))

    with pytest.raises(Unreadable, match="terpotong"):
        read_entries(bundle[:-1])
    with pytest.raises(Unreadable, match="terpotong"):
        read_entries(bundle + b"\0")
    with pytest.raises(Unreadable, match=r"tile/0/000\.p/3 terpotong"):
        read_tile(Tile(0, 0, 3), bytes(95))


# ---- a leaf seen through few tiles ---------------------------------------------------------------


def hashes_of(tiles: tuple[Tile, ...], size: int) -> dict[Tile, list[bytes]]:
    files = dict(tile_files(entries(size)))
    return {tile: list(read_tile(tile, files[tile.path])) for tile in tiles}


@pytest.mark.parametrize(
    ("index", "size", "tiles"),
    [
        (0, 1, [Tile(0, 0, 1)]),
        (4, 5, [Tile(0, 0, 5)]),
        (255, 256, [Tile(0, 0), Tile(1, 0, 1)]),
        (256, 257, [Tile(0, 1, 1), Tile(1, 0, 1)]),
        (3, 257, [Tile(0, 0), Tile(1, 0, 1), Tile(0, 1, 1)]),
        (300, 700, [Tile(0, 1), Tile(1, 0, 2), Tile(0, 2, 188)]),
        (699, 700, [Tile(0, 2, 188), Tile(1, 0, 2)]),
    ],
)
def test_the_tiles_through_which_a_leaf_is_seen_make_up_the_root(
    index: int, size: int, tiles: list[Tile]
) -> None:
    every = [leaf_hash(entry) for entry in entries(size)]
    through = tiles_through(index, size)
    hashes = hashes_of(through, size)

    assert list(through) == tiles
    assert root_through(every[index], index, size, hashes) == root_of(every)
    assert root_through(leaf_hash(b"lain"), index, size, hashes) is None


def test_tiles_that_do_not_fit_each_other_make_up_no_root() -> None:
    through = tiles_through(3, 300)
    hashes = hashes_of(through, 300)
    above = next(tile for tile in through if tile.level == 1)

    assert root_through(hashes[through[0]][3], 3, 300, hashes | {above: [bytes(32)]}) is None


def test_few_tiles_suffice_however_long_the_log_is() -> None:
    assert [len(tiles_through(0, size)) for size in (256, 65_536, 65_537, 16_777_216)] == [
        2,
        3,
        4,
        4,
    ]
    assert max(len(tiles_through(index, 16_777_215)) for index in (0, 70_000, 16_777_214)) <= 5


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_a_leaf_that_the_tree_has_not_is_refused(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        tiles_through(index, size)
