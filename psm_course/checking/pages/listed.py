"""Checks that the site's table of contents lists every module and lesson, and nothing else."""

from collections.abc import Iterator

from psm_course.authoring.problems import Problem, problem_on, suggest
from psm_course.content.contents import CONTENTS_FILE, exists, page_name, read_contents
from psm_course.content.course import CourseFolder, ModuleFolder

_BUILDER_FILE = "_config.yml"


def contents_problems(course: CourseFolder) -> Iterator[Problem]:
    """Find problems of the table of contents.

    A course without a site (no table of contents, no builder settings) has none of these problems.
    """
    if not (course.root / CONTENTS_FILE).is_file():
        if (course.root / _BUILDER_FILE).is_file():
            yield problem_on(
                CONTENTS_FILE.as_posix(),
                1,
                "daftar isi situs tidak ada",
                "buat berkas itu; tanpa daftar isi tidak ada halaman yang terbit",
            )
        return
    source, listed = read_contents(course.root)
    yield from source.problems
    pages = {each.page for each in listed}
    for module in course.modules:
        yield from _unlisted(module, pages)
    ours = [
        page_name(file)
        for module in course.modules
        for file in (module.source.file, *(each.file for each in module.lessons))
    ]
    for each in listed:
        if not exists(course.root, each.page):
            yield Problem(
                source.file,
                *source.position(each.path),
                "error",
                "",
                f'halaman "{each.page}" tidak ada',
                suggest(each.page, ours, "hapus baris ini, atau buat berkasnya"),
            )


def _unlisted(module: ModuleFolder, pages: set[str]) -> Iterator[Problem]:
    """Report a module, or lessons of it, that the table of contents does not list.

    If the module itself is not listed, only the module is reported, not its lessons.

    Args:
        module: the module.
        pages: the names of the pages that are listed.
    """
    page = page_name(module.source.file)
    if page not in pages:
        yield problem_on(
            module.source.file,
            1,
            f"modul ini tidak ada di {CONTENTS_FILE.as_posix()}, jadi tidak terbit",
            _hint(page),
        )
        return
    for lesson in module.lessons:
        page = page_name(lesson.file)
        if page not in pages:
            yield problem_on(
                lesson.file,
                1,
                f"pelajaran ini tidak ada di {CONTENTS_FILE.as_posix()}, jadi tidak terbit",
                f"{_hint(page)} di bawah modulnya",
            )


def _hint(page: str) -> str:
    return f'tambahkan baris "- file: {page}"'
