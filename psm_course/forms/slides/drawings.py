"""Prepares drawings of lessons (SVG) for slides.

A tall drawing, made for a phone, is cut into two halves that stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from psm_course.forms.slides.pieces import ROOM, WIDTH

_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_DARK = re.compile(r"@media \(prefers-color-scheme:\s*dark\)\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_TALL = 1.15  # height by width from which on a picture is cut
_LETTER = 15  # height of the letters in our drawings
_BETWEEN = 60  # between the halves
_ROOM = ROOM - 16


def halves_of(drawing: str) -> tuple[list[str], float]:
    """Return the parts of a drawing (SVG) in its light colours, and the width of a part in pixels.

    A tall drawing has two parts, its upper and its lower half. Any other drawing has one part. The
    width is 0 if the size of the drawing is not known.
    """
    drawing = _DARK.sub("", drawing)
    box = _VIEW_BOX.search(drawing)
    if box is None:
        return [drawing], 0
    width, height = float(box[1]), float(box[2])
    if height < _TALL * width:
        return [drawing], min(WIDTH, _ROOM * width / height)
    cut = _free_line(drawing, height / 2)
    views = (f'viewBox="0 0 {width:g} {cut:g}"', f'viewBox="0 {cut:g} {width:g} {height - cut:g}"')
    largest = min((WIDTH - _BETWEEN) / 2, _ROOM * width / max(cut, height - cut))
    return [drawing.replace(box[0], view, 1) for view in views], largest


def _free_line(drawing: str, middle: float) -> float:
    """Return the y coordinate of a horizontal cut that goes through no rectangle and no text.

    If there are several such coordinates, the nearest to `middle` is returned; if there is none,
    `middle`. The cut may go through arrows.
    """
    try:
        # A file of the course, made by its author.
        taken = list(_taken(ElementTree.fromstring(drawing)))  # noqa: S314
    except ElementTree.ParseError:
        return middle
    free = (middle + sign * step for step in range(int(middle)) for sign in (1, -1))
    return next(
        (line for line in free if not any(top < line < bottom for top, bottom in taken)), middle
    )


def _taken(root: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Yield the y range (top, bottom) of each rectangle and text, in units of the drawing."""
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "rect":
            top = float(element.get("y", 0))
            yield top, top + float(element.get("height", 0))
        elif name == "text":
            first = float(element.get("y", 0))
            lower = sum(float(part.get("dy", 0)) for part in element)
            yield first - _LETTER, first + lower + _LETTER / 3
