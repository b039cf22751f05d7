"""Draws two simulations as SVG pictures: their numbers are filled into a template.

One picture is the referral network. The other is the two areas with reported and hidden cases.
"""

from collections.abc import Mapping

from psm_course.forms.render import render
from psm_course.trainer.shown import key_of
from psm_course.trainer.simulations.network import LINKS, PEOPLE, SERVICES, SPARE, START, Referred
from psm_course.trainer.simulations.reporting import MOST, Area

_ROW, _TALL = 60, 46
_TEAL = "#0f8a77"
_LEFT = {"start": 1, "person": 86, "service": 211}
_WIDTH = {"start": 46, "person": 88, "service": 128}
_LONGEST, _AREA = 330, 122


def draw_network(found: Referred, lost: str, spare: int) -> str:
    """Return the referral network as SVG, with the number of arrived referrals at each service.

    `found` is the result of `network.referred`, called with the same `lost` and `spare`. `lost` is
    the person who is no longer in the network. `spare` is the number of services that the volunteer
    knows directly.
    """
    said = {
        name: f"{service.arrived} dari {service.asked} tiba"
        for name, service in found.services.items()
    }
    told = "; ".join(f"{name}: {words}" for name, words in said.items())
    description = (
        f"Yang pindah tugas: {lost}. {told}. Dikenal langsung:"
        f" {', '.join(SPARE[:spare]) or 'belum ada'}."
    )
    return render(
        "simulations/network.html",
        title="Jejaring rujukan (data rekaan)",
        description=description,
        key=key_of("jejaring", description, spare),
        height=_ROW * len(PEOPLE),
        lines=[_line(one, other, lost) for one, other in LINKS],
        nodes=[
            {**_node(name, lost, said.get(name, "")), "known": name in SPARE[:spare]}
            for name in (START, *PEOPLE, *SERVICES)
        ],
    )


def _place(name: str) -> tuple[str, float]:
    """Return the place of a person or service in the picture: its column, and its height.

    The column is a key of `_LEFT`. The height is the distance from the top of the picture to the
    middle of the box.
    """
    if name == START:
        return "start", _ROW * len(PEOPLE) / 2
    column, row = (
        ("person", PEOPLE.index(name)) if name in PEOPLE else ("service", SERVICES.index(name))
    )
    return column, _ROW * row + _ROW / 2


def _line(one: str, other: str, lost: str) -> dict[str, object]:
    (left, top), (right, bottom) = _place(one), _place(other)
    if left == right:  # from one row to the next
        middle = _LEFT[left] + _WIDTH[left] / 2
        ends = {"x1": middle, "y1": top + _TALL / 2, "x2": middle, "y2": bottom - _TALL / 2}
    else:
        ends = {"x1": _LEFT[left] + _WIDTH[left], "y1": top, "x2": _LEFT[right], "y2": bottom}
    return {**ends, "gone": lost in (one, other)}


def _node(name: str, lost: str, said: str) -> dict[str, object]:
    column, middle = _place(name)
    written = [name, *filter(None, ["pindah" if name == lost else said])]
    lines = [
        {"said": each, "down": (28 if len(written) == 1 else 20) + 18 * number}
        for number, each in enumerate(written)
    ]
    return {
        "x": _LEFT[column],
        "y": middle - _TALL / 2,
        "width": _WIDTH[column],
        "height": _TALL,
        "text": lines,
        "gone": name == lost,
        "stroke": "currentColor" if column == "service" else _TEAL,
    }


def draw_areas(areas: Mapping[str, Area]) -> str:
    """Return SVG with two bars for each area: reported cases, and below them all cases."""
    description = "; ".join(
        f"{name}: {area.reported} sampai ke kantor, {area.happened} terjadi, {area.hidden} tidak"
        " terlihat"
        for name, area in areas.items()
    )
    rows = [
        {
            "name": name,
            "top": number * _AREA,
            "reported": area.reported,
            "happened": area.happened,
            "hidden": area.hidden,
            "reported_length": _LONGEST * area.reported / MOST,
            "hidden_length": _LONGEST * area.hidden / MOST,
        }
        for number, (name, area) in enumerate(areas.items())
    ]

    return render(
        "simulations/reports.html",
        title="Kekerasan di rumah: yang dilaporkan dan yang terjadi (data rekaan)",
        areas=rows,
        height=_AREA * len(rows) - 20,
        description=description,
        key=key_of("terlapor", description),
    )
