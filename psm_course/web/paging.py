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
        number: of the page, from 1.
        query: the other names and values in the query of the address; links to other pages keep
            them.
        has_next: True if more rows follow.
    """

    number: int
    query: tuple[tuple[str, str], ...]
    has_next: bool = False

    @classmethod
    def asked_for(cls, context: RequestContext) -> Paging:
        """The page that the address asks for; the first page if it asks for none."""
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

        `found` has the rows of the list from the first row of this page on. SIZE + 1 rows are
        enough: the row after the page shows that another page follows.
        """
        return replace(self, has_next=len(found) > SIZE)

    def to(self, number: int) -> str:
        """Return the query for page `number` of this list, beginning with `?`."""
        return "?" + urlencode([*self.query, ("halaman", str(number))])
