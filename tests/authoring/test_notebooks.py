"""A plain notebook is read by ourselves, and only as the library would read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from psm_course.authoring.notebooks import notebook_library, read_plain
from tests.builders import a_notebook, code_cell, markdown_cell
from tests.conftest import ROOT

LESSONS = sorted((ROOT / "modules").glob("*/*.ipynb"))
ABOUT = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "codemirror_mode": {"name": "ipython", "version": 3}},
    "psm": {"minutes": 20},
}


def written() -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(
        a_notebook(
            markdown_cell("judul", "# Judul\n\nIsi."), code_cell("hitung", "40 + 2"), metadata=ABOUT
        )
    )
    notebook["cells"][0]["metadata"] = {"tags": ["trainer", "layar"]}
    return notebook


def read_by_library(text: str) -> Any:
    library = notebook_library()
    notebook = library.reads(text, as_version=4)
    library.validate(notebook)
    return notebook


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_each_of_our_lessons_is_plain_and_reads_as_the_library_reads_it(lesson: Path) -> None:
    text = lesson.read_text(encoding="utf-8")

    assert json.dumps(read_plain(text)) == json.dumps(read_by_library(text))


def test_lines_are_joined_as_the_library_joins_them() -> None:
    notebook = written()
    notebook["cells"][0]["source"] = ["# Judul\n", "\n", "Isi."]
    text = json.dumps(notebook)

    assert (
        json.dumps(read_plain(text)) == json.dumps(read_by_library(text)) == json.dumps(written())
    )


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "an older form": lambda notebook: notebook.update(nbformat_minor=4),
    "another form": lambda notebook: notebook.update(nbformat=3),
    "a number that is none": lambda notebook: notebook.update(nbformat=4.0),
    "no cells": lambda notebook: notebook.pop("cells"),
    "cells that are none": lambda notebook: notebook.update(cells={}),
    "a cell that is a text": lambda notebook: notebook["cells"].append("# Judul"),
    "more beside the cells": lambda notebook: notebook.update(signature="x"),
    "more about the notebook": lambda notebook: notebook["metadata"].update(orig_nbformat=4),
    "no kernel": lambda notebook: notebook["metadata"].update(kernelspec=None),
    "a kernel without a name": lambda notebook: notebook["metadata"]["kernelspec"].pop("name"),
    "a language without a name": lambda notebook: notebook["metadata"]["language_info"].pop("name"),
    "a language by number": lambda notebook: notebook["metadata"]["language_info"].update(
        version=3
    ),
    "metadata as a list": lambda notebook: notebook.update(metadata=[]),
    "an unknown kind of cell": lambda notebook: notebook["cells"][0].update(cell_type="heading"),
    "a raw cell": lambda notebook: notebook["cells"][0].update(cell_type="raw"),
    "no id": lambda notebook: notebook["cells"][0].pop("id"),
    "an id with a space": lambda notebook: notebook["cells"][0].update(id="ju dul"),
    "an id that ends in a new line": lambda notebook: notebook["cells"][0].update(id="judul\n"),
    "an id twice": lambda notebook: notebook["cells"][0].update(id="hitung"),
    "attachments": lambda notebook: notebook["cells"][0].update(attachments={}),
    "an output": lambda notebook: notebook["cells"][1].update(
        outputs=[{"output_type": "stream", "name": "stdout", "text": "42"}]
    ),
    "a run": lambda notebook: notebook["cells"][1].update(execution_count=1),
    "no outputs": lambda notebook: notebook["cells"][1].pop("outputs"),
    "outputs of text": lambda notebook: notebook["cells"][0].update(outputs=[]),
    "a trusted cell": lambda notebook: notebook["cells"][1]["metadata"].update(trusted=True),
    "a tag twice": lambda notebook: notebook["cells"][0]["metadata"].update(
        tags=["trainer", "trainer"]
    ),
    "a tag with a comma": lambda notebook: notebook["cells"][0]["metadata"].update(tags=["a,b"]),
    "an empty tag": lambda notebook: notebook["cells"][0]["metadata"].update(tags=[""]),
    "tags as a text": lambda notebook: notebook["cells"][0]["metadata"].update(tags="trainer"),
    "a source by number": lambda notebook: notebook["cells"][0].update(source=7),
    "lines by number": lambda notebook: notebook["cells"][0].update(source=["# Judul", 7]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_written_otherwise_is_left_to_the_library(
    change: Callable[[dict[str, Any]], object],
) -> None:
    notebook = written()
    assert read_plain(json.dumps(notebook)) is not None
    change(notebook)

    assert read_plain(json.dumps(notebook)) is None


@pytest.mark.parametrize("text", ["", "[]", "7", "null", '{"cells": [', '"cells"', "[" * 100_000])
def test_what_is_no_notebook_is_left_to_the_library(text: str) -> None:
    assert read_plain(text) is None
