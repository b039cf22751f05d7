"""Reads a course from its root folder.

A course is `modules/course.yml`, the modules with their lessons, and the quizzes (`quiz_files`).
The modules are the folders of `modules/`, in the order of their names; no file lists them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import Field

from psm_course.authoring.beside import files_in
from psm_course.authoring.fields import Count, Flag, Id, Model, Text, is_id
from psm_course.authoring.ids import repeated_in
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import read_declared, read_declared_file
from psm_course.authoring.yaml_source import Source, decode, read_file, read_text
from psm_course.content.glossary import GLOSSARY_FILE, read_glossary
from psm_course.content.help.contacts import HELP_FILE, Contact, HelpFile, contacts_of
from psm_course.content.help.field_guide import KINDS_FILE, ROUTES_FILE, read_field_guide
from psm_course.content.lessons import Lesson, read_lesson
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.finding import read_quizzes
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.content.region import REGION_FILE, Region, read_region
from psm_course.content.review import REVIEW_FILE, Review, read_review
from psm_course.domain.course_file import CourseFile

_Read = TypeVar("_Read")
COURSE_FILE = FilePath("modules/course.yml")
# The trainer's notebooks of the sessions that teach no module: the opening, the closing. No module,
# and no page of the site.
EVENTS = FilePath("modules/acara")


class Objective(Model):
    """Something a learner can do after a module."""

    id: Id = Field(description="Nama tujuan, tunggal di kursus.")
    text: Text = Field(description="Kata kerja yang dapat diamati pelatih.")


class ModuleFile(Model):
    """The front matter of a module's `index.md`."""

    title: Text = Field(description="Judul modul.")
    minutes: Count = Field(description="Menit seluruh modul.")
    objectives: tuple[Objective, ...] = Field(min_length=1, description="Tujuan belajar.")
    sensitive: Flag | None = Field(
        None,
        description=(
            "yes: materi berat; tiap halaman memberi tahu dan memuat nomor bantuan. Tidak ditulis:"
            " dinilai dari kata-katanya."
        ),
    )
    help_first: tuple[Id, ...] = Field(
        (),
        description=(
            "Dua atau tiga id di bantuan.yml, yang tampil di atas tiap halaman modul. Tidak"
            " ditulis: dua yang pertama."
        ),
    )
    quiet: Flag = Field(
        False,
        description=(
            "yes: diajarkan tenang, tanpa penghitung, hasil langsung, dan jam di layar kelas."
        ),
    )


@dataclass(frozen=True)
class Module:
    """A module of the course: a folder of `modules/`."""

    folder: str
    file: ModuleFile


@dataclass(frozen=True)
class ModuleFolder(Module):
    """A module with the lessons in its folder."""

    source: Source
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Course:
    """The parts of a course that an office works with, read from files or from an adopted version.

    `quizzes` holds the quizzes by id.
    """

    file: CourseFile
    modules: tuple[Module, ...]
    quizzes: Mapping[str, Quiz]
    contacts: tuple[Contact, ...]
    region: Region

    @property
    def objectives(self) -> dict[str, Module]:
        """The module to which each objective belongs, by the objective's id."""
        return {
            objective.id: module for module in self.modules for objective in module.file.objectives
        }


@dataclass(frozen=True)
class CourseFolder(Course):
    """A course and the files from which it was read.

    A `Source` knows the line of each value in its file.

    Attributes:
        modules: the modules with their lessons.
        root: the root folder.
        source: the source of `course.yml`.
        quiz_reads: all quiz files, also those with mistakes.
        help_source: the source of `bantuan.yml`.
        review: the ledger of sentences that wait for an authority's answer.
        review_source: the source of the ledger's file.
        events: notebooks of sessions without a module, such as opening and closing.
    """

    modules: tuple[ModuleFolder, ...]
    root: FilePath
    source: Source
    quiz_reads: tuple[QuizRead, ...]
    help_source: Source
    review: Review
    review_source: Source
    events: tuple[Lesson, ...] = ()

    @property
    def taught(self) -> dict[str, tuple[Lesson, ...]]:
        """All notebooks of the course: the lessons of each module, and those of other sessions.

        The key is the folder of a module, or the id of a session without a module. The value is a
        tuple of the notebooks in order.
        """
        return {module.folder: module.lessons for module in self.modules} | _by_session(self.events)

    @cached_property
    def written_ids(self) -> set[str]:
        """The ids of all quiz files, also of those with mistakes.

        The check uses these ids, so that a quiz that exists but has mistakes is not also reported
        as missing.
        """
        return {read.written_id for read in self.quiz_reads if read.written_id is not None}


