"""The course: `modules/course.yml`, the modules with their lessons, and the quizzes, read from one root folder.

The modules are the folders of `modules/`, in the order of their names; nothing lists them a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Literal, TypeVar

from pydantic import Field

from psm_course.authoring.fields import Count, Day, Flag, Id, Level, Model, Percent, Text
from psm_course.authoring.ids import placed, repeated
from psm_course.authoring.problems import Finding, Path, Problem
from psm_course.authoring.reading import locate, read_declared, read_model
from psm_course.authoring.yaml_source import Source, decode, read_file, read_text
from psm_course.content.field_guide import read_field_guide
from psm_course.content.glossary import read_glossary
from psm_course.content.lessons import Lesson, read_lesson
from psm_course.content.quiz import Quiz, QuizRead, read_quiz, written_id

COURSE_FILE = FilePath("modules/course.yml")
HELP_FILE = FilePath("modules/bantuan.yml")

M = TypeVar("M", bound=Model)


class Session(Model):
    """One meeting of the course, counted in JP (jam pelajaran)."""

    id: Id = Field(description="Nama sesi, tunggal di kursus.")
    day: Count = Field(description="Hari ke berapa.")
    title: Text = Field(description="Judul yang dicetak di daftar hadir.")
    hours: Count = Field(description="Banyaknya JP.")
    module: Id | None = Field(None, description="Folder modul yang diajarkan, bila ada.")


class Criterion(Model):
    """One thing a trainer observes, on four levels."""

    id: Id = Field(description="Nama kriteria, tunggal di rubrik.")
    title: Text = Field(description="Apa yang diamati.")
    levels: tuple[Text, ...] = Field(min_length=4, max_length=4, description="Yang terlihat pada tingkat 1, 2, 3, dan 4.")
    minimum: Level = Field(description="Tingkat terendah yang cukup.")


class Requirement(Model):
    """One thing asked of everybody who completes the course."""

    id: Id = Field(description="Nama syarat, tunggal di kursus.")
    kind: Literal["attendance", "practised", "taken", "passed", "no_critical", "observed"] = Field(
        description="attendance: hadir sedikitnya share persen JP · practised: sedikitnya share persen latihan diserahkan (tanpa share:"
        " semua) · taken: setiap kuis dikerjakan · passed: salah satu kuis lulus · no_critical: tidak ada kesalahan berbahaya yang terbuka"
        " · observed: setiap kriteria rubrik mencapai tingkatnya."
    )
    title: Text = Field(description="Syarat ini dalam satu kalimat untuk peserta.")
    towards: Literal["attended", "passed"] = Field(
        "passed", description="attended: diminta dari yang telah mengikuti, dan dari yang lulus · passed: hanya dari yang lulus."
    )
    share: Percent | None = Field(None, description="Persen JP (attendance) atau persen latihan (practised).")
    excused: Literal["counts", "absent"] | None = Field(
        None, description="Izin dihitung hadir (counts) atau tidak (absent). Tidak ditulis: tidak (attendance)."
    )
    quizzes: tuple[Id, ...] = Field((), description="Id kuis yang dimaksud (practised, taken, passed, no_critical).")


class CourseFile(Model):
    """`modules/course.yml` as its author writes it."""

    id: Id = Field(description="Nama kursus, tetap selamanya.")
    title: Text = Field(description="Nama kursus di sertifikat.")
    organiser: Text = Field(description="Penyelenggara.")
    hours: Count = Field(description="Jumlah JP seluruhnya.")
    minutes_per_hour: Count = Field(45, description="Menit dalam satu JP.")
    sessions: tuple[Session, ...] = Field(min_length=1, description="Sesi-sesi menurut jadwal.")
    completion: tuple[Requirement, ...] = Field(min_length=1, description="Syarat selesai.")
    rubric: tuple[Criterion, ...] = Field((), description="Yang diamati pelatih (observed).")


class Objective(Model):
    """What a learner can do afterwards."""

    id: Id = Field(description="Nama tujuan, tunggal di kursus.")
    text: Text = Field(description="Kata kerja yang dapat diamati pelatih.")


class ModuleFile(Model):
    """The front matter of a module's `index.md`."""

    title: Text = Field(description="Judul modul.")
    minutes: Count = Field(description="Menit seluruh modul.")
    objectives: tuple[Objective, ...] = Field(min_length=1, description="Tujuan belajar.")
    sensitive: Flag | None = Field(
        None, description="yes: isi peka; tiap halaman memberi tahu dan memuat nomor bantuan. Tidak ditulis: dinilai dari kata-katanya."
    )


class Contact(Model):
    """A help line. Numbers live here with a date, never in the content."""

    id: Id = Field(description="Nama pendek.")
    label: Text = Field(description="Nama layanan.")
    number: Text = Field(description="Nomor seperti ditekan di telepon.")
    when: Text = Field(description="Kapan dipakai.")
    last_checked: Day = Field(description="Tanggal nomor ini terakhir terlihat di sumber.")
    confirmed: Flag = Field(description="yes bila sudah ditelepon dan benar.")
    source: Text = Field(description="Sumber nomor ini.")


class HelpFile(Model):
    """`modules/bantuan.yml`."""

    contacts: tuple[Contact, ...] = Field(min_length=1, description="Nomor bantuan.")


