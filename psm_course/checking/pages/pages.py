"""Checks the pages and data files of a course.

Links, pictures, wording, readability, required parts, and the beginning of pages about violence and
suicide are checked.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from psm_course.authoring.beside import authored, files_in
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Problem, problem_on, suggest
from psm_course.authoring.reading import locate
from psm_course.authoring.yaml_source import read_file
from psm_course.checking.pages.help_first import help_first_findings
from psm_course.checking.pages.links import link_problems, number_findings
from psm_course.checking.pages.markup import markup_findings
from psm_course.checking.pages.parts import part_problems, verb_findings
from psm_course.checking.pages.sensitive import sensitive_problems
from psm_course.checking.pages.single_page import PageCheck, check_lesson, check_page
from psm_course.checking.pages.template_words import template_findings
from psm_course.checking.quizzes.coverage import keeps_banks
from psm_course.checking.wording.wording import declared_wording
from psm_course.content.course import CourseFolder, ModuleFolder
from psm_course.content.help.contacts import HELP_FILE
from psm_course.content.lessons import Lesson
from psm_course.content.review import REVIEW_FILE


def page_problems(
    course: CourseFolder, memory: Memory = NOTHING_KEPT, below: str = ""
) -> Iterator[Problem]:
    """Yield the problems of all Markdown pages and lessons.

    Args:
        course: the course.
        memory: findings about texts that did not change since an earlier check.
        below: if not empty, only files whose path begins with this text are checked, such as the
            folder of a module.
    """
    shown: dict[str, PageCheck] = {}
    book, modules = course.root / "book", course.root / "modules"
    for path in authored(course.root, [*book.rglob("*.md"), *modules.rglob("*.md")]):
        file = path.relative_to(course.root).as_posix()
        if not file.startswith(below):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        shown[file] = memory.recall("page", [file, text], partial(check_page, file, text))
        yield from _problems_around(shown[file], path.parent, course.written_ids)
    for module in course.modules:
        if not module.source.file.startswith(below):
            continue
        yield from locate(
            module.source,
            [
                *declared_wording(module.source.tree),
                *number_findings(module.source.tree),
                *markup_findings(module.source.tree),
                *template_findings(module.source.tree),
                *verb_findings(module),
                *help_first_findings(module, {contact.id for contact in course.contacts}),
            ],
        )
        yield from _module_problems(module, shown, course, memory)
    for event in (event for event in course.events if event.file.startswith(below)):
        found = memory.recall(
            "event", _made_of(event), partial(check_lesson, event, in_steps=False)
        )
        yield from _problems_around(found, event.path.parent, course.written_ids)


def _made_of(lesson: Lesson) -> tuple[str, ...]:
    return (lesson.file, *lesson.lines)


def _problems_around(found: PageCheck, folder: Path, declared: set[str]) -> Iterator[Problem]:
    yield from found.problems
    yield from link_problems(found.page.file, folder, found.links)
    for named in found.quizzes:
        if declared.isdisjoint(named.ids):
            hint = suggest(named.written, declared, "tulis id kuis yang ada di folder quizzes")
            yield problem_on(found.page.file, named.line, f'kuis "{named.written}" tidak ada', hint)


def data_problems(course: CourseFolder, memory: Memory = NOTHING_KEPT) -> Iterator[Problem]:
    """Yield the problems in the data files of `modules/`.

    Reported are words that the course does not use, raw HTML, links that run a script, and template
    words «…» that nobody has replaced. Telephone numbers are reported too, except in `bantuan.yml`
    and the ledger.
    """
    for path in files_in(course.root / "modules", "*.y*ml"):
        yield from memory.recall_of_files(
            "data", [path], partial(_check_data, path, path.relative_to(course.root))
        )


def _check_data(path: Path, file: Path) -> list[Problem]:
    source = read_file(path, file.as_posix())
    findings = [
        *declared_wording(source.tree),
        *markup_findings(source.tree),
        *template_findings(source.tree),
    ]
    numbers = number_findings(source.tree) if file not in (HELP_FILE, REVIEW_FILE) else ()
    return [*locate(source, findings), *locate(source, numbers)]


def _module_problems(
    module: ModuleFolder, shown: dict[str, PageCheck], course: CourseFolder, memory: Memory
) -> Iterator[Problem]:
    front = [found.page for found in [shown.get(module.source.file)] if found]
    lessons = []
    for lesson in module.lessons:
        found = memory.recall("lesson checked", _made_of(lesson), partial(check_lesson, lesson))
        lessons.append(found.page)
        yield from _problems_around(found, lesson.path.parent, course.written_ids)
    yield from sensitive_problems(module.file.sensitive, [*front, *lessons])
    if keeps_banks(course):
        yield from part_problems(front, lessons)
