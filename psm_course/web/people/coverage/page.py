"""`/cakupan`: the kelurahan of the region where trained PSM live, and those where none live."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from psm_course.content.region import Region
from psm_course.domain.headcounts import FEWEST
from psm_course.registrar.people.overview import Coverage, ages_said, coverage, men_and_women
from psm_course.web.request_context import RequestContext

# Sizes in the picture: a tile for each kelurahan, three to a row, below their kecamatan's name.
_TILE, _GAP, _PER_ROW, _TITLE, _BETWEEN = 36, 4, 3, 22, 12


@dataclass(frozen=True, slots=True)
class Block:
    """A kecamatan (district) in the picture.

    `x` and `y` are the upper left corner of the block. `tiles` has a tuple for each kelurahan: x
    and y of the upper left corner of the kelurahan's tile, and a `Coverage` (the counts of people).
    All lengths are in the picture's own units.
    """

    kecamatan: str
    x: int
    y: int
    tiles: tuple[tuple[int, int, Coverage], ...]

    @property
    def passed(self) -> int:
        """The number of people in this kecamatan who hold a certificate of passing."""
        return sum(tile.passed for _, _, tile in self.tiles)

    @property
    def covered(self) -> int:
        """The number of kelurahan in this block with a holder of a certificate of passing."""
        return sum(tile.passed > 0 for _, _, tile in self.tiles)


def coverage_page(context: RequestContext) -> Response:
    """`GET /cakupan`: the numbers of people in each kelurahan, as a picture and a table.

    The picture shows how many people hold a certificate of passing. The table also shows how many
    people were enrolled and, if known, how many of them are men and women.
    """
    region = context.office.course.region
    covered = coverage(context.office.store, region)
    width, height = _block_size(region)
    return context.render(
        "people/coverage/page.html",
        blocks=tuple(_blocks(region, covered)),
        picture=(
            max(each.column or 0 for each in region.kecamatan) * width - _BETWEEN,
            max(each.row or 0 for each in region.kecamatan) * height - _BETWEEN,
        ),
        has_picture=region.kecamatan[0].column is not None,
        tile=_TILE,
        size=len(covered),
        covered=sum(each.passed > 0 for each in covered),
        passed=sum(each.passed for each in covered),
        shade=shade,
        knows_sex=any(each.men or each.women for each in covered),
        men_and_women=men_and_women(covered),
        fewest=FEWEST,
        ages=ages_said(context.office.store, covered, context.office.now().year),
    )


def shade(passed: int) -> int:
    """Return the shade of a tile: 0 for nobody, 1 for 1 or 2 people, 2 for 3 to 5, 3 for more.

    `passed` is the number of people who hold a certificate of passing.
    """
    return sum(passed >= step for step in (1, 3, 6))


def _block_size(region: Region) -> tuple[int, int]:
    """Return the width and height of a block; all blocks have the same size.

    A block has room for all tiles of the kecamatan with most kelurahan, and for at least three rows
    of tiles.
    """
    most = max(
        sum(home.kecamatan == each.name for home in region.homes) for each in region.kecamatan
    )
    rows = max(3, -(-most // _PER_ROW))
    return _PER_ROW * (_TILE + _GAP) + _BETWEEN, _TITLE + rows * (_TILE + _GAP) + _BETWEEN


def _blocks(region: Region, covered: Sequence[Coverage]) -> Iterator[Block]:
    """Yield the blocks of the picture, in the order of the kecamatan in the region.

    A kecamatan without `column` and `row` is put in the upper left corner.
    """
    width, height = _block_size(region)
    for kecamatan in region.kecamatan:
        x, y = ((kecamatan.column or 1) - 1) * width, ((kecamatan.row or 1) - 1) * height
        mine = [each for each in covered if each.kelurahan.kecamatan == kecamatan.name]
        yield Block(
            kecamatan.name,
            x,
            y,
            tuple((*_corner(index, x, y), each) for index, each in enumerate(mine)),
        )


def _corner(index: int, x: int, y: int) -> tuple[int, int]:
    row, column = divmod(index, _PER_ROW)
    return x + column * (_TILE + _GAP), y + _TITLE + row * (_TILE + _GAP)
