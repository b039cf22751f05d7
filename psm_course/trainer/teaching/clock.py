"""`waktu`: compares the clock with the day's plan, and tells what to leave out if late."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from psm_course.content.course import Schedule, read_schedule
from psm_course.content.lessons import Cut, Lesson
from psm_course.content.quiz_files.finding import find_quiz
from psm_course.content.rundown import rundown, with_lessons
from psm_course.errors import Refused
from psm_course.forms.render import render
from psm_course.local_time import WIB
from psm_course.registrar.people.today import sessions_in_the_hall
from psm_course.settings import Settings
from psm_course.store.opening import open_register
from psm_course.trainer.asked import notebook_here, settings_here
from psm_course.trainer.on_site import is_for_site
from psm_course.trainer.quiet import is_quiet
from psm_course.trainer.shown import Shown
from psm_course.trainer.teaching.plan import LessonPlace, cuts_for, lateness, place_of, sentence
from psm_course.trainer.widget import Live, State
from psm_course.trainer.word import word


@word("waktu()")
def waktu(menit: int = 0) -> Shown:
    """Show the running clock, the present and the next part of the plan, and the delay.

    Args:
        menit: the minute of the lesson at which this cell is reached, as the lesson plans it; 0:
            the beginning.

    Raises:
        Refused: `modules/course.yml` cannot be read.
    """
    settings = settings_here()
    schedule = read_schedule(settings.root)
    if schedule is None:
        raise Refused("modules/course.yml belum dapat dibaca. Jalankan: psm check")
    lesson = _lesson_here(settings, schedule)
    days = with_lessons(rundown(schedule.file, _held(settings)), schedule.taught)
    place = place_of(days, lesson.file if lesson else "", datetime.now(WIB).date())
    still = render("teaching/plan.html", lesson=place.lesson, quiet=is_quiet())
    if is_quiet():
        return Shown(still)

    def answer(_: dict[str, Any]) -> State:
        return _delay_and_cuts(settings, place, lesson, menit)

    state = {
        "zone": 7 * 60,
        "rows": [asdict(row) for row in place.rows],
        "lesson": asdict(place.lesson) if place.lesson else None,
    }
    return Live(still, script="waktu", state={**state, **answer({})}, answer=answer)


def _delay_and_cuts(
    settings: Settings, place: LessonPlace, lesson: Lesson | None, minute: int
) -> State:
    """Return the data of the clock that change while the lesson runs.

    `late` is the sentence about the delay. `cuts` are texts about the parts to leave out.
    """
    now = datetime.now(WIB)
    late = lateness(place, minute, now.hour * 60 + now.minute, now.date())
    cuts = cuts_for(late, _possible_cuts(settings, lesson)) if lesson else ()
    return {
        "late": sentence(late, cuts),
        "cuts": [f"{cut.title} (hemat {cut.minutes} menit)" for cut in cuts],
    }


def _possible_cuts(settings: Settings, lesson: Lesson) -> Iterator[Cut]:
    """Yield the parts of a lesson that may be left out.

    First come the parts that the lesson itself names for this, then its practice quizzes, which
    people can answer at home.
    """
    yield from lesson.cuts
    for _, quiz_id in lesson.calls("kuis"):
        found = find_quiz(settings.root, quiz_id)
        if found and (quiz := found[1].quiz) and not quiz.is_test:
            yield Cut(f"{quiz.header.title}: dikerjakan di rumah", len(quiz.items))


def _lesson_here(settings: Settings, schedule: Schedule) -> Lesson | None:
    """Return the lesson whose notebook this kernel runs; None if it is not in the schedule."""
    path = notebook_here()
    file = (
        path.relative_to(settings.root).as_posix()
        if path and path.is_relative_to(settings.root)
        else ""
    )
    return next(
        (
            lesson
            for lessons in schedule.taught.values()
            for lesson in lessons
            if lesson.file == file
        ),
        None,
    )


def _held(settings: Settings) -> Any:
    if is_for_site() or not (settings.database or settings.register.is_file()):
        return None
    try:
        with open_register(settings) as store:
            return sessions_in_the_hall(store, datetime.now(UTC))
    except Refused:
        return None  # no cohort, or several: the pattern is the same for all
