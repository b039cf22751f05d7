"""The pages and data files of a course: what they link to and show, how they read, which words they use, how they open, what they hold."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from psm_course.authoring.problems import Problem, problem_on, suggest
from psm_course.authoring.reading import locate
from psm_course.authoring.yaml_source import read_file
from psm_course.checking.pages.lengths import step_problems
from psm_course.checking.pages.links import number_findings, quizzes_shown, text_problems
from psm_course.checking.pages.markup import markup_findings
from psm_course.checking.pages.parts import part_problems, verb_findings
from psm_course.checking.pages.readability import page_reading
from psm_course.checking.pages.sensitive import Page, sensitive_problems
from psm_course.checking.pages.template_words import template_findings, template_problems
from psm_course.checking.prose import Passage, lesson_passages, page_passages, words
from psm_course.checking.quizzes.coverage import keeps_banks
from psm_course.checking.wording.wording import declared_wording, page_wording
from psm_course.content.course import HELP_FILE, CourseFolder, ModuleFolder
from psm_course.content.lessons import Lesson
from psm_course.content.review import REVIEW_FILE

# Pages for programmers, which are not written in Indonesian.
_ENGLISH = "book/maintaining/"
_HELP_BLOCK = re.compile(r"^`{3,}\{bantuan\}", re.MULTILINE)


def page_problems(course: CourseFolder) -> Iterator[Problem]:
    """Problems of all Markdown pages and of all lessons."""
    shown: dict[str, Page] = {}
    for path in _markdown_files(course.root):
        page, text = _read_page(course.root, path)
        shown[page.file] = page
        yield from text_problems(page.file, path.parent, 1, text)
        for line, quiz in quizzes_shown(text):
            yield from _unknown_quiz(page.file, line + 1, quiz, course.written_ids)
        if not page.file.startswith(_ENGLISH):
            yield from page_wording(page.passages)
        if page.file.startswith("modules/"):
            yield from page_reading(page.passages)
            yield from template_problems(page.file, text)
    for module in course.modules:
        yield from locate(
            module.source,
            [
                *declared_wording(module.source.tree),
                *number_findings(module.source.tree),
                *markup_findings(module.source.tree),
                *template_findings(module.source.tree),
                *verb_findings(module),
            ],
        )
        yield from _module_problems(module, shown, course)
    for event in course.events:
        yield from _lesson_links(event, course.written_ids)
        yield from page_wording(lesson_passages(event))
        yield from page_reading(lesson_passages(event), event.minutes)


def data_problems(course: CourseFolder) -> Iterator[Problem]:
    """The words of the data files beside the modules: the course, help numbers, kinds, routes, terms; telephone numbers in one only."""
    for path in sorted((course.root / "modules").glob("*.y*ml")):
        source = read_file(path, path.relative_to(course.root).as_posix())
        yield from locate(source, [*declared_wording(source.tree), *markup_findings(source.tree), *template_findings(source.tree)])
        if path not in (course.root / HELP_FILE, course.root / REVIEW_FILE):
            yield from locate(source, number_findings(source.tree))


def _module_problems(module: ModuleFolder, shown: dict[str, Page], course: CourseFolder) -> Iterator[Problem]:
    front = [page for page in [shown.get(module.source.file)] if page]
    lessons = []
    for lesson in module.lessons:
        passages = tuple(lesson_passages(lesson))
        lessons.append(Page(lesson.file, passages, _help_of_lesson(lesson, passages)))
        yield from _lesson_links(lesson, course.written_ids)
        yield from page_wording(passages)
        yield from page_reading(passages, lesson.minutes)
        yield from step_problems(lesson)
    yield from sensitive_problems(module.file.sensitive, [*front, *lessons])
    if keeps_banks(course):
        yield from part_problems(front, lessons)


def _markdown_files(root: Path) -> list[Path]:
    found = [*(root / "book").rglob("*.md"), *(root / "modules").rglob("*.md")]
    return sorted(page for page in found if not any(part.startswith(".") for part in page.relative_to(root).parts))


def _read_page(root: Path, path: Path) -> tuple[Page, str]:
    """A page with its text, in which the front matter, YAML and not Markdown, is left blank so that the lines stay."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if text.startswith("---\n"):
        block, _, rest = text[4:].partition("\n---")
        text = "\n" * (block.count("\n") + 2) + rest
    file = path.relative_to(root).as_posix()
    passages = tuple(page_passages(file, text, lines=tuple(text.splitlines())))
    found = _HELP_BLOCK.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    return Page(file, passages, _words_before(passage for passage in passages if passage.line < line) if found else None), text


def _help_of_lesson(lesson: Lesson, passages: tuple[Passage, ...]) -> int | None:
    """How many words a trainee reads before the first `bantuan()`."""
    for number, cell in enumerate(lesson.notebook["cells"]):
        if cell["cell_type"] == "code" and "bantuan()" in cell["source"]:
            return _words_before(passage for passage in passages if passage.cell < number and not passage.for_trainers)
    return None


def _words_before(passages: Iterator[Passage]) -> int:
    return sum(len(words(passage.text)) for passage in passages)


def _lesson_links(lesson: Lesson, declared: set[str]) -> Iterator[Problem]:
    for line, text in lesson.markdown():
        for problem in text_problems(lesson.file, lesson.path.parent, line, text):
            yield replace(problem, line=line)
    for cell in lesson.notebook["cells"]:
        for problem in template_problems(lesson.file, cell["source"]):
            yield replace(problem, line=lesson.line_of(cell))
    for word in ("kuis", "tampilkan"):
        for line, quiz in lesson.calls(word):
            yield from _unknown_quiz(lesson.file, line, quiz, declared)
    for line, case in lesson.calls("kasus"):
        if f"kasus-{case}" not in declared:  # a case may be named without what all of them begin with
            yield from _unknown_quiz(lesson.file, line, case, declared)


def _unknown_quiz(file: str, line: int, quiz: str, known: set[str]) -> Iterator[Problem]:
    if quiz not in known:
        hint = suggest(quiz, known, "tulis id kuis yang ada di folder quizzes")
        yield problem_on(file, line, f'kuis "{quiz}" tidak ada', hint)
