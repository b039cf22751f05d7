"""Imports go downward only. The table is the house of `design.md`;
this file fails on anything that is not in it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "psm_course"

# From the top of the house down: what each part may import of the others.
# A dotted name allows that one module only.
MAY_IMPORT = {
    part: set(below.split())
    for part, below in {
        "__main__": "cli",
        "api": "credentials domain checking grading content items authoring errors",
        "cli": (
            "box web starting slides upload site trainer simulate registrar store interchange "
            "credentials domain analysis checking grading content items authoring settings "
            "local_time errors"
        ),
        "web": (
            "box slides registrar grading store.answers.dispositions store.engine interchange "
            "domain analysis site.output.hosting forms.figures forms.help items content "
            "settings local_time errors"
        ),
        "starting": "content authoring errors",
        "slides": "site.execute site.searches.leaks trainer.shown printing forms content errors",
        "upload": "site.output errors",
        "site": "trainer.shown trainer.on_site forms content items authoring errors",
        "trainer": (
            "registrar store.engine store.opening forms domain analysis content items "
            "authoring.problems settings local_time errors"
        ),
        "registrar": (
            "store box credentials printing interchange domain analysis grading content items "
            "authoring settings local_time errors"
        ),
        "store": "credentials.log interchange.people.names domain grading content settings errors",
        "credentials": "box local_time errors",
        "printing": "errors",
        "simulate": "interchange domain grading content items",
        "interchange": "box domain grading items content authoring errors",
        "checking": "forms grading content domain items authoring errors",
        "grading": "content items authoring",
        "analysis": "items",
        "forms": "content items authoring local_time",
        "content": "domain items authoring",
        "domain": "items authoring",
        "items": "authoring",
        "authoring": "",
        "box": "errors",
        "settings": "errors",
        "local_time": "",
        "errors": "",
    }.items()
}
SQL = ("sqlalchemy", "alembic", "sqlite3", "psycopg")
SUBJECTS = {"people", "attendance", "answers", "completion", "certificates", "accounts", "reports"}
MOST_FILES = 16
# The reader's scripts are tested by the pages that they make.
_BY_PAGE = ("floor", "guide", "offline", "people", "practice", "resume", "sitting", "verification")
OWN_ROOMS = {ROOT / "tests/site" / page for page in _BY_PAGE}
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "common",
    "misc",
    "base_utils",
}


@cache
def modules() -> Mapping[str, str]:
    """Every module by its path below `psm_course`, with its source."""
    return {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def imported(source: str) -> tuple[str, ...]:
    """Every name a module imports, anywhere in it: `a.b.c` for `from a.b import c`. Relative
    imports begin with a point.
    """
    return tuple(_imported(source))


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{name.name}" for name in node.names)


def part_of(module: str) -> str:
    return module.split("/", maxsplit=1)[0].removesuffix(".py")


def forbidden(module: str, source: str) -> list[str]:
    """The imports of a module that the table does not allow."""
    part = part_of(module)
    if part == "__init__":  # it names the public API for type checkers, and loads it when asked
        allowed = (
            "__future__.",
            "typing.TYPE_CHECKING",
            "importlib.import_module",
            "psm_course.api.",
        )
        return [name for name in imported(source) if not name.startswith(allowed)]
    allowed = [*MAY_IMPORT[part], part, "__version__"]
    wrong = [name for name in imported(source) if name.startswith(".")]
    ours = [
        name.removeprefix("psm_course.")
        for name in imported(source)
        if name.split(".")[0] == "psm_course"
    ]
    wrong += [
        name
        for name in ours
        if not any(name == each or name.startswith(f"{each}.") for each in allowed)
    ]
    if part != "store":
        foreign = [name for name in imported(source) if name.split(".")[0] in SQL]
        wrong += foreign
    return wrong


# ---- the code ------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_what_the_table_allows(module: str) -> None:
    assert forbidden(module, modules()[module]) == []


def test_the_table_allows_nothing_that_nobody_needs() -> None:
    used: dict[str, set[str]] = {part: set() for part in MAY_IMPORT}
    for module, source in modules().items():
        for name in imported(source):
            for allowed in MAY_IMPORT.get(part_of(module), ()):
                if f"{name}.".startswith(f"psm_course.{allowed}."):
                    used[part_of(module)].add(allowed)

    assert used == MAY_IMPORT


def test_the_table_goes_downward_only() -> None:
    parts = list(MAY_IMPORT)

    for part, below in MAY_IMPORT.items():
        assert {name.split(".")[0] for name in below} <= set(parts[parts.index(part) + 1 :])


def test_every_part_of_the_house_is_in_the_table() -> None:
    assert {part_of(module) for module in modules()} == {*MAY_IMPORT, "__init__"}


def a_circle(level: int | None = None) -> list[str]:
    """One circle of imports between modules, or between rooms: what shares the first `level` names.
    Empty where there is none.
    """
    names = {
        path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"): source
        for path, source in modules().items()
    }
    graph: dict[str, set[str]] = {}
    for name, source in names.items():
        found = [each.removeprefix("psm_course.") for each in imported(source)]
        known = {each if each in names else each.rpartition(".")[0] for each in found} & set(names)
        here, there = (
            ".".join(name.split(".")[:level]),
            {".".join(each.split(".")[:level]) for each in known},
        )
        graph.setdefault(here, set()).update(there - {here})
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("level", [None, 2], ids=["modules", "rooms"])
def test_nothing_imports_in_a_circle(level: int | None) -> None:
    assert a_circle(level) == []


def test_only_the_cells_of_the_site_know_what_a_notebook_shows() -> None:
    knowing = [
        module
        for module, source in modules().items()
        if "psm_course.trainer" in " ".join(imported(source))
    ]

    # What runs the lessons only tells their words that nobody of the register may be shown.
    assert [module for module in knowing if part_of(module) == "site"] == [
        "site/execute.py",
        "site/pages/cells.py",
    ]


def own_files() -> Iterator[Path]:
    """Without what a tool has made and what others have written."""
    return (
        path
        for path in PACKAGE.rglob("*")
        if path.is_file()
        and not {"generated", "vendor"}.intersection(path.relative_to(PACKAGE).parts)
    )


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    suffixes = {".py", ".html", ".css", ".js", ".typ", ".toml", ".yml", ".md"}
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in own_files()
        if path.suffix in suffixes
    }

    assert {str(path): length for path, length in lengths.items() if length > 400} == {}


def test_no_folder_holds_more_files_than_a_reader_can_survey() -> None:
    folders = {path.parent for path in own_files() if "__pycache__" not in path.parts}
    own = {
        folder.relative_to(PACKAGE).as_posix(): sum(path.is_file() for path in folder.iterdir())
        for folder in folders
    }

    assert {folder: count for folder, count in own.items() if count > MOST_FILES} == {}


def test_the_tests_lie_in_the_rooms_of_what_they_test() -> None:
    tested = {path.parent for path in (ROOT / "tests").glob("*/*/test_*.py")} - OWN_ROOMS

    assert [
        folder.name
        for folder in sorted(tested)
        if not (PACKAGE / folder.relative_to(ROOT / "tests")).is_dir()
    ] == []


def test_a_subject_has_the_same_name_on_every_floor() -> None:
    rooms = {
        floor: {path.name for path in (PACKAGE / floor).iterdir() if path.is_dir()}
        for floor in ("registrar", "web", "cli")
    }

    assert {floor: SUBJECTS - names for floor, names in rooms.items()} == {
        "registrar": set(),
        "web": set(),
        "cli": set(),
    }
    assert {path.stem for path in (PACKAGE / "store").iterdir()} >= SUBJECTS - {
        "reports"
    }  # what is reported is read by the others


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in own_files() if path.stem in VAGUE] == []


# ---- the check itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "source", "caught"),
    [
        ("items/marks.py", "from psm_course.store.engine import Store", ["store.engine.Store"]),
        ("items/marks.py", "from psm_course import store", ["store"]),
        ("content/quiz.py", "import psm_course.grading.grade", ["grading.grade"]),
        (
            "domain/register.py",
            "def late():\n    from psm_course.registrar import issuing",
            ["registrar.issuing"],
        ),
        ("site/build.py", "from psm_course.trainer.live import results", ["trainer.live.results"]),
        (
            "web/app.py",
            "from psm_course.store.people.cohorts import add_cohort",
            ["store.people.cohorts.add_cohort"],
        ),
        ("store/people/people.py", "from psm_course.storehouse import Store", ["storehouse.Store"]),
        ("cli/rehearsal/demo.py", "import psm_course", ["psm_course"]),
        (
            "registrar/certificates/issuing.py",
            "from .judging import Standing",
            [".judging.Standing"],
        ),
        (
            "registrar/answers/results.py",
            "from sqlalchemy import Connection",
            ["sqlalchemy.Connection"],
        ),
        ("registrar/completion/judging.py", "from sqlalchemy import select", ["sqlalchemy.select"]),
        ("web/app.py", "import sqlite3", ["sqlite3"]),
        ("errors.py", "from psm_course.settings import Settings", ["settings.Settings"]),
        (
            "__init__.py",
            "from psm_course.settings import Settings",
            ["psm_course.settings.Settings"],
        ),
    ],
)
def test_a_forbidden_import_is_caught(module: str, source: str, caught: list[str]) -> None:
    assert forbidden(module, source) == caught


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "items/marks.py",
            "from psm_course.authoring.numbers import plain\nfrom decimal import Decimal",
        ),
        ("grading/grade.py", "from psm_course.items.marks import Mark"),
        ("site/build.py", "from psm_course import __version__"),
        ("registrar/completion/judging.py", "from psm_course.store.engine import Connection"),
        ("store/people/people.py", "from sqlalchemy import select"),
        ("web/app.py", "from psm_course.store.engine import Store"),
    ],
)
def test_an_allowed_import_is_let_through(module: str, source: str) -> None:
    assert forbidden(module, source) == []
