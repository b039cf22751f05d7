"""`/nilai-ulang`: grades a test again from the submissions.

The page shows first which results would change. Only an officer may apply the regrade, with a
reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from starlette.responses import Response

from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.errors import Refused
from psm_course.registrar.answers.regrading import (
    apply_regrade,
    dispositions_in_force,
    try_regrade,
)
from psm_course.registrar.answers.remarking import Change, Regrade
from psm_course.registrar.people.overview import names_of
from psm_course.store.answers.dispositions import NewDisposition, NewDispositions
from psm_course.web.request_context import RequestContext, redirect

_ITEM = "butir-"  # the field of an item is named after its id
_DISPOSITIONS = ("disregard", "full", "none")
_MOST_SHOWN = 100


@dataclass(slots=True)
class _Shown:
    """Changes that a regrade makes, at most 100 of each kind.

    `up`: attempts that were not passed and now are. `down`: attempts that were passed and now are
    not. `same`: attempts of which only the points change.
    """

    up: list[Change] = field(default_factory=list)
    down: list[Change] = field(default_factory=list)
    same: list[Change] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        return {change.before.number for change in (*self.up, *self.down, *self.same)}

    def add(self, _cohort: str, changes: Sequence[Change]) -> None:
        for change in changes:
            among = (
                self.up if change.crosses > 0 else self.down if change.crosses < 0 else self.same
            )
            among += [change][: _MOST_SHOWN - len(among)]


def choose_quiz(context: RequestContext) -> Response:
    """`GET /nilai-ulang`: the tests that can be graded again.

    Practice quizzes are not listed, because the register has no answers to them.
    """
    return context.render(
        "answers/regrading/quizzes.html",
        courses=[
            (course.file, [quiz for quiz in course.quizzes.values() if quiz.is_test])
            for course in context.office.courses
        ],
    )


def review(context: RequestContext) -> Response:
    """`GET /nilai-ulang/<quiz>`: the items of a test; with `?coba=…` a trial of the regrade.

    The trial shows which results would change, and saves nothing. The address contains the
    dispositions (decisions on faulty items).
    """
    quiz = _quiz(context)
    if not context.asked("coba"):
        return _page(context, quiz, {})
    dispositions, shown = _chosen(quiz, context.request.query_params), _Shown()
    try:
        tried = try_regrade(
            context.office.store,
            _course(context),
            quiz.id,
            dispositions,
            context.office.now(),
            shown.add,
        )
    except Refused as refused:
        return _page(context, quiz, dispositions, status=422, trouble=str(refused))
    return _page(context, quiz, dispositions, tried, shown)


def apply(context: RequestContext) -> Response:
    """`POST /nilai-ulang/<quiz>`: grade the test again, and save the new results.

    If the regrade is refused, the page shows the reason and the changes that it would have made.
    """
    quiz, shown, office = _quiz(context), _Shown(), context.office
    dispositions = _chosen(quiz, {name: context.typed(name) for name in context.form})
    try:
        apply_regrade(
            office.store,
            _course(context),
            quiz.id,
            dispositions,
            context.typed("alasan"),
            context.actor,
            office.now(),
            shown.add,
        )
    except Refused as refused:
        tried = try_regrade(
            office.store, _course(context), quiz.id, dispositions, office.now(), shown.add
        )
        return _page(context, quiz, dispositions, tried, shown, 422, str(refused))
    return redirect(
        f"/nilai-ulang/{quiz.id}", kursus=_course(context).file.id, kabar="dinilai-ulang"
    )


def _course(context: RequestContext) -> Course:
    """Return the course that the form or the address names (`kursus`).

    If there is no course of that name, return the one adopted last.
    """
    named = context.typed("kursus") or context.asked("kursus")
    return next(
        (course for course in context.office.courses if course.file.id == named),
        context.office.course,
    )


def _quiz(context: RequestContext) -> Quiz:
    quiz = _course(context).quizzes.get(context.path("quiz"))
    if quiz is None:
        raise Refused("Kuis ini tidak ada di kursus. Pilih dari daftar nilai ulang.")
    return quiz


def _chosen(quiz: Quiz, sent: Mapping[str, str]) -> dict[str, NewDisposition]:
    chosen = {item.id: sent.get(f"{_ITEM}{item.id}", "") for item in quiz.items}
    return {
        item: cast("NewDisposition", disposition)
        for item, disposition in chosen.items()
        if disposition in _DISPOSITIONS
    }


def _page(
    context: RequestContext,
    quiz: Quiz,
    dispositions: NewDispositions,
    tried: Regrade | None = None,
    shown: _Shown | None = None,
    status: int = 200,
    trouble: str = "",
) -> Response:
    named = (shown.numbers if shown else set()) | (
        {move.number for move in tried.moves} if tried else set()
    )
    return context.render(
        "answers/regrading/quiz.html",
        status,
        quiz=quiz,
        course=_course(context).file,
        dispositions=dispositions,
        in_force=dispositions_in_force(context.office.store, _course(context), quiz.id),
        tried=tried,
        shown=shown,
        names=names_of(context.office.store, named),
        field=_ITEM,
        reason=context.typed("alasan"),
        trouble=trouble,
    )
