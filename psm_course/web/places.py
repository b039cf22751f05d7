"""Every page of the desk in one table: its address, its function, and who may open it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from starlette.responses import Response

from psm_course.web import cohorts, signing_in, status
from psm_course.web.menu import Way
from psm_course.web.permissions import ANYBODY, EVERYBODY, OFFICERS, Roles
from psm_course.web.visit import Visit

SMALL = 1024 * 1024
SHEET = 21 * 1024 * 1024  # an Excel sheet of 20 MB and the form around it


class Place(NamedTuple):
    """A page about one cohort has `{cohort}` or `{number}` in its address, and opens to a pelatih only where that cohort is theirs."""

    method: str
    path: str
    page: Callable[[Visit], Response]
    who: Roles | None
    label: str = ""  # what menus call it
    largest: int = SMALL

    @property
    def is_about_a_cohort(self) -> bool:
        return "{cohort}" in self.path or "{number}" in self.path


PLACES = (
    Place("GET", "/masuk", signing_in.door, ANYBODY),
    Place("POST", "/masuk", signing_in.enter, ANYBODY),
    Place("POST", "/keluar", signing_in.leave, EVERYBODY),
    Place("GET", "/angkatan", cohorts.list_page, EVERYBODY, "Angkatan"),
    Place("POST", "/angkatan", cohorts.open_new, OFFICERS),
    Place("GET", "/angkatan/{cohort}", status.status, EVERYBODY, "Status"),
    Place("POST", "/angkatan/{cohort}/tutup", cohorts.close, OFFICERS),
)
WAYS = tuple(Way(place.path, place.label, place.who) for place in PLACES if place.label and place.who is not None)
