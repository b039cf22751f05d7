"""Shows a long list in pages of 200 rows; `?halaman=` in the address is the number of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from psm_course.web.request_context import RequestContext

SIZE = 200


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of a long list.

    Attributes:
        number: the number of the page, from 1.
        query: the other names and values in the query of the address; links to other pages keep
            them.
        has_next: True if more rows follow after this page.
    """

    number: int
    query: tuple[tuple[str, str], ...]
    has_next: bool = False

    @classmethod
    def asked_for(cls, context: RequestContext) -> Paging:
        """Return the page that the address asks for; the first page if it names no page."""
        kept = tuple(
            (name, value)
            for name, value in context.request.query_params.multi_items()
            if name not in {"halaman", "kabar"}
        )
        return cls(max(context.asked_number("halaman"), 1), kept)

    @property
    def offset(self) -> int:
        """The number of rows before this page."""
        return (self.number - 1) * SIZE

    def of(self, found: Sequence[object]) -> Paging:
        """Return the same page with `has_next` set.

        `found` contains rows of the list, beginning with the first row of this page. SIZE + 1 rows
        are enough: if there is one row more than the page has, another page follows.
        """
        return replace(self, has_next=len(found) > SIZE)

    def to(self, number: int) -> str:
        """Return the query for page `number` of this list, beginning with `?`."""
        return "?" + urlencode([*self.query, ("halaman", str(number))])
