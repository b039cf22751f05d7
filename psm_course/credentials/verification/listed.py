"""Finds a certificate in its office's own lists: its number, and the mark of its signature.

Decision 0130.

A thief of a key, or of a retired one, can sign anything; the lists tell what the office itself
issued.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from psm_course.credentials.formats.statement import Statement
from psm_course.credentials.lists.digests import Digests, Pdfs, part_of


@dataclass(frozen=True, slots=True)
class Listed:
    """The published marks of an office's signatures, by certificate number.

    By a mark, a short code made of the signature, a certificate is known without a name. `parts`
    are cut by `letters` letters (0: not cut); `as_of` is the date of the first file.
    """

    as_of: datetime
    letters: int
    parts: Mapping[str, Pdfs]

    def knows_not(self, statement: Statement) -> bool:
        """True if the statement should be in these lists and is not.

        False if that cannot be told.

        A number without marks is compared alone: the papers were erased, so their signatures are
        not compared.
        """
        number = statement.facts.get("number")
        part = self.parts.get(part_of(number, self.letters)) if isinstance(number, str) else None
        if part is None or statement.signed_by is None or statement.signed_by > self.as_of:
            return False
        marks: Collection[str] | None = part.get(str(number))
        return marks is None or (len(marks) > 0 and statement.mark not in marks)


def listed_of(digests: Iterable[Digests]) -> Mapping[str, Listed]:
    """The lists by office (DID).

    Args:
        digests: verified, oldest first. Only parts that match the newest first file count.
    """
    newest = {(each.issuer, each.part): each for each in digests}
    return {
        issuer: Listed(first.as_of, first.letters, _parts(newest, issuer, first.letters))
        for (issuer, part), first in newest.items()
        if part == "" and first.marks is not None
    }


def _parts(
    newest: Mapping[tuple[str, str], Digests], issuer: str, letters: int
) -> Mapping[str, Pdfs]:
    return {
        part: each.marks
        for (did, part), each in newest.items()
        if did == issuer and len(part) == letters and each.marks is not None
    }
