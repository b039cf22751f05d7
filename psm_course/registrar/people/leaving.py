"""Find people on a roster who left the cohort earlier, and ask if they take part again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psm_course.authoring.problems import shorten
from psm_course.domain.register import Enrolment, Left
from psm_course.interchange.sheets.reading import Choice, Note, Question, Remarks
from psm_course.interchange.sheets.sheets import CellProblem

BACK = Choice("kembali", "ya, ikut lagi dengan nomornya yang lama")
AWAY = Choice("tetap", "tidak; biarkan seperti di register")
_ASKED = ".kembali"
# What became of somebody; {to} is the number that counts, or sits there, instead.
LEFT: Mapping[Left, str] = {
    "withdrawn": "mengundurkan diri",
    "moved": "pindah, sekarang bernomor {to}",
    "replaced": "digantikan {to}",
    "merged": "digabung dengan {to}",
}


@dataclass(frozen=True, slots=True)
class ThoseWhoLeft:
    """Result for the people on a roster who left the cohort earlier.

    `back` are the numbers of people who take part again. `problems` are about wrong answers.
    `answered` has one question id for each person, even if no question was asked about the person.
    If an officer's answer has one of these ids, the caller must not report the answer as unused.
    """

    back: tuple[str, ...]
    problems: tuple[CellProblem, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    answered: frozenset[str]


def those_who_left(
    rows: Sequence[tuple[Enrolment, str]], answers: Mapping[str, str]
) -> ThoseWhoLeft:
    """Decide for each row of a person who left if the person takes part again.

    Only a person who withdrew can come back under the same number. About a person who was moved,
    replaced or merged, the result has a note for the officer.

    Args:
        rows: each person, with the cell of the sheet that names the person.
        answers: an officer's answers, by question id.
    """
    remarks, back = Remarks(answers), []
    for person, cell in rows:
        if person.left_as != "withdrawn":
            remarks.note(cell, f"{person.number} {left_sentence(person)}; tidak diubah")
        elif remarks.ask(_question(person, cell)) == BACK.value:
            back.append(person.number)
    asked = frozenset(f"{cell}{_ASKED}" for _, cell in rows)
    notes = tuple(note for note in remarks.notes() if note.cell not in answers)
    return ThoseWhoLeft(
        tuple(back), tuple(remarks.problems), tuple(remarks.questions), notes, asked
    )


def left_sentence(person: Enrolment) -> str:
    """Write how a person left: `digantikan D26-019`; empty if the person did not leave."""
    return LEFT[person.left_as].format(to=person.left_to) if person.left_as else ""


def _question(person: Enrolment, cell: str) -> Question:
    return Question(
        f"{cell}{_ASKED}",
        f"{shorten(person.name)} ({person.number}) sudah mengundurkan diri. Ikut lagi?",
        (BACK, AWAY),
    )
