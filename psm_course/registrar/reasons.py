"""Reasons that officers write for their decisions.

Reasons are kept for ever and many people read them, so a reason may not identify a person.
"""

from collections.abc import Collection, Iterable

from psm_course.domain.register import Reason
from psm_course.errors import Refused
from psm_course.interchange.nik import holds_sixteen_digits
from psm_course.interchange.people.names import whole_name_in, word_of_a_name_in
from psm_course.store.engine import Connection
from psm_course.store.people import people

_SHORTEST, _LONGEST = 5, 500


def make_reason(written: str, concerned: Collection[str], others: Collection[str]) -> Reason:
    """Check a reason, and return it as one line without invisible characters.

    No other function makes a `Reason`.

    Args:
        written: the text that an officer typed, or a text of the program.
        concerned: names of the people whom the reason is about; no single word of these names may
            be in the reason.
        others: names of other people; no whole name of two or more words may be in the reason.

    Raises:
        Refused: the reason is too short or too long, or could identify a person. The message of the
            refusal does not repeat the reason.
    """
    kept = " ".join("".join(letter if letter.isprintable() else " " for letter in written).split())
    if len(kept) < _SHORTEST:
        raise Refused("Tulis alasannya dalam beberapa kata, misalnya: salah ketik pada nama.")
    if len(kept) > _LONGEST:
        raise Refused(
            f"Alasannya lebih panjang dari {_LONGEST} huruf. Ringkaskan: alasan ini dibaca banyak"
            " orang."
        )
    if holds_sixteen_digits(kept):
        raise Refused(
            "Tulis alasan tanpa NIK atau nomor sepanjang itu: alasan ini tersimpan dan terbaca"
            " seterusnya."
        )
    if word_of_a_name_in(kept, concerned) or whole_name_in(kept, [*concerned, *others]):
        raise Refused(
            "Tulis alasan tanpa menyebut nama orangnya: alasan ini tersimpan dan terbaca"
            " seterusnya."
        )
    return Reason(kept)


def reason_about(
    tx: Connection,
    written: str,
    numbers: Collection[str] = (),
    cohort: str = "",
    also: Iterable[str] = (),
) -> Reason:
    """Check an officer's reason for names of people in the register; return the reason.

    The reason is returned as one line without invisible characters.

    Args:
        tx: the transaction in which the reason will be kept.
        written: the text that an officer typed.
        numbers: the participants whom the reason is about. The names of all people in their
            cohorts are checked too.
        cohort: the cohort that the reason is about, if it is about no single person. If neither
            `numbers` nor `cohort` is given, all names in the register are checked.
        also: further names of the same participants, such as those on a certificate.

    Raises:
        Refused: the reason is too short or too long, or could identify a person.
    """
    concerned = people.enrolments_of(tx, numbers)
    cohorts = {person.cohort for person in concerned} | ({cohort} if cohort else set())
    return make_reason(
        written, [*(person.name for person in concerned), *also], people.names_in(tx, cohorts)
    )
