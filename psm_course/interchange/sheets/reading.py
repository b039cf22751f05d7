"""Remarks to the sender of a sheet: problems, questions and notes.

The sender has to correct problems and to answer questions. Notes only tell how unusual cells were
understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from psm_course.interchange.nik import REASON
from psm_course.interchange.sheets.sheets import CellProblem, Sheet

_UNSEEN = (
    "coretan serta baris dan kolom tersembunyi tidak terlihat di berkas seperti ini; bila mungkin"
    " ada, simpan dulu sebagai .xlsx"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer to a question.

    `label` is the text that people read. `value` is the answer that the form or `--answer B14=…`
    sends back.
    """

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that only a human can answer.

    `id` is made from the address of the cell that the question is about. If the question is about a
    whole sheet, `id` begins with `lembar`. So the same question about the same sheet always has the
    same id.
    """

    id: str
    sentence: str
    choices: tuple[Choice, ...]

    def __str__(self) -> str:
        """Return the sentence and the possible answers as one text, for output without a form."""
        return (
            f"{self.id}: {self.sentence}"
            f" ({'; '.join(f'{choice.value} = {choice.label}' for choice in self.choices)})"
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that tells how an unusual cell was understood. Nobody has to do anything."""

    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.message}" if self.cell else self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRemarks:
    """All remarks about a sheet. The sheet may be imported if `is_clear` is True."""

    problems: tuple[CellProblem, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_clear(self) -> bool:
        """True if there is nothing to correct and nothing to answer."""
        return not self.problems and not self.questions

    @property
    def holds_nik(self) -> bool:
        """True if a NIK was found in the sheet."""
        return any(REASON in problem.message for problem in self.problems)


@dataclass(slots=True)
class Remarks:
    """Collects problems, questions and notes while a sheet is read.

    `answers` are the sender's answers so far, by question id.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    _notes: dict[str, list[str]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def problem(self, cell: str, message: str) -> None:
        """Add a problem at a cell."""
        self.problems.append(CellProblem(cell, message))

    def problems_in_order(self) -> tuple[CellProblem, ...]:
        """The problems in the order of the sheet, row by row."""
        return tuple(sorted(self.problems, key=lambda problem: _place(problem.cell)))

    def note(self, cell: str, message: str) -> None:
        """Add a note at a cell.

        Equal messages about many cells become one note at the first of these cells.
        """
        self._notes.setdefault(message, []).append(cell)

    def ask(self, question: Question) -> str | None:
        """Return the sender's answer to a question; add an unanswered question to `questions`.

        Returns:
            The `value` of the chosen choice; None if the question is not answered. Case and spaces
            of answers do not matter. An answer that is no choice becomes a problem.
        """
        answer = self.answers.get(question.id, "").strip().casefold()
        self._used.add(question.id)
        for choice in question.choices:
            if choice.value.casefold() == answer:
                return choice.value
        if answer:
            values = ", ".join(choice.value for choice in question.choices)
            self.problem(
                question.id, f"jawaban ini tidak termasuk pilihan; pilih salah satu: {values}"
            )
        self.questions.append(question)
        return None

    def notes(self) -> tuple[Note, ...]:
        """The notes in the order of the sheet; notes about the whole sheet come last."""
        unused = [
            Note(cell, "jawaban untuk sel ini tidak dipakai; tidak ada pertanyaan tentangnya")
            for cell in self.answers
            if cell not in self._used
        ]
        said = [
            Note(cell, f"{message} (juga di {len(more)} sel lain)" if more else message)
            for message, (cell, *more) in self._notes.items()
        ]
        return (*sorted(said, key=lambda note: (not note.cell, _place(note.cell))), *unused)


def say_what_is_unseen(sheets: Sequence[Sheet], remarks: Remarks) -> None:
    """Add a note if the file type of a sheet cannot show hidden or crossed-out cells."""
    if any(not sheet.appearance.is_known for sheet in sheets):
        remarks.note("", _UNSEEN)


def _place(cell: str) -> tuple[str, int, int, str]:
    sheet, _, address = cell.rpartition("!")
    letters = address.rstrip("0123456789")
    return sheet, int(address[len(letters) :] or 0), len(letters), letters
