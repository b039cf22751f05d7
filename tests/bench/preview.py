"""`psm preview`: from the moment a quiz is saved to its new words on the screen."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Error
from rich.table import Table

from psm_course.content.course import read_course
from tests.bench.size import Size
from tests.cli.office.test_serve import free_port

_START = 300_000
_AFTER_THE_FIRST = 5  # seconds of the check that follows the first build
_READ = 3  # seconds in which an author reads what appeared


def preview_rows(table: Table, course: Path, browser: Browser, size: Size) -> None:
    """The course is changed, so give a copy. A lesson opens at its first part: its quiz is there,
    in a part that is not shown yet.
    """
    quiz, page_name = _shown_quiz(course)
    port = free_port()
    command = [sys.executable, "-m", "psm_course.cli.main", "preview", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            page = browser.new_page()
            page.set_default_timeout(_START)
            _open(page, f"http://127.0.0.1:{port}/{page_name}")
            time.sleep(_AFTER_THE_FIRST * size.still)
            took = []
            for number in range(size.edits):
                took.append(_edit_to_screen(quiz, page, f"Judul {number}"))
                time.sleep(_READ * size.still)
            page.close()
        finally:
            process.terminate()  # or leaving the block would wait for it for ever
    first = took.pop(0)  # the one that loads what was not needed before
    table.add_row(
        f"psm preview, one quiz saved to new text on screen, median of {len(took)}",
        f"{median(took):.2f} s ({min(took):.2f}-{max(took):.2f}; first {first:.2f})",
        "≤ 1.5 s",
        "",
    )


def _shown_quiz(root: Path) -> tuple[Path, str]:
    """A practice quiz and the lesson that shows it."""
    course, _ = read_course(root)
    assert course is not None
    for read in course.quiz_reads:
        for lesson in (lesson for module in course.modules for lesson in module.lessons):
            if (
                read.quiz
                and read.quiz.header.use == "practice"
                and read.quiz.id in "".join(lesson.lines)
            ):
                return root / read.source.file, lesson.file.replace(".ipynb", ".html")
    raise AssertionError("no lesson shows a practice quiz")


def _open(page: object, address: str) -> None:
    while True:
        try:
            page.goto(address)  # type: ignore[attr-defined]
            break
        except Error:
            time.sleep(0.2)
    page.locator(".quiz-title").first.wait_for(state="attached")  # type: ignore[attr-defined]


def _edit_to_screen(quiz: Path, page: object, words: str) -> float:
    """A new first prompt, so that the quiz's page alone changes."""
    before, mark, after = quiz.read_text(encoding="utf-8").partition("prompt: ")
    start = time.perf_counter()
    quiz.write_text(f"{before}{mark}{words} {after}", encoding="utf-8")
    page.get_by_text(words).first.wait_for(state="attached")  # type: ignore[attr-defined]
    return time.perf_counter() - start
