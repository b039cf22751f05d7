"""From modules to script files: made anew they are what is committed, nothing is in a page twice,
and it all stays small enough to hold.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from psm_course.site.bundles import BUNDLES, GENERATED, parts_of, scripts_of
from tests.conftest import BuiltCourse
from tests.scripts import ROOT, SCRIPTS, bundled, lint, write_generated

PACKAGE = ROOT / "psm_course"
# What phones and the desk's browsers run; and all of ours: with JupyterLab, the wall, the slides
# and the bundler.
MOST_LINES, MOST_OF_ALL = 3897, 4902
OWN, OTHERS = ("site/scripts/*", "items/*", "web"), ("trainer", "slides/static")
_IMPORT = re.compile(r"^(?:import|export)\b[^;]*?['\"](\.[^'\"]+)['\"];", re.MULTILINE)
_BIG = re.compile(r"BigInt\(|(?<![\w$.])\d+n\b")
_NAMED = re.compile(r"_static/([\w-]+\.js)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file made anew, and beside them which modules went into each (`modules.json`)."""
    place = tmp_path_factory.mktemp("bundel")
    write_generated("--out", place / "generated", "--metafile", place / "modules.json")
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def modules_of(made: Path) -> dict[str, dict[str, list[str]]]:
    """Of each script file: its modules, with what of each is in it, by name."""
    found: dict[str, dict[str, list[str]]] = json.loads(
        (made / "modules.json").read_text(encoding="utf-8")
    )
    return found


def test_the_committed_files_are_what_the_modules_make(made: Path) -> None:
    """Where this fails: `make scripts`."""
    committed, fresh = contents(Path(str(GENERATED))), contents(made / "generated")

    assert sorted(committed) == sorted(fresh)
    assert [name for name, content in committed.items() if fresh[name] != content] == []


def test_every_line_of_the_list_makes_a_file(made: Path) -> None:
    assert sorted(modules_of(made)) == sorted(bundle.file for bundle in BUNDLES)
    assert [name for name, modules in modules_of(made).items() if not modules] == []


def test_every_module_is_in_a_script_file(made: Path) -> None:
    used = {
        posixpath.normpath(module) for modules in modules_of(made).values() for module in modules
    }
    written = {f"{path.relative_to(SCRIPTS)}" for path in SCRIPTS.glob("*/**/*.js")}

    assert written - used <= {
        bundle.entry for bundle in BUNDLES
    }  # an entry may hold nothing but imports


@pytest.mark.parametrize(
    "body",
    [
        'data-use="practice"',
        'data-use="practice" data-type="case"',
        'data-use="pretest"',
        "data-verify",
    ],
)
def test_no_module_comes_twice_to_a_kind_of_page(made: Path, body: str) -> None:
    names = [*scripts_of(body), *(part.file for part in parts_of(body))]
    if "verifikasi.js" in names:
        names += [bundle.file for bundle in BUNDLES if bundle.over == "verifikasi.js"]

    assert twice(made, names) == []


def test_no_module_comes_twice_to_any_page_of_the_course(made: Path, site: BuiltCourse) -> None:
    pages = {
        path: _NAMED.findall(path.read_text(encoding="utf-8")) for path in site.out.rglob("*.html")
    }

    assert any("orang.js" in names for names in pages.values())
    assert {
        path.name: found for path, names in pages.items() if (found := twice(made, names))
    } == {}


def twice(made: Path, names: list[str]) -> list[str]:
    """What more than one of these script files holds: `module: name`."""
    modules = modules_of(made)
    held = [
        f"{module}: {each}"
        for name in set(names)
        for module, own in modules.get(name, {}).items()
        for each in set(own)
    ]
    return [each for each, times in Counter(held).items() if times > 1]


def test_practising_and_handing_in_ask_for_no_big_integers(made: Path) -> None:
    """Safari has them since 14, our floor is 13. What checks signatures needs them, and comes only
    where they are.
    """
    asks = {
        name
        for name in modules_of(made)
        if _BIG.search((made / "generated" / name).read_text(encoding="utf-8"))
    }

    assert "kripto-tanda.js" in asks
    assert asks.isdisjoint(
        {
            "psm.js",
            "latihan.js",
            "periksa.js",
            "bermain.js",
            "tes.js",
            "orang.js",
            "kripto-sidik.js",
        }
    )


def test_a_part_reads_what_stands_below_it(made: Path) -> None:
    """The core's tools are no copy: they are what the page has already."""
    script = bundled(
        "import {element} from './core/start.js'; document.title = element('p', {},"
        " 'x').outerHTML;",
        over="psm.js",
    )

    assert "PSM.element" in script
    assert "createElement" not in script


def test_modules_import_in_no_circle() -> None:
    graph = {
        path.resolve(): imports(path)
        for folder in (SCRIPTS, PACKAGE / "items")
        for path in folder.rglob("*.js")
    }

    order = list(TopologicalSorter(graph).static_order())  # raises on a circle

    assert len(order) >= len(graph) > 60
    assert [path for path in order if not path.is_file()] == []


def imports(path: Path) -> set[Path]:
    return {
        (path.parent / found).resolve()
        for found in _IMPORT.findall(path.read_text(encoding="utf-8"))
    }


def test_types_and_style_of_all_scripts_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    found = lint()

    assert (found, capsys.readouterr().out) == (0, "")


def test_the_scripts_stay_few_enough_to_hold() -> None:
    lines = {path: code_lines(path.read_text(encoding="utf-8")) for path in scripts_in(OWN)}
    others = [SCRIPTS / "bundle.mjs", SCRIPTS / "eslint.config.js", *scripts_in(OTHERS)]

    assert (len(lines) > 80, len(others) > 15) == (True, True)
    assert sum(lines.values()) <= MOST_LINES
    assert (
        sum(lines.values()) + sum(code_lines(path.read_text(encoding="utf-8")) for path in others)
        <= MOST_OF_ALL
    )


def scripts_in(parts: tuple[str, ...]) -> list[Path]:
    return [
        path for part in parts for folder in PACKAGE.glob(part) for path in folder.rglob("*.js")
    ]


def code_lines(text: str) -> int:
    """Lines that are neither empty nor a comment from their beginning."""
    return sum(not re.match(r"\s*(?://|/\*|\*(?:\s|/|$)|$)", line) for line in text.splitlines())


def test_comments_and_empty_lines_do_not_count() -> None:
    assert (
        code_lines(
            "/**\n * What it is.\n * @type {string}\n */\nconst a = 1; // one\n\n// more\n/* b */\n"
            "  * 2;\n"
        )
        == 1
    )
