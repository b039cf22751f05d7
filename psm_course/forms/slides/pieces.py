"""Pieces: the smallest parts of a slide, which are never cut. Their height can be predicted."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

# Width of the text column and height under the title, in pixels of a slide of 1920 x 1080.
WIDTH, ROOM = 1720, 824
TITLE_LETTERS, TITLE_LINE = 56, 70


@dataclass(frozen=True, slots=True)
class Size:
    """A size of letters on a slide; `text`, `line` and `gap` (between paragraphs) are in pixels.

    `name` is the class of this size in the style sheet (`slides/static/deck.css`).
    """

    name: str
    text: int
    line: int
    gap: int

    @property
    def letter(self) -> float:
        """The average width of a letter in pixels.

        Measured with DejaVu Sans, which is the widest of the usual fonts.
        """
        return 0.585 * self.text


BIG = Size("big", 50, 68, 32)
LARGE = Size("large", 45, 61, 28)
NORMAL = Size("normal", 40, 55, 24)
TIGHT = Size("tight", 36, 48, 16)
# A table's cells are then 28 pixels: the smallest letters on any slide.
SMALL = Size("small", 32, 42, 12)
SIZES = (BIG, LARGE, NORMAL, TIGHT, SMALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A paragraph of `letters` characters, whose letters have `scale` times the text size.

    The paragraph takes `share` (0 to 1) of the slide's width, and begins `indent` pixels from the
    left.
    """

    letters: int
    indent: int = 0
    share: float = 1.0
    scale: float = 1.0

    def height(self, size: Size) -> float:
        """Return the predicted height of the paragraph in pixels, with letters of this size."""
        across = max((WIDTH * self.share - self.indent) / (size.letter * self.scale), 1)
        return max(ceil(self.letters / across), 1) * size.line * self.scale


@dataclass(frozen=True, slots=True)
class Frame:
    """The HTML around the pieces of one list or one table: `opening` before, `closing` after them.

    Every slide with some of these pieces repeats the frame. `{start}` in `opening` is replaced by
    the number of the first piece on the slide. `runs` are the frame's own texts, such as the
    caption and head of a table; `space` is the height of its gaps and lines in pixels.
    """

    opening: str
    closing: str
    runs: tuple[Run, ...] = ()
    space: int = 0

    def height(self, size: Size) -> float:
        """Return the predicted height in pixels of the frame without the pieces inside."""
        return sum(run.height(size) for run in self.runs) + self.space


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a slide that is never cut.

    Attributes:
        html: the HTML of the piece.
        runs: the paragraphs of the piece, from which its height is predicted.
        frame: the list or table that contains the piece; None for other pieces.
        number: the place of the piece in its frame, from 1; in a list, the number of the list item.
        space: the height that the piece takes besides its text, in pixels.
        beside: True if the paragraphs are beside each other, as the cells of a table row.
        keep: True if the piece must be on the same slide as the next piece.
        rigid: True if the piece has a slide of its own and is scaled to fit.
        title: title of a rigid piece's slide; empty: the title of the step.
    """

    html: str
    runs: tuple[Run, ...] = ()
    frame: Frame | None = None
    number: int = 1
    space: int = 0
    beside: bool = False
    keep: bool = False
    rigid: bool = False
    title: str = ""

    def height(self, size: Size) -> float:
        """Return the predicted height of the piece in pixels, with letters of this size.

        The gap below the piece is included, but not for a piece in a frame.
        """
        heights = [run.height(size) for run in self.runs]
        if self.beside:
            return max(heights, default=0) + self.space
        return (
            sum(heights)
            + size.gap * max(len(heights) - 1, 0)
            + self.space
            + (size.gap if self.frame is None else 0)
        )


def height_of(pieces: tuple[Piece, ...], size: Size) -> float:
    """Return the predicted height in pixels of pieces below each other, including their frames."""
    total, frame = 0.0, None
    for piece in pieces:
        if piece.frame is not None and piece.frame is not frame:
            total += piece.frame.height(size) + size.gap
        frame = piece.frame
        total += piece.height(size)
    return total


def html_of(pieces: tuple[Piece, ...]) -> str:
    """Return the HTML of the pieces, with the frames around them."""
    parts: list[str] = []
    frame: Frame | None = None
    for piece in pieces:
        if piece.frame is not frame:
            parts += [frame.closing] if frame else []
            parts += (
                [piece.frame.opening.replace("{start}", str(piece.number))] if piece.frame else []
            )
        frame = piece.frame
        parts.append(piece.html)
    return "\n".join([*parts, *([frame.closing] if frame else [])])


def room_below(title: str) -> int:
    """Return the height in pixels that is left on a slide below this title.

    An empty title means a slide without title.
    """
    return (
        ROOM - TITLE_LINE * (ceil(len(title) / TITLE_LETTERS) - 1) if title else ROOM + TITLE_LINE
    )
