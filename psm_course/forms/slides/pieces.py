"""Pieces: the smallest parts of a slide, never cut, with the measures to predict their height."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

# Width of the text column and height under the title, in pixels of a slide of 1920 x 1080.
WIDTH, ROOM = 1720, 824
TITLE_LETTERS, TITLE_LINE = 56, 70


@dataclass(frozen=True, slots=True)
class Size:
    """A size of letters on a slide, in pixels.

    `name` is its class in the style sheet (`slides/static/deck.css`).
    """

    name: str
    text: int
    line: int
    gap: int

    @property
    def letter(self) -> float:
        """The average width of a letter in pixels.

        Measured with DejaVu Sans, the widest of the usual fonts.
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
    """A paragraph of `letters` characters, at `scale` of the text size.

    It fills `share` of the width after `indent` pixels.
    """

    letters: int
    indent: int = 0
    share: float = 1.0
    scale: float = 1.0

    def height(self, size: Size) -> float:
        """The predicted height in pixels."""
        across = max((WIDTH * self.share - self.indent) / (size.letter * self.scale), 1)
        return max(ceil(self.letters / across), 1) * size.line * self.scale


@dataclass(frozen=True, slots=True)
class Frame:
    """The HTML around several pieces: that of a list, or of a table with caption and head.

    Every slide with some of these pieces repeats the frame. `opening` may contain `{start}`, which
    becomes the number of the first piece on that slide. `runs` and `space` (pixels) are its height.
    """

    opening: str
    closing: str
    runs: tuple[Run, ...] = ()
    space: int = 0

    def height(self, size: Size) -> float:
        """The predicted height in pixels of the frame without the pieces inside."""
        return sum(run.height(size) for run in self.runs) + self.space


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a slide that is never cut: its HTML, and its paragraphs (`runs`) for the height.

    The paragraphs are below each other, or `beside` each other as the cells of a table row. `space`
    is the height that the piece takes besides its text, in pixels. `number` is its place in its
    frame. A piece with `keep` must be on the same slide as the next piece. A `rigid` piece has a
    slide of its own, is scaled to fit, and stands under `title` if it has one.
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
        """The predicted height in pixels, with the gap below the piece."""
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
    """The predicted height in pixels of pieces below each other, with their frames."""
    total, frame = 0.0, None
    for piece in pieces:
        if piece.frame is not None and piece.frame is not frame:
            total += piece.frame.height(size) + size.gap
        frame = piece.frame
        total += piece.height(size)
    return total


def html_of(pieces: tuple[Piece, ...]) -> str:
    """The HTML of pieces in their frames."""
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
    """The height in pixels that is left on a slide below this title (empty: no title)."""
    return (
        ROOM - TITLE_LINE * (ceil(len(title) / TITLE_LETTERS) - 1) if title else ROOM + TITLE_LINE
    )
