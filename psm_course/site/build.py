"""`psm build`: check, run the lessons, let Jupyter Book build, search for leaks, publish. Nothing is published unless all is well."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from os import cpu_count
from pathlib import Path
from types import MappingProxyType

from psm_course.content.course import CourseFolder
from psm_course.content.site_info import FILE, site_info
from psm_course.errors import ContentFaulty, Refused
from psm_course.site.execute import contents_of, executed_source
from psm_course.site.output.publish import publish, refuse_foreign
from psm_course.site.searches.active import find_active
from psm_course.site.searches.leaks import find_leaks
from psm_course.site.searches.people import Registered, find_people

FIRST_PAGE = "book/index.html"
_OUR_PAGES = ("psm_course.site", "psm_course.forms", "psm_course.items")
# The command of the interpreter we run in, wherever its scripts are; without the grammars of web addresses, as in our own command.
_JUPYTER_BOOK = "import sys; sys.modules['rfc3987_syntax'] = None; from jupyter_book.cli.main import main; main()"
_ADDRESS = re.compile(r"^(?P<where>.*?): (?:WARNING|ERROR|CRITICAL): (?P<what>.*)$")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Built:
    """What was published."""

    out: Path
    pages: int
    files: int
    size: int


def build_site(
    course: CourseFolder,
    work: Path,
    out: Path,
    say: Callable[[str], None],
    extra: Mapping[str, bytes] = MappingProxyType({}),
    registered: Registered = Registered(),  # noqa: B008 - frozen
    root: str = "/",
) -> Built:
    """Build the site of a course that has been checked. `work` keeps what can be used again; `out` receives the site.

    `extra`: what the office publishes beside its pages (keys, status lists, …), by path below the site.
    `registered`: the people of the office's register, whom no page may name.
    `root`: where the site begins on its server, with slashes at both ends.
    """
    refuse_foreign(out)
    _run_lessons(course, work / "_build" / "executed", say)
    say("Menyusun halaman")
    _run_builder(course.root, work)
    built = _pages(work)
    say("Memeriksa kebocoran kunci tes dan data peserta")
    leaks = [*find_leaks(built, course.quizzes.values()), *find_people(built, registered, _published_anyway(course.root))]
    if leaks:
        raise ContentFaulty(
            "Situs tidak diterbitkan: ada yang tidak boleh keluar dari kantor.\n" + "\n".join(f"  {leak}" for leak in leaks)
        )
    active = find_active(built)
    if active:
        raise ContentFaulty(
            "Situs tidak diterbitkan: ada yang dapat menjalankan skrip di ponsel pembaca.\n" + "\n".join(f"  {each}" for each in active)
        )
    (built / FILE).write_bytes(site_info(course))
    return _published(built, out, extra, root)


def _published_anyway(root: Path) -> Iterator[str]:
    """The texts in which a name or number is an example or an address: the guides, the course's lists, and what our own pages say."""
    for path in (*(root / "book").rglob("*.md"), *(root / "modules").glob("*.yml")):
        yield path.read_text(encoding="utf-8", errors="replace")
    for package in _OUR_PAGES:
        yield from (content.decode(errors="replace") for _, content in contents_of(files(package)))


def publish_again(work: Path, out: Path, extra: Mapping[str, bytes], root: str = "/") -> Built:
    """The pages as they were last built, with newer documents beside them: a matter of a second. Refused before any build."""
    if not _pages(work).is_dir():
        raise Refused("Belum ada situs yang disusun. Susun dahulu: psm build")
    return _published(_pages(work), out, extra, root)


def _pages(work: Path) -> Path:
    return work / "_build" / "html"


def _published(built: Path, out: Path, extra: Mapping[str, bytes], root: str) -> Built:
    said = {FILE: (built / FILE).read_bytes()} if (built / FILE).is_file() else {}
    written = publish(built, out, FIRST_PAGE, {**extra, **said}, root)
    size = sum((out / path).stat().st_size for path in written)
    return Built(out, sum(path.suffix == ".html" for path in written), len(written), size)


def _run_lessons(course: CourseFolder, kept: Path, say: Callable[[str], None]) -> None:
    """As many at a time as there are processors: a lesson is mostly the start of a kernel of its own."""
    lessons = [lesson.path for module in course.modules for lesson in module.lessons]
    with ThreadPoolExecutor(max_workers=cpu_count()) as pool:
        list(pool.map(lambda path: executed_source(path, course.root, kept, say), lessons))


def _run_builder(root: Path, work: Path) -> None:
    """Jupyter Book as a program of its own: its state and its messages stay out of ours."""
    command = [sys.executable, "-c", _JUPYTER_BOOK, "build", str(root), "--path-output", str(work)]
    command += ["--toc", str(root / "book" / "_toc.yml"), "-W", "--keep-going", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter and fixed words
    if done.returncode != 0:
        raise ContentFaulty("Situs tidak dapat disusun:\n" + "\n".join(f"  {line}" for line in complaints(root, done.stderr)))


def complaints(root: Path, output: str) -> list[str]:
    """The builder's warnings with the paths an author knows; its last words when it said nothing we recognise."""
    lines = [_COLOUR.sub("", line).replace(f"{root}/", "") for line in output.splitlines() if line.strip()]
    found = [f"{match['where']}: {match['what']}" for line in lines if (match := _ADDRESS.match(line))]
    return (found or lines[-3:])[:20]