@dataclass(frozen=True)
class Module:
    """A unit of the course: a folder of `modules/`."""

    folder: str
    source: Source
    file: ModuleFile
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Course:
    """Everything the course consists of, as far as it could be read."""

    root: FilePath
    source: Source
    file: CourseFile
    modules: tuple[Module, ...]
    quiz_reads: tuple[QuizRead, ...]
    contacts: tuple[Contact, ...]
    help_source: Source

    @property
    def quizzes(self) -> dict[str, Quiz]:
        """By id; of two files with one id the first counts."""
        return {read.quiz.id: read.quiz for read in reversed(self.quiz_reads) if read.quiz}

    @property
    def written_ids(self) -> set[str]:
        """Ids of all quiz files, gradable or not: a quiz with problems of its own is not also missing."""
        return {read.written_id for read in self.quiz_reads if read.written_id is not None}

    @property
    def objectives(self) -> dict[str, Module]:
        return {objective.id: module for module in self.modules for objective in module.file.objectives}


def read_course(root: FilePath) -> tuple[Course | None, list[Problem]]:
    """The course under `root` with every problem of reading it; no course when `course.yml` itself cannot be read."""
    problems: list[Problem] = []
    source, file = _read_declared(CourseFile, root, COURSE_FILE, problems)
    if file is not None:
        problems += locate(source, _course_rules(file))
    help_source, help_file = _read_declared(HelpFile, root, HELP_FILE, problems)
    modules = [module for folder in _folders(root) if (module := _read_module(root, folder, problems))]
    reads = [read_quiz(path, path.relative_to(root).as_posix(), beside_others=True) for path in _quiz_files(root)]
    for read in reads:
        problems += read.problems
    contacts = help_file.contacts if help_file else ()
    problems += [*read_field_guide(root, {contact.id for contact in contacts})[1], *read_glossary(root)[1]]
    if file is None:
        return None, problems
    return Course(root, source, file, tuple(modules), tuple(reads), contacts, help_source), problems


def _quiz_files(root: FilePath) -> list[FilePath]:
    return sorted((root / "quizzes").glob("*.y*ml"))


def find_quiz(root: FilePath, quiz_id: str) -> tuple[FilePath, QuizRead] | None:
    """The file of a quiz that can be graded, by its id, without judging the rest of the course."""
    for path in _quiz_files(root):
        shown_as = path.relative_to(root).as_posix()
        if written_id(read_file(path, shown_as)) == quiz_id and (read := read_quiz(path, shown_as)).quiz:
            return path, read
    return None


def find_contacts(root: FilePath) -> tuple[Contact, ...] | None:
    """The help numbers; None while their file cannot be read."""
    file, _ = read_model(HelpFile, read_file(root / HELP_FILE, HELP_FILE.as_posix()).tree)
    return file.contacts if file else None


def _read_declared(model: type[M], root: FilePath, path: FilePath, problems: list[Problem]) -> tuple[Source, M | None]:
    return _declared(model, read_file(root / path, path.as_posix()), problems)


def _declared(model: type[M], source: Source, problems: list[Problem]) -> tuple[Source, M | None]:
    value, found = read_declared(model, source)
    problems += found
    return source, value


def _course_rules(file: CourseFile) -> Iterator[Finding]:
    total = sum(session.hours for session in file.sessions)
    if total != file.hours:
        yield Finding(("hours",), f"tertulis {file.hours} JP, tetapi sesi-sesinya berjumlah {total} JP", "samakan keduanya")
    yield from repeated(placed(("sessions",), file.sessions))
    yield from repeated(placed(("completion",), file.completion))
    yield from repeated(placed(("rubric",), file.rubric))
    for index, requirement in enumerate(file.completion):
        yield from _requirement_rules(requirement, ("completion", index), has_rubric=bool(file.rubric))


def _requirement_rules(requirement: Requirement, at: Path, has_rubric: bool) -> Iterator[Finding]:
    """What a kind needs is there, and nothing is that the kind would silently not look at."""
    kind = requirement.kind
    if kind == "attendance" and requirement.share is None:
        yield Finding(at, 'belum ada "share"', "tambahkan baris share: … (persen JP)")
    if kind not in ("attendance", "observed") and not requirement.quizzes:
        yield Finding(at, 'belum ada "quizzes"', "tambahkan baris quizzes: [id kuis]")
    if kind == "observed" and not has_rubric:
        yield Finding(at, "belum ada rubrik untuk diamati", "tambahkan rubric: dengan kriteria dan tingkatnya")
    asked = {"share": ("attendance", "practised"), "excused": ("attendance",)}
    for key, kinds in asked.items():
        if getattr(requirement, key) is not None and kind not in kinds:
            yield Finding((*at, key), f"{key} tidak berlaku untuk {kind}", f"hapus {key}")
    if requirement.quizzes and kind in ("attendance", "observed"):
        yield Finding((*at, "quizzes"), f"quizzes tidak berlaku untuk {kind}", "hapus quizzes")


def _folders(root: FilePath) -> list[FilePath]:
    return sorted(folder for folder in (root / "modules").glob("*") if (folder / "index.md").is_file())


def _read_module(root: FilePath, folder: FilePath, problems: list[Problem]) -> Module | None:
    index = folder / "index.md"
    source, file = _declared(ModuleFile, read_front_matter(index, index.relative_to(root).as_posix()), problems)
    lessons = []
    for path in sorted(folder.glob("*.ipynb")):
        lesson, wrong = read_lesson(path, path.relative_to(root).as_posix())
        problems += wrong
        if lesson:
            lessons.append(lesson)
    return Module(folder.name, source, file, tuple(lessons)) if file else None


def read_front_matter(path: FilePath, shown_as: str) -> Source:
    """The YAML between the two `---` lines that open a Markdown page, at its real line numbers."""
    source = Source(shown_as)
    text = decode(path.read_bytes(), source)
    if text is None:
        return source
    opening, _, rest = text.partition("\n")
    block, closing, _ = rest.partition("\n---")
    if opening.strip() != "---" or not closing:
        source.add((1, 1), "halaman modul belum diawali keterangan di antara dua baris ---", "tambahkan title, minutes, dan objectives")
        return source
    return read_text(f"\n{block}\n", source)
