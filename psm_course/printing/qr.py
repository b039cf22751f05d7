"""QR codes as drawings: sharp at every size, and small in the file.

Segno draws the frame of each size of symbol once; what a code says is filled in here. Segno takes 5 ms for a whole code, a quarter of a
certificate; this takes less than 1 ms (decision 0020).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

import segno
from segno import consts

_LEVELS = {"h": consts.ERROR_LEVEL_H, "q": consts.ERROR_LEVEL_Q, "m": consts.ERROR_LEVEL_M}
_BYTES = 4  # the mode that holds any text
_PADDING = b"\xec\x11"
_FIELD = 0x11D  # the polynomial of the field of 256 in which QR codes calculate
_RUN = re.compile("1+")


def qr_svg(text: str) -> str:
    """An SVG of the modules alone; the template leaves the quiet zone. Level M or better: a fold or a stain does not end it.

    The mask is fixed: choosing the best of eight gains nothing where the text is as good as random, as ours is.
    ValueError beyond 2,331 bytes.
    """
    rows = qr_rows(text)
    runs = (f"M{run.start()} {y}.5H{run.end()}" for y, row in enumerate(rows) for run in _RUN.finditer(row))
    side = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path stroke="#000" d="{"".join(runs)}"/></svg>'


def qr_rows(text: str) -> list[str]:
    """The modules, a text of zeros and ones for each row; 1 is dark."""
    raw = text.encode()
    frame = _fitting(len(raw))
    blocks = list(frame.cut(_stream(raw, frame)))
    checks = [_checks(block, frame.check) for block in blocks]
    modules = frame.filled(bytes([*_in_turn(blocks), *_in_turn(checks)]))
    return [modules[at : at + frame.side] for at in range(0, len(modules), frame.side)]


def short_address(link: str) -> str:
    """What a person can type of a link: no scheme, nothing from the fragment or the query on."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}".rstrip("/")


# ---- a size of symbol ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """One version at one level: the data bytes of each of its blocks, the check bytes that follow each, and where all their bits stand."""

    version: int
    side: int
    blocks: tuple[int, ...]
    check: int
    places: int
    mask: int  # the bits that the mask turns, as one number
    gathered: Callable[[str], tuple[str, ...]]  # from all bits, and the two kinds of fixed module behind them, to the modules in order

    def holds(self, length: int) -> bool:
        return 4 + self.count_bits + 8 * length <= 8 * sum(self.blocks)

    @property
    def count_bits(self) -> int:
        return 8 if self.version < 10 else 16

    def cut(self, stream: bytes) -> Iterator[bytes]:
        start = 0
        for length in self.blocks:
            yield stream[start : start + length]
            start += length

    def filled(self, codewords: bytes) -> str:
        bits = int.from_bytes(codewords) << (self.places - 8 * len(codewords))
        return "".join(self.gathered(f"{bits ^ self.mask:0{self.places}b}01"))


@cache
def _frame(version: int, level: str) -> _Frame:
    symbol = segno.make("a", version=version, error=level, mask=3, boost_error=False, micro=False)
    kinds = [list(row) for row in symbol.matrix_iter(border=0, verbose=True)]
    kinds[8][-9] = consts.TYPE_DATA_LIGHT  # Segno 1.6 counts this one to the format; the symbol itself is right
    ways = [(y, x) for y, x in _way(len(kinds)) if kinds[y][x] in (consts.TYPE_DATA_LIGHT, consts.TYPE_DATA_DARK)]
    places = {way: at for at, way in enumerate(ways)}
    fixed = {(y, x): len(ways) + (kind >> 8 > 0) for y, row in enumerate(kinds) for x, kind in enumerate(row)}
    order = [places.get(at, where) for at, where in fixed.items()]
    mask = "".join("01"[(y + x) % 3 == 0] for y, x in ways)
    levels: Any = consts.ECC[version]  # these tables have no types
    groups = levels[_LEVELS[level]]
    blocks = tuple(group.num_data for group in groups for _ in range(group.num_blocks))
    check = groups[0].num_total - groups[0].num_data
    return _Frame(version, len(kinds), blocks, check, len(ways), int(mask, 2), itemgetter(*order))


def _way(side: int) -> Iterator[tuple[int, int]]:
    """The way that data takes: two columns at a time from the right, up and down in turn, past the column of the timing pattern."""
    for turn, right in enumerate([*range(side - 1, 6, -2), *range(5, 0, -2)]):
        for y in range(side) if turn % 2 else reversed(range(side)):
            yield from ((y, right), (y, right - 1))


@cache
def _fitting(length: int) -> _Frame:
    """The smallest version that holds so many bytes at level M; of its levels the best that does."""
    for version in range(1, 41):
        if _frame(version, "m").holds(length):
            return next(frame for level in _LEVELS if (frame := _frame(version, level)).holds(length))
    raise ValueError(f"{length} bytes are too much for a QR code")


# ---- what stands in it -----------------------------------------------------------------------------------------------------------


def _stream(raw: bytes, frame: _Frame) -> bytes:
    """Mode, length, the bytes and four zeros: together whole bytes, filled up to what the symbol holds."""
    head = _BYTES << frame.count_bits | len(raw)
    length = (8 + frame.count_bits) // 8 + len(raw)
    stream = (head << 8 * len(raw) | int.from_bytes(raw)) << 4
    return (stream.to_bytes(length) + _PADDING * sum(frame.blocks))[: sum(frame.blocks)]


def _in_turn(blocks: list[bytes]) -> Iterator[int]:
    """A byte of each block in turn, so that a stain hurts all a little."""
    return (byte for byte in chain.from_iterable(zip_longest(*blocks)) if byte is not None)


def _checks(block: bytes, count: int) -> bytes:
    """The Reed-Solomon check bytes: what is left of a block divided by the generator."""
    multiples, room, rest = _multiples(count), (1 << 8 * count) - 1, 0
    for byte in block:
        rest = (rest << 8 & room) ^ multiples[rest >> 8 * (count - 1) ^ byte]
    return rest.to_bytes(count)


@cache
def _multiples(count: int) -> list[int]:
    """The generator for so many check bytes times each byte, its coefficients as the bytes of one number; without the first, which is 1."""
    generator, root = [1], 1
    for _ in range(count):
        generator = [one ^ _times(other, root) for one, other in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    return [int.from_bytes(_times(each, byte) for each in generator[1:]) for byte in range(256)]


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        product ^= one * (other & 1)
        one = one << 1 ^ _FIELD * (one >> 7)
        other >>= 1
    return product
