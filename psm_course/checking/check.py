"""`psm check`: all problems of a course or of one quiz file, and the points that guessing gets."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from psm_course.authoring.ids import unknown
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Finding, Problem, suggest
from psm_course.authoring.reading import locate
from psm_course.checking.briefs import brief_problems
from psm_course.checking.one_quiz import check_quiz, in_order, own_problems
from psm_course.checking.pages.listed import contents_problems
from psm_course.checking.pages.pages import data_problems, page_problems
from psm_course.checking.quizzes.coverage import coverage_problems, keeps_banks
from psm_course.checking.quizzes.editorial import objective_findings
from psm_course.checking.report import Report, is_part_of_course
from psm_course.checking.review import mark_problems, review_problems
from psm_course.checking.rundown import rundown_problems
from psm_course.checking.test_wise.distance import distance_problems
from psm_course.checking.test_wise.gate import tone_problems
from psm_course.checking.traps import requirement_findings
from psm_course.content.course import COURSE_FILE, CourseFolder, ModuleFolder, read_course
from psm_course.content.glossary import GLOSSARY_FILE
from psm_course.content.help.field_guide import KINDS_FILE, ROUTES_FILE
from psm_course.content.lessons import Lesson
from psm_course.content.quiz_files.finding import quiz_files, read_quizzes
from psm_course.errors import Refused
from psm_course.grading.given import GiveAway

_PAGES = (".md", ".ipynb")
_FOLDER_HINT = "tulis nama folder di modules/"


def check(path: Path, today: date, memory: Memory = NOTHING_KEPT) -> Report:
    """Check a course, a single quiz file, or one page of a course.

    The check does not stop at the first problem: all problems are reported together.

    Args:
        path: the root folder of a course, one quiz file by itself, or a page, lesson or data file
            of a course.
        today: the day that decides which dates in the content are too old.
        memory: results for files that did not change.

    Returns:
        The problems in file order, and the points that blank answers and guessing get in each quiz
        that can be graded.

    Raises:
        Refused: `path` is none of these.
    """
    if path.is_dir():
        if not (path / COURSE_FILE).is_file():
            raise Refused(
                f"{path}: tidak ada {COURSE_FILE} di folder ini. Beri folder kursus, atau satu"
                " berkas kuis."
            )
        return check_course(path, today, memory=memory)
    if not path.is_file():
        raise Refused(f"{path}: berkas atau folder ini tidak ada.")
    return (
        _check_part(path, today, memory)
        if is_part_of_course(path)
        else check_quiz(path, today, memory)
    )


def _check_part(path: Path, today: date, memory: Memory) -> Report:
    """Check one page, lesson or data file.

    The course that contains the file is read too, because some checks compare files.
    """
    root = next(
        (folder for folder in path.resolve().parents if (folder / COURSE_FILE).is_file()), None
    )
    if root is None:
        raise Refused(
            f"{path}: berkas ini bagian dari sebuah kursus, tetapi {COURSE_FILE} tidak ada di"
            " atasnya."
        )
    file = path.resolve().relative_to(root).as_posix()
    course, problems = read_course(root, memory)
    if course:
        # What is found about a page stands in it or in its module.
        folder = file[: file.rfind("/") + 1]
        problems = [*problems, *_of_pages(course, memory, folder)]
        if path.suffix not in _PAGES:
            problems += [
                *_of_quizzes(course, today, False, memory)[0],
                *_of_data(course, today, memory),
            ]
    return Report(in_order(problem for problem in problems if problem.file == file))


def check_course(
    root: Path, today: date, measure: bool = True, memory: Memory = NOTHING_KEPT
) -> Report:
    """Check everything under a course root.

    Args:
        root: the root folder of the course.
        today: the day that decides which dates in the content are too old.
        measure: True to run two slow parts of the check too. One computes how many points guessing
            gets in each quiz. The other checks if the wording of tests gives answers away, and (in
            a course with item banks) if test items are too similar to other items.
        memory: results for files that did not change.
    """
    course, problems = read_course(root, memory)
    if course is None:
        return Report(in_order(problems))
    own, given = _of_quizzes(course, today, measure, memory)
    by_wording, measured = tone_problems(course.quiz_reads) if measure else ([], {})
    apart = distance_problems(course.quiz_reads) if measure and keeps_banks(course) else ()
    found = [
        *problems,
        *own,
        *by_wording,
        *apart,
        *_of_pages(course, memory),
        *_of_data(course, today, memory),
    ]
    return Report(in_order(found), given, measured, course)


def check_for_office(root: Path, today: date) -> tuple[CourseFolder | None, tuple[Problem, ...]]:
    """Read the course under a root, and check the parts that an office uses.

    These parts are rules, quizzes, objectives, help numbers and region. The result has the course
    and the problems in these parts. If the course cannot be read, there is None instead of the
    course.

    Lessons, pages and texts that only the site shows are not checked: an author may be in the
    middle of writing them. `today` decides which dates in the content are too old.
    """
    course, problems = read_course(root)
    problems = [problem for problem in problems if _concerns_office(problem)]
    if course is None:
        return None, in_order(problems)
    own, _ = own_problems(course.quiz_reads, today, measure=False)
    traps = locate(
        course.source, requirement_findings(course.file, course.quizzes, course.written_ids)
    )
    return course, in_order([*problems, *own, *_repeated_ids(course), *traps])


def _concerns_office(problem: Problem) -> bool:
    path = Path(problem.file)
    return path.suffix != ".ipynb" and path not in (KINDS_FILE, ROUTES_FILE, GLOSSARY_FILE)


def _of_quizzes(
    course: CourseFolder, today: date, measure: bool, memory: Memory
) -> tuple[list[Problem], dict[str, GiveAway]]:
    """Return the problems inside quiz files, and the points that guessing gets, by quiz id.

    `memory` keeps one result for all quiz files together, because a quiz may use items of another
    file. So the result is made anew if any quiz file has changed.
    """
    if memory is NOTHING_KEPT:
        return own_problems(course.quiz_reads, today, measure)
    root = course.root  # the files may be others by now than those of the course
    what = f"quizzes on {today}, {'measured' if measure else 'not measured'}"
    return memory.recall_of_files(
        what, quiz_files(root), lambda: own_problems(read_quizzes(root, memory), today, measure)
    )


def _of_pages(course: CourseFolder, memory: Memory, below: str = "") -> Iterator[Problem]:
    """Yield the problems of ids, modules, rundown, number of items, pages and lessons.

    Most of these problems are reported in a page or a lesson. Others are reported in a quiz, in
    `course.yml` or in the site's table of contents. If `below` is not empty, the texts of pages and
    lessons are checked only in files whose path begins with `below`.
    """
    yield from _repeated_ids(course)
    yield from _module_problems(course)
    yield from rundown_problems(course)
    yield from coverage_problems(course)
    yield from page_problems(course, memory, below)
    yield from contents_problems(course)
    yield from mark_problems(course)


def _of_data(course: CourseFolder, today: date, memory: Memory) -> Iterator[Problem]:
    """Yield the problems that are reported in a quiz or a data file, never in a page or a lesson.

    So these checks are left out when a single page or lesson is checked. A test makes sure that
    they report nothing in a page or a lesson.
    """
    yield from _quiz_problems(course)
    yield from locate(
        course.source, requirement_findings(course.file, course.quizzes, course.written_ids)
    )
    yield from brief_problems(course)
    yield from data_problems(course, memory)
    yield from review_problems(course, today)


def _repeated_ids(course: CourseFolder) -> Iterator[Problem]:
    quizzes = [
        (read.source, ("id",), read.written_id)
        for read in course.quiz_reads
        if read.written_id is not None
    ]
    objectives = [
        (module.source, ("objectives", index, "id"), objective.id)
        for module in course.modules
        for index, objective in enumerate(module.file.objectives)
    ]
    for named in (quizzes, objectives):
        first: dict[str, str] = {}
        for source, path, identity in named:
            if identity in first:
                yield from locate(
                    source,
                    [
                        Finding(
                            path,
                            f'id "{identity}" sudah dipakai di {first[identity]}',
                            "beri id lain",
                        )
                    ],
                )
            first.setdefault(identity, source.file)


def _module_problems(course: CourseFolder) -> Iterator[Problem]:
    taught = {module.folder: 0 for module in course.modules}
    for index, session in enumerate(course.file.sessions):
        if session.module in taught:
            taught[session.module] += session.hours
        elif session.module is not None:
            at = ("sessions", index, "module")
            yield from locate(
                course.source, unknown(at, "modul", [session.module], taught, _FOLDER_HINT)
            )
    tested = {
        item.objective for quiz in course.quizzes.values() if quiz.is_test for item in quiz.items
    }
    for module in course.modules:
        yield from locate(module.source, _minutes_findings(course, module, taught[module.folder]))
        # A quiz that cannot be read may hold the very item that is missed;
        # its own problem is said already.
        if all(read.quiz for read in course.quiz_reads):
            yield from locate(module.source, _cover_findings(module, tested))
        for lesson in module.lessons:
            yield from _lesson_objective_problems(module, lesson)


def _minutes_findings(course: CourseFolder, module: ModuleFolder, hours: int) -> Iterator[Finding]:
    expected = hours * course.file.minutes_per_hour
    if not hours:
        yield Finding(
            ("minutes",),
            "belum ada sesi untuk modul ini",
            f"tambahkan sesi dengan module: {module.folder} di modules/course.yml",
        )
    elif module.file.minutes != expected:
        message = (
            f"modul ini {module.file.minutes} menit, tetapi sesinya di course.yml {hours} JP ="
            f" {expected} menit"
        )
        yield Finding(("minutes",), message, "samakan keduanya")
    in_lessons = sum(lesson.minutes for lesson in module.lessons)
    if in_lessons > module.file.minutes:
        yield Finding(
            ("minutes",),
            f"pelajarannya berjumlah {in_lessons} menit, lebih dari modulnya",
            "kurangi menit pelajaran",
        )
    if not module.lessons:
        yield Finding(
            (), "modul ini belum punya pelajaran", "tambahkan notebook .ipynb di folder ini"
        )


def _cover_findings(module: ModuleFolder, tested: set[str | None]) -> Iterator[Finding]:
    return (
        Finding(
            ("objectives", index),
            "belum ada butir tes yang mengukur tujuan ini",
            "tambahkan butir di tes awal atau tes akhir",
        )
        for index, objective in enumerate(module.file.objectives)
        if objective.id not in tested
    )


def _lesson_objective_problems(module: ModuleFolder, lesson: Lesson) -> Iterator[Problem]:
    own = [objective.id for objective in module.file.objectives]
    for name in lesson.objectives:
        if name not in own:
            hint = suggest(name, own, "tulis id tujuan dari index.md modul ini")
            yield Problem(
                lesson.file,
                1,
                1,
                "error",
                "metadata psm",
                f'tujuan "{name}" tidak ada di modul ini',
                hint,
            )


def _quiz_problems(course: CourseFolder) -> Iterator[Problem]:
    known = {objective: module.folder for objective, module in course.objectives.items()}
    folders = [module.folder for module in course.modules]
    for read in course.quiz_reads:
        module = read.header.module if read.header else None
        if module is None or module in folders:
            yield from locate(read.source, objective_findings(read, known))
        else:
            yield from locate(
                read.source, unknown(("module",), "modul", [module], folders, _FOLDER_HINT)
            )