def read_course(
    root: FilePath, memory: Memory = NOTHING_KEPT
) -> tuple[CourseFolder | None, list[Problem]]:
    """Read the course under `root`, and find all problems in its files.

    Args:
        root: the root folder of the course.
        memory: a cache, so that unchanged files are not read again.

    Returns:
        The course and the problems. If `course.yml` or `wilayah.yml` cannot be read, there is None
        instead of the course.
    """

    def recalled(what: str, files: Sequence[FilePath], read: Callable[[], _Read]) -> _Read:
        return memory.recall_of_files(what, [root / file for file in files], read)

    source, file, problems = recalled(
        "course",
        [COURSE_FILE],
        partial(read_declared_file, CourseFile, root, COURSE_FILE, _course_rules),
    )
    help_source, help_file, wrong = recalled(
        "help", [HELP_FILE], partial(read_declared_file, HelpFile, root, HELP_FILE)
    )
    problems += wrong
    modules = [
        module
        for index in _module_pages(root)
        if (module := _read_module(root, index, problems, memory))
    ]
    reads = read_quizzes(root, memory)
    for read in reads:
        problems += read.problems
    review_source, review, wrong = recalled("review", [REVIEW_FILE], partial(read_review, root))
    problems += wrong
    contacts = contacts_of(help_file, review)
    ids = sorted(contact.id for contact in contacts)
    # The result depends on these ids too, which come from two other files: so they are in its name.
    problems += recalled(
        f"guide {ids}", [ROUTES_FILE, KINDS_FILE], lambda: read_field_guide(root, ids)[1]
    )
    problems += recalled("glossary", [GLOSSARY_FILE], lambda: read_glossary(root)[1])
    region, wrong = recalled("region", [REGION_FILE], partial(read_region, root))
    problems += wrong
    if file is None or region is None:
        return None, problems
    return CourseFolder(
        file,
        tuple(modules),
        # If two files have the same id, the first counts.
        {read.quiz.id: read.quiz for read in reversed(reads) if read.quiz},
        contacts,
        region,
        root=root,
        source=source,
        quiz_reads=tuple(reads),
        help_source=help_source,
        review=review,
        review_source=review_source,
        events=tuple(_read_lessons(root, root / EVENTS, problems, memory)),
    ), problems


def find_course_file(root: FilePath) -> CourseFile | None:
    """Return the contents of `course.yml`; None if the file cannot be read."""
    return read_declared_file(CourseFile, root, COURSE_FILE)[1]


def read_modules(root: FilePath, memory: Memory = NOTHING_KEPT) -> tuple[ModuleFolder, ...]:
    """Return the modules that can be read, with their lessons.

    The rest of the course is not read.
    """
    return tuple(
        module for index in _module_pages(root) if (module := _read_module(root, index, [], memory))
    )


@dataclass(frozen=True)
class Schedule:
    """The course file and the notebooks of the course, without quizzes.

    `taught` holds the notebooks in order, by the folder of a module or the id of a session without
    a module.
    """

    file: CourseFile
    taught: Mapping[str, tuple[Lesson, ...]]


def read_schedule(root: FilePath) -> Schedule | None:
    """Read the course file and the notebooks; return None if the course file cannot be read.

    This takes a tenth of the time that is needed to read the whole course.
    """
    file = find_course_file(root)
    if file is None:
        return None
    lessons = {
        index.parent.name: tuple(_read_lessons(root, index.parent, []))
        for index in files_in(root / "modules", "*/index.md")
    }
    return Schedule(file, lessons | _by_session(_read_lessons(root, root / EVENTS, [])))


