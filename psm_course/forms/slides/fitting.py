"""Puts pieces on slides, with larger gaps and letters if there is room.

If letters would become too small, the pieces are put on several slides instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from psm_course.forms.slides.pieces import (
    NORMAL,
    SIZES,
    SMALL,
    TIGHT,
    Piece,
    Size,
    height_of,
    room_below,
)


@dataclass(frozen=True, slots=True)
class Slide:
    """The pieces of one slide.

    `fits` is False if the pieces need more room than the slide has, even with the smallest letters.
    """

    pieces: tuple[Piece, ...]
    size: Size
    fits: bool = True

    @property
    def height(self) -> float:
        """The predicted height in pixels; 0 for a picture or other piece that is scaled to fit."""
        return 0 if self.pieces[0].rigid else height_of(self.pieces, self.size)


def slides_of(title: str, pieces: Sequence[Piece]) -> tuple[Slide, ...]:
    """Return the slides of one step of a lesson: one slide if possible, otherwise several.

    Letters are first made smaller, down to the size `TIGHT`. If the pieces still need too much
    room, more slides are used. A piece with `rigid`, such as a picture, always has its own slide.

    Args:
        title: the title of the step; empty: slides without title.
        pieces: the pieces of the step, in order.
    """
    return tuple(
        slide for part in _rigid_alone(pieces) for slide in _fitted(part, room_below(title))
    )


def _rigid_alone(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces in groups, in order; a piece with `rigid` is a group of its own.

    The pieces between two rigid pieces form one group.
    """
    for is_rigid, some in groupby(pieces, key=lambda piece: piece.rigid):
        if is_rigid:
            yield from ((piece,) for piece in some)
        else:
            yield tuple(some)


def _fitted(pieces: tuple[Piece, ...], room: int) -> Iterator[Slide]:
    if pieces[0].rigid:
        yield Slide(pieces, NORMAL)
        return
    for size in SIZES[:-1]:
        if height_of(pieces, size) <= room:
            yield Slide(pieces, size)
            return
    for part in _split(pieces, room):
        size = next((size for size in SIZES if height_of(part, size) <= room), SMALL)
        yield Slide(part, size, height_of(part, size) <= room)


def _split(pieces: tuple[Piece, ...], room: int) -> list[tuple[Piece, ...]]:
    """Split pieces into as few slides as possible; returns the pieces of each slide.

    The slides have about the same height. `room` is the greatest height in pixels.
    """
    groups = tuple(_groups(pieces, room))
    fewest = _filled(groups, room)
    least = ceil(height_of(pieces, TIGHT) / len(fewest))
    for height in range(min(least, room), room, 20):
        parts = _filled(groups, height)
        if len(parts) == len(fewest):
            return parts
    return fewest


def _filled(groups: Sequence[tuple[Piece, ...]], room: int) -> list[tuple[Piece, ...]]:
    """Fill slides of height `room` with groups, in order; if a slide is full, begin a new one."""
    parts: list[tuple[Piece, ...]] = []
    for group in groups:
        if parts and height_of((*parts[-1], *group), TIGHT) <= room:
            parts[-1] = (*parts[-1], *group)
        else:
            parts.append(group)
    return parts


def _groups(pieces: tuple[Piece, ...], room: int) -> Iterator[tuple[Piece, ...]]:
    """Yield groups of pieces that must stay together on a slide.

    A piece with `keep` is in one group with the next piece. A list or table is one group if it fits
    on a slide; `room` is the height of the slide in pixels.
    """
    group: tuple[Piece, ...] = ()
    for frame, framed in groupby(pieces, key=lambda piece: piece.frame):
        whole = tuple(framed)
        if frame is not None and height_of((*group, *whole), TIGHT) <= room:
            yield (*group, *whole)
            group = ()
            continue
        for piece in whole:
            group = (*group, piece)
            if not piece.keep:
                yield group
                group = ()
    if group:
        yield group
