"""Reasons that officers write: kept for ever, and some are read by everybody, so none may tell who somebody is."""

from collections.abc import Collection, Iterable

from psm_course.domain.register import Reason
from psm_course.errors import Refused
from psm_course.interchange.nik import holds_sixteen_digits
from psm_course.interchange.people.names import whole_name_in, word_of_a_name_in
from psm_course.store.engine import Connection
from psm_course.store.people import people

_SHORTEST, _LONGEST = 5, 500


def make_reason(written: str, concerned: Collection[str], others: Collection[str]) -> Reason:
    """The reason as it is kept: on one line, without signs that nobody sees. The only function that makes one.

    Args:
        written: what an officer typed, or words of the program's own.
        concerned: names of the people it is about; no word of them may stand in it.
        others: names of everybody around them; no whole name of two or more words may.

    Raises:
        Refused: it says nothing, is endless, or could tell who somebody is. The sentence repeats none of it.
    """
    kept = " ".join("".join(letter if letter.isprintable() else " " for letter in written).split())
    if len(kept) < _SHORTEST:
        raise Refused("Tulis alasannya dalam beberapa kata, misalnya: salah ketik pada nama.")
    if len(kept) > _LONGEST:
        raise Refused(f"Alasannya lebih panjang dari {_LONGEST} huruf. Ringkaskan: alasan ini dibaca banyak orang.")
    if holds_sixteen_digits(kept):
        raise Refused("Tulis alasan tanpa NIK atau nomor sepanjang itu: alasan ini tersimpan dan terbaca seterusnya.")
    if word_of_a_name_in(kept, concerned) or whole_name_in(kept, [*concerned, *others]):
        raise Refused("Tulis alasan tanpa menyebut nama orangnya: alasan ini tersimpan dan terbaca seterusnya.")
    return Reason(kept)


def reason_about(tx: Connection, written: str, numbers: Collection[str] = (), cohort: str = "", also: Iterable[str] = ()) -> Reason:
    """`make_reason` of what an officer typed, with the names that the register knows.

    Args:
        tx: the transaction in which it will be kept.
        written: what an officer typed.
        numbers: the participants it is about; everybody in their cohorts is around them.
        cohort: the cohort it is about, where it is about no one person. Where it is about neither, the whole register counts.
        also: names of the same participants that stand elsewhere, such as on a certificate.

    Raises:
        Refused: as `make_reason`.
    """
    concerned = people.enrolments_of(tx, numbers)
    cohorts = {person.cohort for person in concerned} | ({cohort} if cohort else set())
    return make_reason(written, [*(person.name for person in concerned), *also], people.names_in(tx, cohorts))
