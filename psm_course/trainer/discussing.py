"""`bahas`: discusses one answered item with the class: the question, shares of choices, the reason.

It never shows names. For a closing test only the objective and the shares are shown, because other
people will still sit that test. In a quiet module (taught without live results) no shares are
shown.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from psm_course.analysis.answers import Answer, Choice, asked_item, version_of
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.finding import find_practice_items, written_practice_items
from psm_course.domain.headcounts import FEWEST
from psm_course.errors import Refused
from psm_course.forms.figures import Bar, Kind, choice_bars
from psm_course.forms.render import render, render_quiz
from psm_course.items.base import BaseItem
from psm_course.registrar.answers.first_attempts import Sat, first_attempts_of
from psm_course.registrar.completion.days import today
from psm_course.registrar.completion.judging import course_within
from psm_course.trainer.asked import settings_here
from psm_course.trainer.on_site import is_for_site, only_in_class
from psm_course.trainer.quiet import is_quiet
from psm_course.trainer.results import cohort_named, quiet_objectives, register
from psm_course.trainer.shown import Shown
from psm_course.trainer.word import nearest, word

_TITLE = "Pembahasan soal"


@word('bahas("ppks-sebut-botol")')
def bahas(butir: str, angkatan: str = "", sudah_selesai: bool = False) -> Shown:
    """Show a question with its answer and reason; for a test also the share of each choice.

    Args:
        butir: the item's id.
        angkatan: the cohort; empty: the cohort that meets today.
        sudah_selesai: True if nobody will sit the opening test any more.

    Raises:
        Refused: there is no such item or cohort, no register on this laptop, or the opening test is
            not over.
    """
    if is_for_site():
        return only_in_class(_TITLE)
    quizzes = find_practice_items(settings_here().root, butir)
    html = (
        _whole(quizzes[0], _item(quizzes[0], butir))
        if quizzes
        else _of_the_register(butir, angkatan, is_over=sudah_selesai)
    )
    return Shown(html, {"show": "html", "html": only_in_class(_TITLE).html})


def _of_the_register(butir: str, angkatan: str, is_over: bool) -> str:
    root = settings_here().root
    with register() as (store, course), store.reading() as tx:
        cohort = cohort_named(tx, angkatan)
        tests = [
            quiz
            for quiz in course_within(tx, course, cohort.id).quizzes.values()
            if quiz.header.use in _RANKS
        ]
        name = nearest(
            "Butir",
            butir,
            [*written_practice_items(root), *(item.id for quiz in tests for item in quiz.items)],
        )
        holding = sorted(
            (quiz for quiz in tests if any(item.id == name for item in quiz.items)),
            key=lambda quiz: _RANKS[quiz.header.use],
        )
        if not holding:
            quiz = find_practice_items(root, name)[0]
            return _whole(quiz, _item(quiz, name))
        sats = (
            first_attempts_of(tx, course, cohort, quiz.id)
            for quiz in holding
            if quiz.header.use == holding[0].header.use
        )
        # Of a test and its substitute, that which most people sat.
        sat = max(sats, key=lambda sat: len(sat.sittings))
    return (
        _closing(sat, name) if sat.quiz.header.use == "posttest" else _opening(sat, name, is_over)
    )


# If a question is in several tests, the use with the lowest number
# decides: the wording of a closing test's question is never shown.
_RANKS = {"posttest": 0, "pretest": 1}


def _item(quiz: Quiz, name: str) -> BaseItem:
    return next(item for item in quiz.items if item.id == name)


def _whole(quiz: Quiz, item: BaseItem) -> str:
    """Return one question as a practice quiz shows it, with its answer behind a button."""
    alone = {
        "use": "practice",
        "draw": None,
        "pass_mark": None,
        "time_limit": None,
        "attempts": None,
        "shuffle": "none",
    }
    return render_quiz(
        replace(quiz, header=quiz.header.model_copy(update=alone), items=(item,)).public_view()
    )


def _opening(sat: Sat, name: str, is_over: bool) -> str:
    if not (is_over or sat.is_over or sat.cohort.first_day < today(datetime.now(UTC))):
        raise Refused(
            f"Tes awal masih berjalan: {len(sat.sittings)} dari {sat.expected} peserta sudah"
            " mengumpulkan. "
            f'Bila memang sudah selesai, tulis: bahas("{name}", sudah_selesai=True)'
        )
    item = _item(sat.quiz, name)
    whole, shares = _whole(sat.quiz, item), _shares(sat, item, _picked(item, _answers(sat, item)))
    return (
        render("teaching/discussed.html", whole=whole, shares=shares)
        if shares and asked_item(item).choices
        else whole + shares
    )


def _closing(sat: Sat, name: str) -> str:
    item = _item(sat.quiz, name)
    objective = sat.objectives.get(item.objective or "", "")
    told = render(
        "teaching/notice.html",
        sentence=f"Soal tes akhir tidak dibuka. Tujuannya: {objective or 'belum ditulis'}.",
    )
    return told + _shares(sat, item, _outcomes(_answers(sat, item)))


def _shares(sat: Sat, item: BaseItem, bars: Sequence[Bar]) -> str:
    """Return bars as HTML, with the number of people who were given the item.

    `sat` are the people who sat the test, with their answers. `bars` has a bar for each choice. If
    too few people were given the item, the result is a notice with their number instead. The result
    is empty if the notebook or the item's objective belongs to a quiet module.
    """
    count = len(_answers(sat, item))
    if is_quiet() or item.objective in quiet_objectives(sat.course):
        return ""
    if count < FEWEST:
        return render(
            "teaching/notice.html",
            sentence=(
                f"Baru {count} orang mendapat soal ini; sebarannya ditampilkan mulai lima orang."
            ),
        )
    return choice_bars(
        "Jawaban peserta", bars, f"{count} orang yang mendapat soal ini, {sat.cohort.title}"
    )


def _answers(sat: Sat, item: BaseItem) -> list[Answer]:
    version = version_of(item)
    return [
        answer
        for sitting in sat.sittings
        for answer in sitting.answers
        if answer.version == version
    ]


def _picked(item: BaseItem, answers: Sequence[Answer]) -> list[Bar]:
    """Return a bar for each choice of an item, with the share of people who chose it.

    For an item without choices, the bars show the shares of right and wrong answers.
    """
    choices = asked_item(item).choices
    if not choices:
        return _outcomes(answers)
    picked = Counter(name for answer in answers for name in answer.picked)
    bars = [
        Bar(each.text, picked[each.id] / len(answers) if answers else 0, _kind(each))
        for each in choices
    ]
    blank = _share(answers, lambda answer: answer.is_blank)
    return [*bars, *([Bar("Tidak dijawab", blank, "blank")] if blank else [])]


def _outcomes(answers: Sequence[Answer]) -> list[Bar]:
    partly = _share(answers, lambda answer: not answer.is_right and bool(answer.earned))
    blank = _share(answers, lambda answer: answer.is_blank)
    right = _share(answers, lambda answer: answer.is_right)
    wrong = 1 - right - partly - blank
    told = [
        Bar("", right, "right"),
        Bar("Sebagian benar", partly, "wrong"),
        Bar("Salah", wrong, "wrong"),
    ]
    return [
        *(bar for bar in told if bar.share or bar.text != "Sebagian benar"),
        Bar("Tidak dijawab", blank, "blank"),
    ]


def _share(answers: Sequence[Answer], holds: Callable[[Answer], bool]) -> float:
    return sum(map(holds, answers)) / len(answers) if answers else 0


def _kind(choice: Choice) -> Kind:
    return "right" if choice.is_right else "danger" if choice.is_critical else "wrong"
