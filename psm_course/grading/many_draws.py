"""Draws many sittings at once, by the same rule as `draw`, in numpy arrays.

In the arrays a row is a sitting and a column is an item. To sort the items, a text is hashed for
each: a prefix (the same for all items of a sitting) and then the item's id. MurmurHash3 reads
blocks of four bytes, so an id can begin at four places in a block. For each of these four places,
most of the hashing of an id is done once and used for all sittings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Words = NDArray[np.uint32]
_Keys = NDArray[np.uint64]
_WORD = 4  # bytes of a block
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Columns:
    """The items of a draw as numbers: each number is the index of an item in the sorted ids.

    Attributes:
        ids: all items that can be drawn, sorted.
        sets: for each set of variants its items, in the order of their ids.
        groups: for each group from which items are drawn, its items and the number that every draw
            takes.
        extra: number of groups from which one more item is drawn.
        shown_at: for each item its place in the file, if items are shown in that order; empty if
            they are shuffled.
    """

    ids: tuple[str, ...]
    sets: tuple[tuple[int, ...], ...]
    groups: tuple[tuple[tuple[int, ...], int], ...]
    extra: int
    shown_at: tuple[int, ...]


class ManyDraws:
    """Draws of one quiz for many sittings at once."""

    def __init__(self, columns: Columns) -> None:
        self._ids = np.array(columns.ids, dtype=object)
        self._groups = [(np.array(places), gives) for places, gives in columns.groups]
        self._extra = columns.extra
        self._sets = [np.array(places) for places in columns.sets]
        self._shown_at = np.array(columns.shown_at, dtype=np.uint64) if columns.shown_at else None
        self._hashes = [
            Hashes([name.encode() for name in columns.ids], over) for over in range(_WORD)
        ]

    def items(self, prefixes: Sequence[bytes], turns: Sequence[int]) -> list[list[str]]:
        """Return for each sitting the ids of its items, in the order in which they are shown.

        Args:
            prefixes: for each sitting the beginning of the text that is hashed, as bytes: all
                before the item id, `participant|quiz|attempt|`.
            turns: the turn of each sitting, as `turn_of` returns it.
        """
        found: list[list[str]] = [[] for _ in prefixes]
        by_length: dict[int, list[int]] = {}
        for row, prefix in enumerate(prefixes):
            by_length.setdefault(len(prefix), []).append(row)
        for length, rows in by_length.items():
            text = np.frombuffer(b"".join([prefixes[row] for row in rows]), dtype=np.uint8).reshape(
                len(rows), length
            )
            drawn = self._drawn(
                self._hashes[length % _WORD].of(text), np.array([turns[row] for row in rows])
            )
            for row, items in zip(rows, self._in_order(drawn), strict=True):
                found[row] = items
        return found

    def _drawn(self, hashes: _Words, turns: NDArray[np.int64]) -> _Keys:
        """Draw the items of each sitting; return one row of sort keys per sitting, not yet sorted.

        A sort key has the item's hash in its upper 32 bits and the item's index in its lower 32
        bits, so that items with equal hashes have different sort keys.

        Args:
            hashes: the hash of every item, a row per sitting.
            turns: the turn of each sitting (`turn_of`), which chooses among variants.
        """
        keys = hashes.astype(np.uint64) << np.uint64(32) | np.arange(
            len(self._ids), dtype=np.uint64
        )
        every = np.arange(len(keys))
        chosen = [keys[every, places[turns % len(places)]][:, None] for places in self._sets]
        following = []
        for places, gives in self._groups:
            ordered = np.sort(keys[:, places], axis=1)
            chosen.append(ordered[:, :gives])
            following.append(ordered[:, gives : gives + 1])
        if self._extra:
            chosen.append(np.sort(np.hstack(following), axis=1)[:, : self._extra])
        return np.hstack(chosen)

    def _in_order(self, drawn: _Keys) -> list[list[str]]:
        if self._shown_at is None:
            drawn.sort(axis=1)
            places = drawn & _LOW
        else:
            places = drawn & _LOW
            places = np.take_along_axis(places, np.argsort(self._shown_at[places], axis=1), axis=1)
        listed: list[list[str]] = self._ids[places].tolist()
        return listed


class Hashes:
    """Computes MurmurHash3 (x86, 32 bit, seed 0) of many texts that end in an item's id.

    The hash reads blocks of four bytes. An id may begin inside a block: `over` (0 to 3) is the
    number of bytes in that block that belong to the text before the id.
    """

    def __init__(self, ids: Sequence[bytes], over: int) -> None:
        self._over = over
        # Those with most blocks first: then of each block a first part of the columns has one.
        order = sorted(range(len(ids)), key=lambda place: -((over + len(ids[place])) // _WORD))
        blocks = [(over + len(ids[place])) // _WORD for place in order]
        width = (max(blocks) + 1) * _WORD
        text = b"".join((bytes(over) + ids[place]).ljust(width, b"\0") for place in order)
        words: _Words = np.frombuffer(text, dtype="<u4").reshape(len(ids), -1).astype(np.uint32)
        self._lengths = np.array([len(ids[place]) for place in order], dtype=np.uint32)
        self._first = np.ascontiguousarray(words[:, 0])
        self._with_block = [sum(count > block for count in blocks) for block in range(max(blocks))]
        self._mixed = [
            _mixed(words[:columns, block]) for block, columns in enumerate(self._with_block)
        ]
        # The bytes after the last whole block; none where the id fits the blocks. Of an id within
        # the first block they are the first word.
        self._rest = _mixed(words[np.arange(len(ids)), blocks])
        self._back = np.argsort(np.array(order))

    def of(self, texts: NDArray[np.uint8]) -> _Words:
        """Return the hash of each text followed by each id: one row per text, one column per id.

        Args:
            texts: one row of bytes per text; all have the same length.

        Returns:
            The hashes as whole numbers of 32 bits, the columns in the order of the given ids.
        """
        count, length = texts.shape
        whole = length - self._over
        state = np.zeros((count, 1), dtype=np.uint32)
        blocks: _Words = np.ascontiguousarray(texts[:, :whole]).view("<u4").astype(np.uint32)
        for block in range(whole // _WORD):
            _mix_in(state, _mixed(blocks[:, block : block + 1]))
        hashes = np.repeat(state, len(self._first), axis=1)
        self._take_first(hashes, texts[:, whole:])
        for columns, mixed in list(zip(self._with_block, self._mixed, strict=True))[1:]:
            _mix_in(hashes[:, :columns], mixed)
        longer = self._with_block[0] if self._with_block else 0
        hashes[:, :longer] ^= self._rest[:longer]
        _finish(hashes, self._lengths + np.uint32(length))
        return hashes[:, self._back]

    def _take_first(self, hashes: _Words, before: NDArray[np.uint8]) -> None:
        """Add to `hashes` the block of four bytes in which each id begins.

        This block has the last bytes of a text (`before`, one row per text) and the first bytes of
        an id. `hashes` has one row per text and one column per id; it is changed in place.
        """
        padded = np.zeros((len(before), _WORD), dtype=np.uint8)
        padded[:, : before.shape[1]] = before
        mixed = _mixed(padded.view("<u4").astype(np.uint32) | self._first)
        whole = self._with_block[0] if self._with_block else 0
        _mix_in(hashes[:, :whole], mixed[:, :whole])
        hashes[:, whole:] ^= mixed[:, whole:]


def _mixed(block: _Words) -> _Words:
    mixed = block * np.uint32(0xCC9E2D51)
    mixed = mixed << np.uint32(15) | mixed >> np.uint32(17)
    return mixed * np.uint32(0x1B873593)


def _mix_in(state: _Words, mixed: _Words) -> None:
    state ^= mixed
    turned = state << np.uint32(13)
    state >>= np.uint32(19)
    state |= turned
    state *= np.uint32(5)
    state += np.uint32(0xE6546B64)


def _finish(state: _Words, lengths: _Words) -> None:
    state ^= lengths
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        state ^= state >> np.uint32(shift)
        state *= np.uint32(factor)
