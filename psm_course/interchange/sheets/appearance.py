"""The appearance of a sheet: hidden rows and columns, crossed-out cells and failed formulas."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Appearance:
    """The facts about one sheet that its text does not show.

    Rows and columns count from 0; a cell is (row, column). Filtered rows are hidden rows. `struck`
    are cells whose whole text is crossed out (a line through it), `partly_struck` are cells in
    which only a part of the text is crossed out. `failed` maps the cell of a formula to the error
    that it shows, or to "" if the formula was never computed. `is_known` is False if the file type
    cannot show any of this.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[Place] = frozenset()
    partly_struck: frozenset[Place] = frozenset()
    failed: Mapping[Place, str] = field(default_factory=dict)
    is_known: bool = True


PLAIN, UNSEEN = Appearance(), Appearance(is_known=False)
