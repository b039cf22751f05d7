"""An office with a course of two lessons: its work folder and its site."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from psm_course.content.course import read_course
from psm_course.site import kept
from psm_course.site.build import build_site
from psm_course.site.searches.people import Registered
from tests.builders import CONTENTS, a_course, a_notebook, code_cell, markdown_cell, write
from tests.conftest import ROOT

FIRST, SECOND = "modules/01-menyapa/01-salam", "modules/01-menyapa/02-pamit"
COMPOSED, RUN, SEARCHED = (
    "Menyusun halaman",
    "Menjalankan",
    "Memeriksa kebocoran kunci tes dan data peserta",
)


@dataclass(frozen=True)
class Office:
    """A small course of two lessons with its work folder and its site."""

    place: Path

    @property
    def root(self) -> Path:
        return self.place / "course"

    @property
    def work(self) -> Path:
        return self.place / "work"

    @property
    def out(self) -> Path:
        return self.place / "site"

    def build(self, registered: Registered = Registered()) -> list[str]:  # noqa: B008 - frozen
        """Build; returns what was said of the work."""
        said: list[str] = []
        course, _ = read_course(self.root)
        assert course is not None
        build_site(course, self.work, self.out, said.append, registered=registered)
        return said

    def loudly(self) -> None:
        """Build, and say on standard output what is done."""
        course, _ = read_course(self.root)
        assert course is not None
        build_site(course, self.work, self.out, lambda sentence: print(sentence, flush=True))

    def page(self, name: str) -> str:
        return (self.out / f"{name}.html").read_text(encoding="utf-8")

    def written(self) -> dict[str, int]:
        """When the builder wrote each page."""
        pages = self.work / kept.PAGES
        return {
            path.relative_to(pages).with_suffix("").as_posix(): path.stat().st_mtime_ns
            for path in pages.rglob("*.html")
        }

    def published(self) -> dict[str, tuple[bytes, int]]:
        """Content and time of every published file."""
        return {
            path.relative_to(self.out).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in self.out.rglob("*")
            if path.is_file()
        }

    def searched(self) -> dict[str, int]:
        """How many files each search looked through last time."""
        return {
            name: kept.noted(self.work, f"clean-{name}")["searched"]
            for name in ("keys", "people", "scripts")
        }

    def copy(self, to: Path) -> Office:
        shutil.copytree(self.place, to / "office")
        return Office(to / "office")


def a_lesson(said: str) -> str:
    about = {
        "psm": {"minutes": 20, "objectives": ["sapa-warga"]},
        "language_info": {"name": "python"},
    }
    cells = (
        markdown_cell("judul", "# Menyapa warga"),
        markdown_cell("isi", said),
        code_cell("hitung", "40 + 2"),
    )
    return a_notebook(*cells, metadata=about)


def a_small_office(place: Path) -> Office:
    """Nothing is built yet."""
    office = Office(place)
    a_course(office.root)
    shutil.copy2(ROOT / "_config.yml", office.root)
    write(office.root, "book/_toc.yml", f"{CONTENTS}          - file: {SECOND}\n")
    write(office.root, "book/istilah.md", "# Istilah\n")
    write(office.root, f"{FIRST}.ipynb", a_lesson("Ketuk pintu dahulu."))
    second = a_lesson("Pamit dengan baik.").replace("Menyapa", "Melepas")
    write(office.root, f"{SECOND}.ipynb", second)
    return office
