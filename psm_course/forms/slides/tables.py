"""Cuts a table into pieces for slides, one piece per row. A slide never cuts a piece in two.

Every slide with some of the rows repeats caption and head of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import zip_longest

from selectolax.lexbor import LexborHTMLParser

from psm_course.forms.slides.pieces import NORMAL, WIDTH, Frame, Piece, Run

# A cell: its HTML, and its letters as they are read.
Cell = tuple[str, int]

_SCALE = 0.875  # of the text: 28 pixels at the smallest
_SPACE = 18  # above and below the text of a cell
_BESIDE = 36  # left and right of it
_BOLD = 1.12  # the width of bold letters by that of others


def table_pieces(
    caption: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], source: str
) -> Iterator[Piece]:
    """Yield one piece for each row of a table: a part of a slide that is never cut in two.

    Each cell of `head` and `rows` is a pair: the HTML of the cell, and the number of characters
    that people read in the cell. An empty `caption` or `source` is left out.
    """
    shares = _shares([head, *rows])
    columns = "".join(f'<col style="width:{share:.1%}">' for share in shares)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    headings = "".join(f'<th scope="col">{html}</th>' for html, _ in head)
    opening = (
        f"<table>{above}<colgroup>{columns}</colgroup><thead><tr>{headings}</tr></thead><tbody>"
    )
    below = f'<p class="chart-source">Sumber: {escape(source)}</p>' if source else ""
    runs = (
        *([Run(len(caption))] if caption else []),
        _tallest(head, shares),
        *([Run(len(source) + 8, scale=0.7)] if source else []),
    )
    frame = Frame(opening, f"</tbody></table>{below}", runs, space=2 * _SPACE + 16)
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f"<td>{html}</td>" if place else f'<th scope="row">{html}</th>'
            for place, (html, _) in enumerate(row)
        )
        yield Piece(
            f"<tr>{cells}</tr>", _runs(row, shares), frame, number, space=_SPACE, beside=True
        )


def _runs(row: Sequence[Cell], shares: Sequence[float]) -> tuple[Run, ...]:
    return tuple(
        Run(letters, _BESIDE, share, _SCALE)
        for (_, letters), share in zip(row, shares, strict=False)
    )


def _tallest(row: Sequence[Cell], shares: Sequence[float]) -> Run:
    return max(_runs(row, shares), key=lambda run: run.letters / run.share, default=Run(0))


def _shares(rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Return the share (0 to 1) of the table's width that each column gets.

    A column is at least as wide as its longest word. The remaining width is divided among the
    columns: a longer text gets more of it, but twice the text does not get twice the width.
    """
    columns = list(zip_longest(*rows, fillvalue=("", 0)))
    letter = NORMAL.letter * _SCALE * _BOLD
    least = [(max(map(_longest_word, column)) * letter + _BESIDE) / WIDTH for column in columns]
    wanted = [max(8, *(letters for _, letters in column)) ** 0.7 for column in columns]
    spare = max(1 - sum(least), 0)
    shares = [few + spare * want / sum(wanted) for few, want in zip(least, wanted, strict=True)]
    return [share / sum(shares) for share in shares]


def _longest_word(cell: Cell) -> int:
    body = LexborHTMLParser(cell[0]).body
    return max(map(len, body.text(separator=" ").split()), default=0) if body else 0


class _Table(HTMLParser):
    """Reads the one table in a piece of HTML that our own template wrote.

    After `feed(html)`, `caption` and `source` are texts, and `rows` is a list of rows, the head
    first. Each row is a list of cells.
    """

    def __init__(self) -> None:
        super().__init__()
        self.caption = self.source = ""
        self.rows: list[list[Cell]] = []
        self._inside = ""
        self._html, self._letters = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row, a cell, the caption or the source; add other tags to the open element."""
        if tag == "tr":
            self.rows.append([])
        if tag in ("caption", "th", "td") or ("class", "chart-source") in attrs:
            self._inside, self._html, self._letters = tag, "", 0
        elif self._inside:
            self._html += self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        """End the open cell, the caption or the source."""
        if tag != self._inside:
            self._html += f"</{tag}>" if self._inside else ""
            return
        if tag in ("th", "td"):
            self.rows[-1].append((self._html.strip(), self._letters))
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Add a text to the open cell, caption or source."""
        self._html += escape(data, quote=False)
        self._letters += len(data)
        if self._inside == "caption":
            self.caption += data
        elif self._inside == "p":
            self.source += data


def pieces_of_table(html: str) -> list[Piece]:
    """Return one piece for each row of a table, without the head.

    `html` is the output of the function `tabel` in a lesson. The list is empty if `html` has no
    table.
    """
    found = _Table()
    found.feed(html)
    head, *rows = found.rows or [[]]
    if not rows:
        return []
    source = found.source.removeprefix("Sumber:").strip()
    return list(table_pieces(found.caption.strip(), head, rows, source))
