"""The reader beside the same content in the stock Jupyter Book theme:
weights in a real browser, and times to build.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import yaml
from playwright.sync_api import Browser, Route
from rich.table import Table

from psm_course.content.course import CourseFolder, read_course
from psm_course.site.build import FIRST_PAGE, _run_lessons, build_site
from psm_course.site.output.compressed import ENDING, transferred
from tests.bench.hosting import Host, hosted
from tests.bench.size import Size
from tests.bench.timing import seconds
from tests.needs import FURO
from tests.weights import first_visit

_PHONE = {"width": 360, "height": 720}
_BUILDER = "from jupyter_book.cli.main import main; main()"
_OURS, _STOCK, _FURO = "ours", "stock", "furo"
_KEPT = "_build/executed"


@dataclass(frozen=True)
class Sites:
    """One course, built twice, and the pages that are looked at in both."""

    ours: Path
    stock: Path
    pages: dict[Kind, str]
    builds: int
    ours_took: float
    stock_took: float
    furo_took: float


@dataclass(frozen=True)
class Kind:
    """A kind of page: a mark that pages of it hold, or its address; and its limits, as in
    `tests/site/output/test_budgets.py`.
    """

    name: str
    mark: str
    budget: str = "≤ 25 kB, ≤ 6"


KINDS = (
    Kind("front page", FIRST_PAGE),
    Kind("lesson with practice", r'data-use="?practice(?!.*class="?bars)'),
    Kind(
        "lesson with practice and chart",
        r'data-use="?practice.*class="?bars|class="?bars.*data-use="?practice',
        "≤ 35 kB, ≤ 6",
    ),
    Kind("lesson with case", "item-case"),
    Kind("test with all its items", r'data-use="?posttest', "≤ 46 + 10.5 kB (hands in), ≤ 9"),
    Kind("Cari kategori", "book/cari-kategori.html"),
    Kind("Ke mana merujuk", "book/ke-mana-merujuk.html"),
    Kind("search", r"cari-indeks\.js", "≤ 25 + 40 kB, ≤ 7"),
)


def build_both(course: Path, place: Path, size: Size) -> Sites:
    """Both sites, each built clean a few times in turn with the lessons' results kept; ours where
    `psm build` in that folder goes on.

    Where few kinds of page are looked at, the other themes build these pages alone.
    """
    themes, work, ours = [_STOCK, _FURO], course / "var" / "build", place / "site"
    pages: dict[Kind, str] = {}
    (work / _KEPT).mkdir(parents=True, exist_ok=True)
    _run_lessons(
        _read(course), work / _KEPT, lambda _: None
    )  # those whose results are not kept yet; not timed
    took: dict[str, list[float]] = {_OURS: [], _STOCK: [], _FURO: []}
    for _ in range(size.builds):
        _forget(work)
        took[_OURS].append(seconds(lambda: build_site(_read(course), work, ours, lambda _: None)))
        if not pages:
            pages = dict(islice(pages_by_kind(ours).items(), size.kinds))
            for theme in themes:
                _copy_in_theme(course, place, theme)
                keep_results(work, place / theme)
                if size.kinds:
                    _leave_only(place / f"{theme}-course", pages.values())
        with ThreadPoolExecutor(size.at_once) as pool:
            for theme, each in zip(themes, pool.map(partial(_clean, place), themes), strict=True):
                took[theme].append(each)
    medians = (median(took[theme]) for theme in (_OURS, _STOCK, _FURO))
    return Sites(ours, place / _STOCK / "_build" / "html", pages, size.builds, *medians)


def _copy_in_theme(course: Path, place: Path, theme: str) -> None:
    """The course, to be built without our theme."""
    shutil.copytree(course, place / f"{theme}-course", ignore=shutil.ignore_patterns("var"))
    path = place / f"{theme}-course" / "_config.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    if theme == _STOCK:
        del config["sphinx"]["config"]["html_theme"]
    else:
        config["sphinx"]["config"]["html_theme"] = theme
    path.write_text(yaml.safe_dump(config), encoding="utf-8")


def _leave_only(root: Path, pages: Iterable[str]) -> None:
    """Take every other page out of the course's contents. The first page comes first."""
    first, *others = (page.removesuffix(".html") for page in pages)
    contents = {
        "format": "jb-book",
        "root": first,
        "chapters": [{"file": page} for page in others],
    }
    (root / "book" / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")


def keep_results(work: Path, other: Path) -> None:
    """Copy the lessons' results to another work folder, so that it need not run them again. They
    are named by what went into them.
    """
    if (work / _KEPT).is_dir():
        shutil.copytree(work / _KEPT, other / _KEPT)


def _forget(work: Path) -> None:
    for left in (work / "_build").iterdir():
        if left.is_file():
            left.unlink()
        elif left.name != Path(_KEPT).name:
            shutil.rmtree(left)


def _read(root: Path) -> CourseFolder:
    course, problems = read_course(root)
    assert course is not None, problems
    return course


def _clean(place: Path, theme: str) -> float:
    """Seconds of a clean build in another theme."""
    _forget(place / theme)
    return seconds(partial(_in_theme, place, theme))


def _in_theme(place: Path, theme: str) -> None:
    root = place / f"{theme}-course"
    command = [
        sys.executable,
        "-c",
        _BUILDER,
        "build",
        str(root),
        "--path-output",
        str(place / theme),
        "-qq",
    ]
    found = os.pathsep.join([str(FURO.require()), *filter(None, [os.environ.get("PYTHONPATH")])])
    subprocess.run(
        [*command, "--toc", str(root / "book" / "_toc.yml")],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": found},
    )


def pages_by_kind(ours: Path) -> dict[Kind, str]:
    """The first page of each kind that the course has."""
    pages = {
        path.relative_to(ours).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(ours.rglob("*.html"))
    }
    found = {}
    for kind in KINDS:
        named = [kind.mark] if kind.mark in pages else []
        held = [
            name
            for name, text in pages.items()
            if _may_be(kind, name) and re.search(kind.mark, text, re.DOTALL)
        ]
        if named or held:
            found[kind] = (named or held)[0]
    return found


def _may_be(kind: Kind, name: str) -> bool:
    """Lessons stand in their module's folder; everything else beside the front page."""
    return (
        name.startswith("modules/") and not name.endswith("index.html")
        if kind.name.startswith("lesson")
        else name.startswith("book/")
    )


def site_rows(table: Table, sites: Sites, browser: Browser) -> None:
    with hosted(sites.ours) as ours, hosted(sites.stock) as stock:
        for kind, page in sites.pages.items():
            size, asked = cold_load(browser, ours, "index.html" if page == FIRST_PAGE else page)
            stock_size, stock_asked = cold_load(browser, stock, page)
            script = (
                sum(asked_for.size for asked_for in ours.asked if ".js" in asked_for.path) / 1000
            )
            table.add_row(
                f"{kind.name}, cold, gzip 6",
                f"{size / 1000:.1f} kB ({script:.1f} scripts), {asked} requests",
                kind.budget,
                f"stock theme {stock_size / 1000:.0f} kB, {stock_asked} requests:"
                f" {size / stock_size:.2f} ×",
            )
    first = max(first_visit(path).before_text(850) for path in sites.ours.rglob("*.html"))
    table.add_row(
        "style and text of a first screen, heaviest page", f"{first / 1000:.1f} kB", "≤ 14 kB", ""
    )
    table.add_row(
        "whole course, gzip 6",
        f"{_weight(sites.ours):.0f} kB",
        "≤ 700 kB",
        f"stock theme {_weight(sites.stock):,.0f} kB",
    )
    ratio = sites.ours_took / sites.stock_took
    table.add_row(
        f"clean build, lessons' results kept, median of {sites.builds}",
        f"{sites.ours_took:.1f} s",
        "≤ stock theme",
        f"stock theme {sites.stock_took:.1f} s: {ratio:.2f} ×",
    )
    furo = f"furo {sites.furo_took:.1f} s: {sites.ours_took / sites.furo_took:.2f} ×"
    table.add_row(
        "the same, beside another theme for the same text",
        f"{sites.ours_took:.1f} s",
        "≤ 2 × furo",
        furo,
    )


def cold_load(browser: Browser, host: Host, page: str) -> tuple[int, int]:
    """Bytes and requests of a first visit, counted by the server; addresses outside are asked for
    in vain and counted as requests.
    """
    context = browser.new_context(
        viewport=_PHONE,  # type: ignore[arg-type]
        service_workers="block",
    )
    outside: list[str] = []

    def refuse(route: Route) -> None:
        outside.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(host.address), refuse)
    host.asked.clear()
    tab = context.new_page()
    tab.goto(f"{host.address}/{page}", wait_until="networkidle")
    context.close()
    return sum(asked.size for asked in host.asked), len(host.asked) + len(outside)


def _weight(site: Path) -> float:
    files = (
        path for path in site.rglob("*") if path.is_file() and path.suffix != ENDING
    )  # the same file, compressed beforehand
    return sum(transferred(path.read_bytes()) for path in files) / 1000
