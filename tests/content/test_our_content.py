"""The course's own content: enough of it, in every module, and the two tests parallel.
`tests/checking/test_our_course.py` has the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from math import ceil

import pytest

from psm_course.authoring.texts import texts_in
from psm_course.content.course import CourseFolder, ModuleFolder, read_course
from psm_course.content.lessons import Lesson, without_trainer_cells
from psm_course.content.quiz import Quiz
from psm_course.domain.completion import judge
from psm_course.domain.register import Presence
from psm_course.domain.requirement import Facts
from psm_course.domain.rules import Rules
from psm_course.grading.draw import Draw, Sitting
from psm_course.items.base import Pick
from tests.builders import SMALLEST
from tests.conftest import ROOT
from tests.register_builders import NOW, an_attempt

FOLDERS = sorted(index.parent.name for index in ROOT.glob("modules/*/index.md"))


@pytest.fixture(scope="module")
def course() -> CourseFolder:
    course, problems = read_course(ROOT)
    assert course is not None
    assert problems == []
    return course


def module_of(course: CourseFolder, folder: str) -> ModuleFolder:
    return next(module for module in course.modules if module.folder == folder)


def words_for_trainees(lesson: Lesson) -> int:
    return sum(
        len(cell["source"].split())
        for cell in without_trainer_cells(lesson.notebook)["cells"]
        if cell["cell_type"] == "markdown"
    )


def test_the_course_has_seven_modules_each_with_sessions_and_fills_its_hours(
    course: CourseFolder,
) -> None:
    taught = {session.module for session in course.file.sessions if session.module}

    assert len(FOLDERS) >= 7
    assert [module.folder for module in course.modules] == FOLDERS == sorted(taught)
    assert sum(session.hours for session in course.file.sessions) == course.file.hours >= 16


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_module_has_two_to_four_lessons_to_read_with_code_that_runs(
    course: CourseFolder, folder: str
) -> None:
    lessons = module_of(course, folder).lessons

    assert 2 <= len(lessons) <= 4
    assert sum(words_for_trainees(lesson) for lesson in lessons) >= 900
    for lesson in lessons:
        assert [
            cell
            for cell in without_trainer_cells(lesson.notebook)["cells"]
            if cell["cell_type"] == "code"
        ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_practice_quiz_of_a_module_is_shown_by_one_of_its_lessons(
    course: CourseFolder, folder: str
) -> None:
    practice = {
        name
        for name, quiz in course.quizzes.items()
        if not quiz.is_test and quiz.header.module == folder
    }
    shown = [
        quiz for lesson in module_of(course, folder).lessons for _, quiz in lesson.calls("kuis")
    ]

    assert sorted(practice) == sorted(shown)
    assert sum(len(course.quizzes[name].items) for name in practice) >= 10


def test_every_objective_is_practised_three_times_or_more(course: CourseFolder) -> None:
    """Cases are not counted: they may be skipped, and in module 3 many do."""
    practised = [
        item
        for quiz in course.quizzes.values()
        if quiz.header.use == "practice"
        for item in quiz.items
    ]
    counted = Counter(item.objective for item in practised if item.type not in {"case", "rating"})

    assert {
        objective: counted[objective] for objective in course.objectives if counted[objective] < 3
    } == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_trainers_find_notes_of_their_own_in_every_lesson(
    course: CourseFolder, folder: str
) -> None:
    for lesson in module_of(course, folder).lessons:
        assert (
            len(lesson.notebook["cells"]) - len(without_trainer_cells(lesson.notebook)["cells"])
            >= 1
        )


def test_pre_test_and_post_test_are_parallel(course: CourseFolder) -> None:
    """The same objectives, equally often, in other stories;
    what everybody gets measures the same objectives too.
    """
    before, after = course.quizzes["tes-awal"], course.quizzes["tes-akhir"]

    assert measured(before) == measured(after)
    assert set(course.objectives) == {item.objective for item in after.items}
    assert not {item.id for item in before.items} & {item.id for item in after.items}
    assert before.drawn == after.drawn == 20
    assert pinned(before) == pinned(after)


HEAVY = re.compile(
    r"kekerasan seksual|pelecehan|anak korban|bunuh diri|mengakhiri hidup|memasung|dipasung",
    re.IGNORECASE,
)


def measured(quiz: Quiz) -> Counter[str | None]:
    """How many items measure each objective; variants count as one, for nobody gets two of them."""
    return Counter(
        {(item.variants is None, item.stands_for): item.objective for item in quiz.items}.values()
    )


def pinned(quiz: Quiz) -> Counter[str | None]:
    """How many of those that everybody gets measure each objective."""
    return Counter({item.variants: item.objective for item in quiz.items if item.variants}.values())


def dangerous(quiz: Quiz) -> set[str]:
    """Items with an answer so dangerous that a test cannot be passed with it."""
    return {item.id for item in quiz.items if any(pick.is_critical for pick in item.picks())}


def in_variants(quiz: Quiz) -> set[str]:
    return {item.id for item in quiz.items if item.variants}


def test_dangerous_items_reach_everybody_in_three_variants_or_more(course: CourseFolder) -> None:
    after = course.quizzes["tes-akhir"]

    assert dangerous(after) == in_variants(after)
    # The eight decisions that the domain notes mark [K], red signs, and people found in the street.
    assert len(after.variants) == 10
    assert {name: len(ids) for name, ids in after.variants.items() if len(ids) < 3} == {}
    assert dangerous(course.quizzes["tes-awal"]) == set()


def test_what_is_dangerous_in_practice_is_so_in_the_test(course: CourseFolder) -> None:
    practised = [
        quiz
        for quiz in course.quizzes.values()
        if quiz.header.use == "practice" and dangerous(quiz)
    ]
    tested = {
        course.objectives[item.objective].folder
        for item in course.quizzes["tes-akhir"].items
        if item.variants and item.objective
    }

    assert practised
    assert {quiz.header.module for quiz in practised} <= tested


ENDANGERS = re.compile(
    r"\bberbahaya\b|membahayakan|mencelakakan|bisa celaka|tersedak|makin"
    r" terancam|memperparah|menambah bahaya"
    r"|(?:ditelepon|dihentikan|berarti ambulans) sekarang|tidak dapat dijadwalkan|orang rumahnya"
    r" belum tentu aman",
    re.IGNORECASE,
)


def wrong_picks(course: CourseFolder) -> dict[str, Pick]:
    """Everywhere but in the pre-test, which nobody can fail."""
    met = [quiz for quiz in course.quizzes.values() if quiz.header.use in {"practice", "posttest"}]
    picks = (
        (f"{quiz.id}/{item.id}/{pick.name}", pick)
        for quiz in met
        for item in quiz.items
        for pick in item.picks()
    )
    return {which: pick for which, pick in picks if not pick.is_right}


def test_a_choice_whose_feedback_says_that_it_endangers_is_critical(course: CourseFolder) -> None:
    endangering = {
        which: pick
        for which, pick in wrong_picks(course).items()
        if ENDANGERS.search(pick.feedback or "")
    }

    assert [which for which, pick in endangering.items() if not pick.is_critical] == []


def test_what_is_critical_says_why_and_leaves_the_word_to_the_page(course: CourseFolder) -> None:
    """The page writes *Berbahaya* above the feedback: said twice it sounds like scolding."""
    told = {
        which: pick.feedback or ""
        for which, pick in wrong_picks(course).items()
        if pick.is_critical
    }

    assert len(told) > 100
    assert [
        which
        for which, why in told.items()
        if not why or re.match(r"(Ber)?bahaya", why, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize("name", ["tes-akhir", "tes-akhir-pengganti"])
def test_what_is_critical_in_a_story_is_right_in_none_of_its_variants(
    course: CourseFolder, name: str
) -> None:
    """Any variant mends the error: nobody mends it by doing again what was dangerous."""
    told = [
        (item.variants, pick.text, pick)
        for item in course.quizzes[name].items
        if item.variants
        for pick in item.picks()
    ]
    critical = {(variants, text) for variants, text, pick in told if pick.is_critical}

    assert critical
    assert critical & {(variants, text) for variants, text, pick in told if pick.is_right} == set()


@pytest.mark.parametrize("name", ["tes-akhir", "tes-akhir-pengganti"])
def test_every_participant_sits_every_dangerous_decision_and_never_the_neighbours_story(
    course: CourseFolder, name: str
) -> None:
    """Drawn as phones and the office draw."""
    quiz = course.quizzes[name]
    draw = Draw(quiz)

    def safety(number: int, attempt: int) -> set[str]:
        drawn = draw.items(Sitting(f"D26-{number:03}", name, attempt))
        assert len(drawn) == 20
        return dangerous(quiz) & {*drawn}

    for number in range(1, 101):
        mine = safety(number, 1)
        assert len(mine) == len(quiz.variants) == 10
        assert not mine & safety(number + 1, 1)
        assert not mine & safety(number, 2)


def test_substitute_asks_the_same_decisions_of_everybody_in_words_one_can_bear(
    course: CourseFolder,
) -> None:
    after, instead = course.quizzes["tes-akhir"], course.quizzes["tes-akhir-pengganti"]

    assert dangerous(instead) == in_variants(instead)
    assert pinned(instead) == pinned(after)
    assert {item.objective for item in instead.items} == set(course.objectives)
    assert (instead.drawn, instead.header.pass_mark, instead.header.attempts) == (
        after.drawn,
        after.header.pass_mark,
        None,
    )
    assert [
        item.id
        for item in instead.items
        if any(HEAVY.search(text) for text in texts_in(item.public(with_answer=False)))
    ] == []
    assert any(
        HEAVY.search(text)
        for item in after.items
        for text in texts_in(item.public(with_answer=False))
    )


SPELT_OUT = re.compile(
    r"kekerasan seksual|diperas|diancam lewat internet|mengakhiri hidup|memasung|dipasung",
    re.IGNORECASE,
)


def test_an_item_that_speaks_of_the_heaviest_things_says_so_first(course: CourseFolder) -> None:
    """In the modules that are about them; elsewhere the law is only named."""
    heavy = {module.folder for module in course.modules if module.file.sensitive}
    banked = [
        item
        for quiz in course.quizzes.values()
        if quiz.header.use == "bank" and quiz.header.module in heavy
        for item in quiz.items
    ]
    spelt_out = [item for item in banked if SPELT_OUT.search(item.prompt)]

    assert len(spelt_out) >= 20
    assert [
        item.id for item in spelt_out if not item.prompt.startswith("Materi berat, tanpa rincian.")
    ] == []


@pytest.mark.parametrize("name", ["tes-awal", "tes-akhir", "tes-akhir-pengganti"])
def test_the_page_of_a_test_says_what_is_heavy_in_it_before_mulai_with_a_way_out(name: str) -> None:
    above, _, _ = (ROOT / f"book/{name}.md").read_text(encoding="utf-8").partition("```{quiz}")

    assert "anak" in above
    assert re.search(r"kekerasan|dipukul", above)
    assert re.search(r"boleh dilewati|akhir pengganti", above, re.IGNORECASE)


def test_whoever_leaves_out_the_heavy_day_and_sits_the_substitute_has_finished(
    course: CourseFolder,
) -> None:
    """By `course.yml` alone: 13 of 16 hours, the pre-test handed in, the substitute passed."""
    rules = Rules(course.file, {name: quiz.header.title for name, quiz in course.quizzes.items()})
    presence: dict[str, Presence] = {
        session.id: "absent" if session.id == "h2-anak" else "present"
        for session in course.file.sessions
    }
    before = an_attempt(quiz="tes-awal", points="0", maximum="20", passed=None)
    instead = an_attempt(quiz="tes-akhir-pengganti", points="15", maximum="20", passed=True)

    completion = judge(rules, Facts(presence, [before, instead]), NOW)

    assert [(one.id, one.met, one.evidence) for one in completion.requirements] == [
        ("kehadiran", True, "hadir 13 dari 16 JP"),
        ("tes-awal", True, "sudah dikerjakan"),
        ("tes-akhir", True, "nilai terbaik 75 %"),
        ("aman", True, "tidak ada kesalahan berbahaya"),
    ]


def test_what_is_written_about_the_heavy_day_is_what_the_course_file_says(
    course: CourseFolder,
) -> None:
    hours = course.file.hours
    left = hours - sum(
        session.hours
        for session in course.file.sessions
        if session.module == "03-perlindungan-anak"
    )
    (needed,) = [ceil(hours * each.share / 100) for each in course.file.completion if each.share]

    assert needed <= left
    assert f"{left} dari {hours} JP masih 80 %" in (ROOT / "book/panduan-pelatih.md").read_text(
        encoding="utf-8"
    )
    assert re.search(
        rf"80 % dari {hours} JP .* = {needed} JP\b",
        (ROOT / "modules/course.yml").read_text(encoding="utf-8"),
    )


def test_every_item_type_is_met_somewhere(course: CourseFolder) -> None:
    assert {item.type for quiz in course.quizzes.values() for item in quiz.items} >= set(SMALLEST)
