"""`kasus`: a case with several paths, which the class plays step by step."""

from dataclasses import dataclass
from typing import Any

from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.finding import find_quiz, written_quiz_ids
from psm_course.errors import Refused
from psm_course.forms.prose import block, inline, lines
from psm_course.forms.render import render
from psm_course.items.base import View
from psm_course.items.case.fields import CaseItem
from psm_course.trainer.asked import quiz_named, settings_here
from psm_course.trainer.on_site import quiz_drawn
from psm_course.trainer.quiet import is_quiet
from psm_course.trainer.shown import Shown
from psm_course.trainer.widget import Live, State
from psm_course.trainer.word import folded, nearest, word

_PREFIX = "kasus-"


@dataclass(frozen=True, kw_only=True)
class Case(Shown):
    """A case that people read in the cell; `main()` plays it with the people in the room."""

    quiz: Quiz
    item: CaseItem

    def main(self) -> Shown:
        """Play the case step by step: count raised hands, pick a choice, read what follows.

        At the end the path that the class took is shown.

        In a quiet module no hands are counted: the class says a choice, and the trainer picks it.
        """
        return Live(self.html, self.for_site, script="kasus", state=_state(self.quiz, self.item))


@word('kasus("nenek-halte").main()')
def kasus(nama: str | Shown) -> Case:
    """Show a branching case of a practice quiz.

    `nama` is the name of the quiz, with or without `kasus-`, or the result of `kuis("…")`.

    Raises:
        Refused: no practice quiz of this name has a case.
    """
    quiz = _quiz(nama)
    item = next((item for item in quiz.items if isinstance(item, CaseItem)), None)
    if item is None or quiz.is_test:
        raise Refused(
            f'"{quiz.id}" tidak memuat kasus bercabang untuk latihan. Yang ada:'
            f" {', '.join(_known())}."
        )
    return Case(
        html=quiz_drawn(quiz), for_site={"show": "quiz", "id": quiz.id}, quiz=quiz, item=item
    )


def _quiz(name: str | Shown) -> Quiz:
    if not isinstance(name, str):
        return quiz_named(name)
    root = settings_here().root
    if (found := find_quiz(root, name)) and found[1].quiz:
        return found[1].quiz
    return quiz_named(_PREFIX + nearest("Kasus", folded(name).removeprefix(_PREFIX), _known()))


def _known() -> list[str]:
    """Return the names of all cases, without `kasus-`, with which each name begins."""
    names = written_quiz_ids(settings_here().root)
    return [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)]


def _state(quiz: Quiz, item: CaseItem) -> State:
    view = item.public(with_answer=True)
    return {
        "title": quiz.header.title,
        "opening": str(block(item.prompt)) if item.prompt else "",
        "steps": {
            step["id"]: _step(step, view["answer"]["steps"][step["id"]]) for step in view["steps"]
        },
        "start": item.steps[0].id,
        "lesson": render("_why.html", item=view),
        "path": [],
        "asking": False,
        "votes": {},
        "counting": not is_quiet(quiz),
    }


def _step(step: View, told: View) -> dict[str, Any]:
    choices = [{**choice, **told[choice["id"]]} for choice in step["choices"]]
    return {
        "html": str(lines(step["prompt"])),
        "choices": [
            {
                "id": choice["id"],
                "html": str(inline(choice["text"])),
                "next": choice["next"],
                "told": render("teaching/consequence.html", choice=choice),
                "plain": choice["feedback"] or "",
                "critical": choice["critical"],
            }
            for choice in choices
        ],
    }
