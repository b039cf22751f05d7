"""Reads one page or lesson: its own problems, and the links and quizzes in its text.

Other modules check that these links and quizzes exist. The result depends only on the text, so it
can be remembered while the text stays the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from psm_course.authoring.problems import Problem
from psm_course.checking.pages.citations import citation_problems
from psm_course.checking.pages.lengths import step_problems
from psm_course.checking.pages.links import Link, own_problems, quizzes_shown
from psm_course.checking.pages.readability import page_reading
from psm_course.checking.pages.sensitive import Page
from psm_course.checking.pages.template_words import template_problems
from psm_course.checking.prose import Passage, lesson_passages, page_passages, words
from psm_course.checking.wording.wording import page_wording
from psm_course.content.lessons import Lesson

# Pages for programmers, which are not written in Indonesian.
_ENGLISH = "book/maintaining/"
_HELP_BLOCK = re.compile(r"^`{3,}\{bantuan\}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Named:
    """A quiz that a text shows: its line in the file, its name as written, and possible quiz ids.

    The call `kasus("x")` may mean quiz `x` or quiz `kasus-x`, so it has two possible ids. All other
    names have one.
    """

    line: int
    written: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A page with its own problems, the links in its text, and the quizzes that the page shows."""

    page: Page
    problems: tuple[Problem, ...]
    links: tuple[Link, ...]
    quizzes: tuple[Named, ...]


def check_page(file: str, written: str) -> PageCheck:
    """Read and check a Markdown page of a course; `written` is its text."""
    page, text = _page(file, written)
    problems, links = own_problems(file, 1, text)
    if not file.startswith(_ENGLISH):
        problems += page_wording(page.passages)
    if file.startswith("modules/"):
        problems += [*page_reading(page.passages), *template_problems(file, text)]
    quizzes = tuple(Named(line + 1, quiz, (quiz,)) for line, quiz in quizzes_shown(text))
    return PageCheck(page, tuple(problems), tuple(links), quizzes)


def check_lesson(lesson: Lesson, in_steps: bool = True) -> PageCheck:
    """Read and check a lesson of a module, or the notebook of a session without a module.

    `in_steps` is False for the notebook of a session without a module, because that notebook has no
    steps.
    """
    passages = tuple(lesson_passages(lesson))
    problems, links = list[Problem](), list[Link]()
    for line, text in lesson.markdown():
        more, further = own_problems(lesson.file, line, text)
        problems += (replace(problem, line=line) for problem in more)
        links += (replace(link, line=line) for link in further)
    for cell in lesson.notebook["cells"]:
        at = lesson.line_of(cell)
        problems += (
            replace(problem, line=at) for problem in template_problems(lesson.file, cell["source"])
        )
    problems += [*page_wording(passages), *page_reading(passages, lesson.minutes)]
    if in_steps:
        problems += [*step_problems(lesson), *citation_problems(passages)]
    return PageCheck(
        Page(lesson.file, passages, _help_of_lesson(lesson, passages)),
        tuple(problems),
        tuple(links),
        tuple(_quizzes_of(lesson)),
    )


def _quizzes_of(lesson: Lesson) -> Iterator[Named]:
    for word in ("kuis", "tampilkan"):
        for line, quiz in lesson.calls(word):
            yield Named(line, quiz, (quiz,))
    for line, case in lesson.calls("kasus"):
        # A case may be named without what all of them begin with.
        yield Named(line, case, (case, f"kasus-{case}"))


def _page(file: str, text: str) -> tuple[Page, str]:
    """Return the page of a Markdown file, and its text with blank lines in place of front matter.

    The blank lines make sure that each line of the text has the same line number as in the file.
    """
    if text.startswith("---\n"):
        block, _, rest = text[4:].partition("\n---")
        text = "\n" * (block.count("\n") + 2) + rest
    passages = tuple(page_passages(file, text, lines=tuple(text.splitlines())))
    found = _HELP_BLOCK.search(text)
    if not found:
        return Page(file, passages, None), text
    line = text.count("\n", 0, found.start()) + 1
    before = _words_before(passage for passage in passages if passage.line < line)
    return Page(file, passages, before), text


def _help_of_lesson(lesson: Lesson, passages: tuple[Passage, ...]) -> int | None:
    """Return the number of words that a trainee reads before the first `bantuan()` of a lesson.

    None if no code cell calls `bantuan()`, which shows the help box.
    """
    for number, cell in enumerate(lesson.notebook["cells"]):
        if cell["cell_type"] == "code" and "bantuan()" in cell["source"]:
            return _words_before(
                passage
                for passage in passages
                if passage.cell < number and not passage.for_trainers
            )
    return None


def _words_before(passages: Iterator[Passage]) -> int:
    return sum(len(words(passage.text)) for passage in passages)