def _by_session(events: Iterable[Lesson]) -> dict[str, tuple[Lesson, ...]]:
    """Return the notebooks of sessions without a module, by session id."""
    by_session: dict[str, tuple[Lesson, ...]] = {}
    for event in events:
        if event.session:
            by_session[event.session] = (*by_session.get(event.session, ()), event)
    return by_session


def written_course_id(root: FilePath) -> str:
    """Return the id in `course.yml`, even if the file has mistakes; empty if it has no id."""
    tree = read_file(root / COURSE_FILE, COURSE_FILE.as_posix()).tree
    written = tree.get("id") if isinstance(tree, dict) else None
    return written.strip() if is_id(written) else ""


def first_contacts(contacts: tuple[Contact, ...], module: ModuleFile | None) -> tuple[Contact, ...]:
    """Return the help numbers at the top of a module's pages.

    They are the numbers that the module's `help_first` names, in the same order. If it names none,
    they are the first two of `contacts`.
    """
    by_id = {contact.id: contact for contact in contacts}
    named = tuple(by_id[name] for name in (module.help_first if module else ()) if name in by_id)
    return named or contacts[:2]


def find_module(root: FilePath, folder: str) -> ModuleFile | None:
    """Return the front matter of a module; None if the module does not exist or cannot be read."""
    index = root / "modules" / folder / "index.md"
    return (
        read_declared(ModuleFile, read_front_matter(index, index.relative_to(root).as_posix()))[0]
        if index.is_file()
        else None
    )


def find_modules(root: FilePath) -> tuple[Module, ...]:
    """Return the modules with readable front matter, in order, without their lessons."""
    read = (
        (index.parent.name, find_module(root, index.parent.name)) for index in _module_pages(root)
    )
    return tuple(Module(folder, file) for folder, file in read if file)


def _module_pages(root: FilePath) -> list[FilePath]:
    return [index for index in files_in(root / "modules", "*/index.md") if index.is_file()]


def _course_rules(file: CourseFile) -> Iterator[Finding]:
    if (total := sum(session.hours for session in file.sessions)) != file.hours:
        yield Finding(
            ("hours",),
            f"tertulis {file.hours} JP, tetapi sesi-sesinya berjumlah {total} JP",
            "samakan keduanya",
        )
    yield from repeated_in(file, "sessions", "completion", "rubric")
    for index, requirement in enumerate(file.completion):
        for finding in requirement.mistakes(has_rubric=bool(file.rubric)):
            yield replace(finding, path=("completion", index, *finding.path))


def _read_module(
    root: FilePath, index: FilePath, problems: list[Problem], memory: Memory
) -> ModuleFolder | None:
    folder = index.parent
    source = read_front_matter(index, index.relative_to(root).as_posix())
    file, wrong = read_declared(ModuleFile, source)
    problems += wrong
    lessons = tuple(_read_lessons(root, folder, problems, memory))
    return ModuleFolder(folder.name, file, source, lessons) if file else None


def _read_lessons(
    root: FilePath, folder: FilePath, problems: list[Problem], memory: Memory = NOTHING_KEPT
) -> Iterator[Lesson]:
    """Yield the lessons of a folder, in the order of their names.

    The problems of these lessons are added to the list `problems`.
    """
    for path in files_in(folder, "*.ipynb"):
        lesson, wrong = memory.recall_of_files(
            "lesson", [path], partial(read_lesson, path, path.relative_to(root).as_posix())
        )
        problems += wrong
        if lesson:
            yield lesson


def read_front_matter(path: FilePath, shown_as: str) -> Source:
    """Return the YAML between the two `---` lines at the top of a Markdown page.

    The lines of the returned `Source` are numbered as in the page. `shown_as` is the name of the
    page in messages. If the page has no such lines, the source has a problem.
    """
    source = Source(shown_as)
    text = decode(path.read_bytes(), source)
    if text is None:
        return source
    opening, _, rest = text.partition("\n")
    block, closing, _ = rest.partition("\n---")
    if opening.strip() != "---" or not closing:
        source.add(
            (1, 1),
            "halaman modul belum diawali keterangan di antara dua baris ---",
            "tambahkan title, minutes, dan objectives",
        )
        return source
    # The line end in front stands for the first `---`, so that line numbers are those of the page.
    return read_text(f"\n{block}\n", source)
