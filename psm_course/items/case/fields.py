"""The item type `case`: a situation told step by step.

Each choice has a consequence and leads to the next step.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from psm_course.authoring.fields import Credit, Flag, Id, Model, Text
from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding, did_you_mean
from psm_course.items.base import BaseItem, ItemText, Pick, Scoring, View

END = "end"
# A choice that earns this much is one the course stands by.
_ACCEPTABLE = Decimal("0.5")


class CaseChoice(Model):
    """A choice at a step of a case: one thing that the learner can do."""

    id: Id = Field(description="Tunggal di langkah ini.")
    text: Text = Field(description="Tindakan yang dapat dipilih.")
    credit: Credit = Field(
        Decimal(0), description="Nilai tindakan ini, 0 sampai 1. Bila tidak ditulis: 0."
    )
    next: Id = Field(description="Id langkah berikutnya, atau end.")
    critical: Flag = Field(False, description="yes bila tindakan ini kesalahan berbahaya.")
    feedback: Text | None = Field(
        None, description="Akibat tindakan ini, dibaca peserta sesudah memilih (latihan)."
    )


class Step(Model):
    """One step of a case: a moment of the situation, and the choices there."""

    id: Id = Field(description="Tunggal di butir ini.")
    prompt: Text = Field(description="Apa yang terjadi dan apa pertanyaannya.")
    choices: tuple[CaseChoice, ...] = Field(
        min_length=1, description="Tindakan yang dapat dipilih."
    )


class CaseItem(BaseItem):
    """Kasus bercabang, langkah demi langkah."""

    elements: ClassVar = {"steps": "langkah", "choices": "pilihan"}
    asked: ClassVar = frozenset({"steps", "next"})
    type: Literal["case"]
    prompt: Text = Field(
        "", description="Pengantar kasus, bila ada; setiap langkah mempunyai pertanyaannya sendiri."
    )
    steps: tuple[Step, ...] = Field(
        min_length=1, max_length=100, description="Langkah-langkah; yang pertama adalah awal kasus."
    )
    right_from: Credit | None = Field(
        None,
        description=(
            "Bagian nilai, misalnya 0,7, sejak mana kasus dihitung tepat. Bila tidak ditulis: hanya"
            " jalan terbaik."
        ),
    )

    def rules(self) -> Iterator[Finding]:
        if self.right_from == 0:
            yield Finding(
                ("right_from",),
                "dengan 0 setiap jalan dihitung tepat",
                "tulis bagian nilai yang dituntut, misalnya 0,7",
            )
        dangling = [*self._named_end(), *self._dangling()]
        yield from dangling
        # Paths can only be followed where every step
        # exists; a loop reported on top would only confuse.
        if not dangling:
            yield from self._route_findings()

    def _named_end(self) -> Iterator[Finding]:
        for index, step in enumerate(self.steps):
            if step.id == END:
                yield Finding(
                    ("steps", index, "id"),
                    '"end" berarti kasus selesai',
                    "beri langkah ini id lain",
                )

    def _dangling(self) -> Iterator[Finding]:
        known = {step.id for step in self.steps} | {END}
        for index, step in enumerate(self.steps):
            for position, choice in enumerate(step.choices):
                if choice.next not in known:
                    guess = did_you_mean(choice.next, known)
                    hint = (
                        f'maksud Anda "{guess}"?'
                        if guess
                        else "tulis id langkah yang ada, atau end"
                    )
                    yield Finding(
                        ("steps", index, "choices", position, "next"),
                        f'langkah "{choice.next}" tidak ada',
                        hint,
                    )

    def _route_findings(self) -> Iterator[Finding]:
        names = [step.id for step in self.steps]
        targets = {
            step.id: [choice.next for choice in step.choices if choice.next != END]
            for step in self.steps
        }
        try:
            # Backwards through the order the sorter gives:
            # every step comes before those it leads to.
            onward = [*TopologicalSorter(targets).static_order()][::-1]
        except CycleError as error:
            first = min(map(names.index, error.args[1]))
            yield Finding(
                ("steps", first),
                "dari langkah ini cerita dapat kembali ke langkah ini",
                "putuskan lingkarannya: setiap jalan harus sampai ke end",
            )
            return
        reached = {names[0]}
        for name in onward:
            reached.update(targets[name] if name in reached else ())
        for index, name in enumerate(names):
            if name not in reached:
                yield Finding(
                    ("steps", index),
                    "tidak ada jalan menuju langkah ini",
                    "arahkan sebuah next ke sini, atau hapus langkahnya",
                )
        if self.best() == 0:
            yield Finding(
                ("steps",), "tidak ada jalan yang bernilai", "beri credit pada tindakan yang tepat"
            )

    def best(self) -> Decimal:
        """Return the greatest sum of credits that a path from the first step to the end can get."""
        return best_path(self._scored_steps(), self.steps[0].id).credit

    def scoring_rule(self) -> Scoring:
        stated = {} if self.right_from is None else {"right_from": plain(self.right_from)}
        return {
            **stated,
            "start": self.steps[0].id,
            "best": plain(self.best()),
            "steps": self._scored_steps(),
        }

    def _scored_steps(self) -> dict[str, dict[str, dict[str, Any]]]:
        return {
            step.id: {
                choice.id: {
                    "credit": plain(choice.credit),
                    "next": choice.next,
                    "critical": choice.critical,
                }
                for choice in step.choices
            }
            for step in self.steps
        }

    def question(self) -> View:
        return {
            "steps": [
                {
                    "id": step.id,
                    "prompt": step.prompt,
                    "choices": [
                        {"id": choice.id, "text": choice.text, "next": choice.next}
                        for choice in step.choices
                    ],
                }
                for step in self.steps
            ]
        }

    def solution(self) -> View:
        return {
            "steps": {
                step.id: {
                    choice.id: {
                        "credit": plain(choice.credit),
                        "critical": choice.critical,
                        "feedback": choice.feedback,
                    }
                    for choice in step.choices
                }
                for step in self.steps
            }
        }

    def private_texts(self) -> Iterator[str]:
        yield from (pick.feedback for pick in self.picks() if pick.feedback)

    def own_texts(self) -> Iterator[ItemText]:
        yield from (
            ItemText(("steps", index, "prompt"), step.prompt)
            for index, step in enumerate(self.steps)
        )

    def picks(self) -> Iterator[Pick]:
        return (
            Pick(
                ("steps", index, "choices", position),
                choice.text,
                choice.feedback,
                choice.credit >= _ACCEPTABLE,
                choice.critical,
                f"{step.id}:{choice.id}",
            )
            for index, step in enumerate(self.steps)
            for position, choice in enumerate(step.choices)
        )

    def in_place(self, place: int) -> Any:
        steps = {step.id: step for step in self.steps}
        path, step = [], self.steps[0].id
        while step in steps:
            choices = steps[step].choices
            choice = choices[min(place, len(choices) - 1)]
            path.append(f"{step}:{choice.id}")
            step = choice.next
        return path


# ---- the best path -------------------------------------------------------------------------------


class Path(NamedTuple):
    """A path to the end of a case.

    `credit` is the sum of the credits of the choices on the path (0 to 1 for each choice).
    `criticals` is the number of dangerous choices on the path. `taken` is the path itself:
    `("step:choice", …)`.
    """

    credit: Decimal = Decimal(0)
    criticals: int = 0
    taken: tuple[str, ...] = ()


def best_path(steps: Mapping[str, Mapping[str, Mapping[str, Any]]], start: str) -> Path:
    """Return the path with the most credit, from the step `start` to the end.

    If several paths have the most credit, the result is one of them with the fewest dangerous
    choices. `steps` are the steps of the item's scoring data. No path may lead back to a step that
    is already on it.
    """
    best = {END: Path()}

    def onward(step: str) -> Path:
        if step not in best:
            best[step] = max(
                (
                    _before(onward(choice["next"]), f"{step}:{name}", choice)
                    for name, choice in steps[step].items()
                ),
                key=lambda path: (path.credit, -path.criticals),
            )
        return best[step]

    return onward(start)


def _before(path: Path, taken: str, choice: Mapping[str, Any]) -> Path:
    return Path(
        path.credit + Decimal(choice["credit"]),
        path.criticals + choice["critical"],
        (taken, *path.taken),
    )
