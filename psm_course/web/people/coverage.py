"""`/cakupan`: in which of the 63 kelurahan trained PSM live, and in which none does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from psm_course.registrar.people.overview import Coverage, coverage
from psm_course.web.visit import Visit

# Depok's kecamatan roughly where they lie: column from the west, row from the north. A picture to find one's way by, not a map.
_PLACES = {
    "Cinere": (0, 0),
    "Beji": (1, 0),
    "Cimanggis": (2, 0),
    "Limo": (0, 1),
    "Pancoran Mas": (1, 1),
    "Sukmajaya": (2, 1),
    "Sawangan": (0, 2),
    "Cipayung": (1, 2),
    "Cilodong": (2, 2),
    "Bojongsari": (0, 3),
    "Tapos": (2, 3),
}
_TILE, _GAP, _PER_ROW, _TITLE = 36, 4, 3, 22
_BLOCK = (_PER_ROW * (_TILE + _GAP) + 12, _TITLE + 3 * (_TILE + _GAP) + 12)
PICTURE = (3 * _BLOCK[0] - 12, 4 * _BLOCK[1] - 12)


@dataclass(frozen=True, slots=True)
class Block:
    """A kecamatan in the picture, with the corner of each of its kelurahan's tiles."""

    kecamatan: str
    x: int
    y: int
    tiles: tuple[tuple[int, int, Coverage], ...]

    @property
    def passed(self) -> int:
        return sum(tile.passed for _, _, tile in self.tiles)

    @property
    def covered(self) -> int:
        return sum(tile.passed > 0 for _, _, tile in self.tiles)


def coverage_page(visit: Visit) -> Response:
    covered = coverage(visit.office.store)
    return visit.page(
        "people/cakupan.html",
        blocks=tuple(_blocks(covered)),
        picture=PICTURE,
        tile=_TILE,
        size=len(covered),
        covered=sum(each.passed > 0 for each in covered),
        passed=sum(each.passed for each in covered),
        shade=shade,
    )


def shade(passed: int) -> int:
    """0 for none, then 1 to 3 for more and more."""
    return sum(passed >= step for step in (1, 3, 6))


def _blocks(covered: Sequence[Coverage]) -> Iterator[Block]:
    for kecamatan in dict.fromkeys(each.kelurahan.kecamatan for each in covered):
        column, row = _PLACES[kecamatan]
        x, y = column * _BLOCK[0], row * _BLOCK[1]
        mine = [each for each in covered if each.kelurahan.kecamatan == kecamatan]
        yield Block(kecamatan, x, y, tuple((*_corner(index, x, y), each) for index, each in enumerate(mine)))


def _corner(index: int, x: int, y: int) -> tuple[int, int]:
    row, column = divmod(index, _PER_ROW)
    return x + column * (_TILE + _GAP), y + _TITLE + row * (_TILE + _GAP)
