"""`tampilkan`: shows a practice quiz to the class, item by item."""

from psm_course.content.quiz import Quiz
from psm_course.errors import Refused
from psm_course.forms.render import render
from psm_course.items.base import BaseItem
from psm_course.trainer.asked import practice_named
from psm_course.trainer.on_site import quiz_drawn
from psm_course.trainer.shown import Shown, key_of
from psm_course.trainer.widget import Live, State
from psm_course.trainer.word import word


@word('tampilkan("latihan-ppks-1")')
def tampilkan(kuis: str | Shown) -> Shown:
    """Show a practice quiz item by item: a large question, and its answer when the trainer asks.

    Args:
        kuis: the id of the quiz, or the result of `kuis("…")`.

    Raises:
        Refused: there is no such quiz, it is a test, or it is a case (an item told step by step),
            which `kasus` plays.
    """
    quiz = practice_named(kuis)
    # Only a case has steps.
    items = [item for item in quiz.items if "steps" not in item.question()]
    if not items:
        raise Refused(
            f'"{quiz.id}" adalah kasus bercabang. Mainkan dengan: kasus("{quiz.id}").main()'
        )
    return Live(
        quiz_drawn(quiz),
        {"show": "quiz", "id": quiz.id},
        script="tampilkan",
        state={
            "title": quiz.header.title,
            "called": "Soal",
            "look": "asking",
            "at": 0,
            "told": False,
            "pages": [_page(quiz, item) for item in items],
        },
    )


def _page(quiz: Quiz, item: BaseItem) -> State:
    # Two pictures of one quiz in a notebook do not share their radio buttons.
    name = key_of(quiz.id, item.id)
    view = item.public(with_answer=True)
    question = render(f"{item.type}/form.html", item=view, name=name)
    answer = "" if item.is_opinion else render("teaching/answer.html", item=view, name=name)
    return {"title": "", "html": question, "answer": answer}
