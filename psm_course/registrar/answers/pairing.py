"""Pair a phone with a card: find the owner of the card, and the next attempt in each test.

The phone sends a proof that it knows the card's code, never the code itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from psm_course.domain.card import short_name
from psm_course.errors import Refused
from psm_course.registrar.answers.asked import AskedQuizzes
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.people.cards import REPLACED, UNKNOWN
from psm_course.store.answers import attempts
from psm_course.store.answers.attempts import Taken
from psm_course.store.people import people
from psm_course.store.people.cards import find_serial


@dataclass(frozen=True, slots=True)
class Paired:
    """Answer to a paired phone: the person's short name, and the next attempt number by test id."""

    name: str
    next_attempts: Mapping[str, int]


def pair_phone(desk: Desk, number: str, proof: str) -> Paired:
    """Check a phone's proof that it knows the code of the card with this number.

    Returns the person's short name and the next attempt in each test.

    Raises:
        Refused: the card was replaced; or the number or the proof is wrong (the message does not
            say which).
    """
    with desk.store.reading() as tx:
        # A phone may send anything, and PostgreSQL refuses a text with a NUL in it.
        number = number.replace("\0", "")[:40].upper()
        serial = find_serial(tx, number)
        binding = desk.cards.proves(proof, number, serial) if serial else "wrong"
        if binding == "earlier":
            raise Refused(REPLACED)
        person = people.find_enrolment(tx, number) if binding == "card" else None
        if person is None:
            raise Refused(UNKNOWN)
        taken = attempts.taken_by(tx, {number})
        tests = AskedQuizzes(tx, people.learners(tx, {number}), desk.quizzes).tests_of(number)
    return Paired(
        short_name(person.name), {name: taken.get((number, name), Taken()).next for name in tests}
    )
