"""Figures of an analysis, as HTML.

There are three kinds. `dots` shows shares with their confidence intervals. `paired_lines` shows
each person's results in two tests, usually before and after a course. `choice_bars` shows the share
of people who picked each choice.

Each figure is part of a table or a list that has the same numbers as text. So a screen reader can
read the numbers aloud, and the words wrap on a narrow page. No fact is shown by colour alone: a
symbol or a word shows it too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from psm_course.forms.render import render

Kind = Literal["right", "wrong", "danger", "blank"]

# Where the lines of a pair begin and end, and where 100 and 0 per cent lie.
_LEFT, _RIGHT, _TOP, _BOTTOM = 140, 620, 40, 400
_SIDE, _TRACK = 24, 400  # of the track of a dot
_MARKED = (0, 25, 50, 75, 100)  # percents with a line or a tick


@dataclass(frozen=True, slots=True)
class Dot:
    """A row of the picture that `dots` draws.

    `share` is the place of the dot; the line goes from `low` to `high` (all from 0 to 1). `note` is
    shown in small letters after the label. `alarm` is a warning sentence; empty for none.
    """

    label: str
    share: float
    low: float
    high: float
    note: str = ""
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A choice of an item, and the share (0 to 1) of people who picked this choice."""

    text: str
    share: float
    kind: Kind


def dots(title: str, rows: Sequence[Dot], of_what: str, source: str = "") -> str:
    """Return a picture as HTML: in each row a dot at `share`, and a line from `low` to `high`.

    Args:
        title: the text above the picture.
        rows: the rows, in the order to show.
        of_what: the heading above the labels of the rows.
        source: the source of the figures, shown below the picture; empty: no source is shown.
    """
    placed = [
        (row, {name: _along(getattr(row, name)) for name in ("low", "share", "high")})
        for row in rows
    ]
    return render(
        "figures/dots.html",
        title=title,
        rows=placed,
        of_what=of_what,
        ticks=[(each, _along(each / 100)) for each in _MARKED],
        track=_TRACK,
        source=source,
    )


def choice_bars(title: str, bars: Sequence[Bar], source: str = "") -> str:
    """Return a picture as HTML, with a bar for each choice of an item, in the order of `bars`.

    `source` is the source of the figures, shown below the picture; empty: no source is shown.
    """
    return render(
        "figures/choices.html",
        title=title,
        bars=[(bar, round(400 * bar.share, 1)) for bar in bars],
        source=source,
    )


def paired_lines(title: str, pairs: Sequence[tuple[float, float]], sentences: Sequence[str]) -> str:
    """Return a picture as HTML: for each person, a line from the first result to the second.

    The results are those of two tests, usually before and after a course. One more line shows the
    mean. People with the same two results share one line, which is thicker for more people.

    Args:
        title: the text above the picture.
        pairs: for each person the two results, in percent (0 to 100); at least one pair.
        sentences: the message of the picture, shown below it; at least one sentence. A screen
            reader reads the first sentence instead of the picture.
    """
    lines = [
        {
            "from": _height(before),
            "to": _height(after),
            "width": 1.5 + count,
            "way": _way(before, after),
        }
        for (before, after), count in sorted(Counter(pairs).items())
    ]
    means = [sum(each) / len(pairs) for each in zip(*pairs, strict=True)]
    ways = Counter(_way(*pair) for pair in pairs)
    return render(
        "figures/pairs.html",
        title=title,
        lines=lines,
        mean=[(round(each), _height(each)) for each in means],
        ways=ways,
        sentences=sentences,
        scale=[(each, _height(each)) for each in _MARKED],
        left=_LEFT,
        right=_RIGHT,
    )


def _along(share: float) -> float:
    return round(_SIDE + share * (_TRACK - 2 * _SIDE), 1)


def _height(percent: float) -> float:
    return round(_BOTTOM - percent / 100 * (_BOTTOM - _TOP), 1)


def _way(before: float, after: float) -> str:
    return "up" if after > before else "down" if after < before else "same"
