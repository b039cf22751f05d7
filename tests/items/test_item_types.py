"""One item type = one folder with everything about it. A type that lacks a part fails here, and so
does a file elsewhere that names one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from psm_course.content.quiz_files.reading import read_quiz
from psm_course.items import TYPES
from psm_course.items.base import BaseItem
from tests.builders import SMALLEST
from tests.items.made_up import TYPE
from tests.items.made_up.fields import SpanItem

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "psm_course"
KINDS = pytest.mark.parametrize("kind", TYPES)


@KINDS
def test_every_type_has_its_tests(kind: str) -> None:
    assert {path.name for path in (ROOT / "tests/items" / kind).glob("test_*.py")} >= {
        "test_fields.py",
        "test_marker.py",
    }


def test_every_folder_is_a_type() -> None:
    assert {
        path.name
        for path in (PACKAGE / "items").iterdir()
        if path.is_dir() and path.name != "__pycache__"
    } == set(TYPES)


@KINDS
def test_type_answers_to_the_name_of_its_folder(kind: str) -> None:
    assert TYPES[kind].folder.name == TYPES[kind].name == kind


@KINDS
def test_its_good_example_can_be_graded(kind: str) -> None:
    read = read_quiz(PACKAGE / "items" / kind / "good.yml")

    assert read.problems == ()
    assert read.quiz is not None
    assert [item.type for item in read.quiz.items] == [kind]


@KINDS
def test_its_bad_example_gives_exactly_its_messages(kind: str) -> None:
    folder = PACKAGE / "items" / kind

    read = read_quiz(folder / "bad.yml", "bad.yml")

    assert [str(problem) for problem in read.problems] == (folder / "bad.txt").read_text(
        encoding="utf-8"
    ).splitlines()
    assert read.quiz is None


def test_the_good_example_of_all_shows_every_type_that_tests_know_once() -> None:
    quiz = read_quiz(ROOT / "tests/content/good" / "every-type.yml").quiz

    assert quiz is not None
    assert [item.type for item in quiz.items] == list(SMALLEST)
    assert list(SMALLEST) == [kind for kind in TYPES if kind in SMALLEST]


@KINDS
def test_what_only_a_key_says_has_a_name_that_the_page_does_not(kind: str) -> None:
    """Two locks on every key: a telling name is not in what is asked, nor taken for one that is."""
    quiz = read_quiz(PACKAGE / "items" / kind / "good.yml").quiz
    assert quiz is not None
    (item,) = quiz.items

    asked = re.findall(r"'(\w+)':", str(item.public(with_answer=False)))

    assert item.key_names().isdisjoint(asked)
    assert bool(item.key_names()) is not item.is_opinion


# ---- what is missing is said at once -------------------------------------------------------------


def test_a_type_without_an_answer_fails_by_name() -> None:
    class Silent(SpanItem):
        __module__ = SpanItem.__module__
        own_texts = BaseItem.own_texts

    with pytest.raises(TypeError, match=r'^item type "span" lacks own_texts$'):
        replace(TYPE, model=Silent)


def test_a_type_without_a_file_fails_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = TYPE.folder
    for file in (
        file
        for file in whole.iterdir()
        if file.is_file() and file.name not in {"widget.js", "good.yml"}
    ):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr("psm_course.items.base.files", lambda _: tmp_path)

    with pytest.raises(TypeError, match=r'^item type "span" lacks widget\.js, good\.yml$'):
        replace(TYPE)


# ---- nobody else names a type --------------------------------------------------------------------

NAMES = set(TYPES)
# Ordinary words, which may stand anywhere; compared with a type they would be the name of one.
WORDS = {"number", "text"}
# `shuffle: choices` of a quiz puts whatever can be picked in another order.
COINCIDENCES = {
    ("analysis/analysing.py", "choices"),  # of any item, in the JSON of `psm analyse`
    ("content/quiz.py", "choices"),
    ("forms/slides/markdown.py", "text"),  # a token of Markdown
    ("site/scripts/test/sitting.js", "choices"),
    ("trainer/teaching/case.py", "choices"),
    (
        "trainer/teaching/case.py",
        "case",
    ),  # `kasus` plays this one kind with the hall, and nothing else
    ("trainer/teaching/tally.py", "choices"),
    ("trainer/widgets/kasus.js", "choice"),
}
OUTSIDE = [
    path
    for path in sorted(PACKAGE.rglob("*"))
    if path.suffix in {".py", ".js", ".html"}
    and not path.relative_to(PACKAGE)
    .as_posix()
    .startswith(("items/", "site/generated/", "site/vendor/"))
]


def named_in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value in NAMES - WORDS:
            yield str(node.value)
        elif isinstance(node, ast.Compare) and re.search(
            r"(?<!token\.)type", ast.unparse(node.left)
        ):
            yield from (
                each.value
                for each in ast.walk(node)
                if isinstance(each, ast.Constant) and each.value in WORDS
            )
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "psm_course.items."
        ):
            yield from NAMES.intersection((node.module or "").split("."))


def named_in_javascript(source: str) -> Iterator[str]:
    source = re.sub(r"//.*", "", source)
    yield from (name for name in re.findall(r"['\"`](\w+)['\"`]", source) if name in NAMES - WORDS)
    yield from (
        name for name in re.findall(r"(?:dataset|scoring)\.type\W+(\w+)", source) if name in WORDS
    )
    yield from (
        name
        for name in re.findall(
            r"(?:items|markers|widgets|plays|type)\.(\w+)|items/(\w+)/|^\s*(\w+): ",
            source,
            re.MULTILINE,
        )
        for name in name
        if name in NAMES - WORDS
    )


def named_in_template(source: str) -> Iterator[str]:
    for code in re.findall(r"{[{%].*?[%}]}", source):
        yield from (
            name
            for name in re.findall(r"['\"](\w+)['\"]", code)
            if name in (NAMES if "type" in code else NAMES - WORDS)
        )


SEARCHES = {".py": named_in_python, ".js": named_in_javascript, ".html": named_in_template}


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_file_outside_the_folders_names_a_type(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()

    found = {(name, each) for each in SEARCHES[path.suffix](path.read_text(encoding="utf-8"))}

    assert found - COINCIDENCES == set()


def test_every_coincidence_still_stands() -> None:
    assert all(
        each in SEARCHES[Path(name).suffix]((PACKAGE / name).read_text(encoding="utf-8"))
        for name, each in COINCIDENCES
    )


@pytest.mark.parametrize(
    ("suffix", "source", "named"),
    [
        (".py", 'if scoring["type"] in ("number", "text"):\n    pass', ["number", "text"]),
        (".py", '_RESPOND = {"choice": 1, "number": 2}', ["choice"]),
        (".py", 'if item.type == "rating":\n    pass', ["rating"]),
        (".py", "from psm_course.items.match.fields import MatchItem", ["match"]),
        (".py", 'row = {"number": 1, "text": 2}', []),
        (".js", "if (item.dataset.type !== 'choices') return;", ["choices"]),
        (".js", "const FIRST = {\n  order: 'Beri nomor',\n};", ["order"]),
        (".js", "scoring.type === 'number' && markers.case", ["case", "number"]),
        (".js", "import {widget} from '../../../items/order/widget.js';", ["order"]),
        (".js", "event.target.type === 'text'", []),
        (".html", '{% if item.type not in ("case", "number") %}', ["case", "number"]),
        (".html", '<label class="choice">{{ number }}</label>', []),
    ],
)
def test_a_name_is_found_where_it_stands(suffix: str, source: str, named: list[str]) -> None:
    assert sorted(set(SEARCHES[suffix](source))) == named
