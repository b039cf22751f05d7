"""Long lists in pages of 200, by `?halaman=`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from psm_course.web.visit import Visit

SIZE = 200


@dataclass(frozen=True, slots=True)
class Paging:
    """Where we are in a long list. `query` are the other values of the address, kept when turning the page."""

    number: int
    query: tuple[tuple[str, str], ...]
    size: int = SIZE
    has_next: bool = False

    @classmethod
    def asked_for(cls, visit: Visit) -> Paging:
        kept = tuple((name, value) for name, value in visit.request.query_params.multi_items() if name not in {"halaman", "kabar"})
        return cls(max(visit.asked_number("halaman"), 1), kept)

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    def of(self, found: Sequence[object]) -> Paging:
        """Knowing what was found when one more than a page was asked for."""
        return replace(self, has_next=len(found) > self.size)

    def to(self, number: int) -> str:
        return "?" + urlencode([*self.query, ("halaman", str(number))])
