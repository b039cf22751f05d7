"""Whether an office's own lists know a certificate: its number, and the mark of its signature under that number. Decision 0130.

Whoever stole a key, or kept a retired one, can sign whatever they like; the lists say what the office itself gave out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from psm_course.credentials.formats.statement import Statement
from psm_course.credentials.lists.digests import Digests, Pdfs, part_of


@dataclass(frozen=True, slots=True)
class Listed:
    """The marks of an office's signatures by number, cut into parts by so many letters (0: not cut), and the date of its first file."""

    as_of: datetime
    letters: int
    parts: Mapping[str, Pdfs]

    def knows_not(self, statement: Statement) -> bool:
        """Whether the statement ought to stand here and does not. False where that cannot be told.

        A number without marks is known alone: whose papers were erased, their signatures are not compared.
        """
        number = statement.facts.get("number")
        part = self.parts.get(part_of(number, self.letters)) if isinstance(number, str) else None
        if part is None or statement.signed_by is None or statement.signed_by > self.as_of:
            return False
        marks: Collection[str] | None = part.get(str(number))
        return marks is None or (len(marks) > 0 and statement.mark not in marks)


def listed_of(digests: Iterable[Digests]) -> Mapping[str, Listed]:
    """By office. `digests` are believed, oldest first; of parts those count that the newest first file speaks of."""
    newest = {(each.issuer, each.part): each for each in digests}
    return {
        issuer: Listed(first.as_of, first.letters, _parts(newest, issuer, first.letters))
        for (issuer, part), first in newest.items()
        if part == "" and first.marks is not None
    }


def _parts(newest: Mapping[tuple[str, str], Digests], issuer: str, letters: int) -> Mapping[str, Pdfs]:
    return {part: each.marks for (did, part), each in newest.items() if did == issuer and len(part) == letters and each.marks is not None}
