"""Looks up a certificate in its office's own lists, by its number and the mark of its signature.

Somebody who stole a key, even a retired one, can sign anything. The lists show which certificates
the office itself issued. Decision 0130.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from psm_course.credentials.formats.statement import Statement
from psm_course.credentials.lists.digests import Digests, Pdfs, part_of


@dataclass(frozen=True, slots=True)
class Listed:
    """The published marks of an office's signatures, by certificate number.

    A mark is a short code made from a signature, so that the list needs no names. `parts` are the
    lists by part name. `letters` is the length of the part names; 0 if the list is not cut. `as_of`
    is the date of the first file.
    """

    as_of: datetime
    letters: int
    parts: Mapping[str, Pdfs]

    def knows_not(self, statement: Statement) -> bool:
        """True if the certificate should be in these lists and is not.

        False also if this cannot be decided: the part for its number is missing, or the certificate
        was signed after the date of the list. If a number is listed without marks, only the
        number is compared, so the result is False: the documents of that number were erased, so
        their marks cannot be computed any more.
        """
        number = statement.facts.get("number")
        part = self.parts.get(part_of(number, self.letters)) if isinstance(number, str) else None
        if part is None or statement.signed_by is None or statement.signed_by > self.as_of:
            return False
        marks: Collection[str] | None = part.get(str(number))
        return marks is None or (len(marks) > 0 and statement.mark not in marks)


def listed_of(digests: Iterable[Digests]) -> Mapping[str, Listed]:
    """Return the published marks of signatures, by the office's DID.

    Lists without marks are left out. For each office, the newest first file (`sidik.json`) is used.
    The first file says how many letters the names of the parts have; only parts with such names are
    used, and of each part the newest list.

    Args:
        digests: verified lists of digests, oldest first.
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
