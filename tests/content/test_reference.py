"""The quiz format told twice more from its one declaration: both committed files are fresh, and the
editor schema agrees with reading.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from psm_course.content.reference import PAGE, SCHEMA, page_text, schema_text
from psm_course.items import TYPES

ROOT = Path(__file__).resolve().parents[2]
GOOD = Path(__file__).with_name("good")
BAD = Path(__file__).with_name("bad")
SCHEMA_READ = json.loads(schema_text())


@pytest.mark.parametrize(
    ("path", "text"), [(SCHEMA, schema_text()), (PAGE, page_text())], ids=["schema", "page"]
)
def test_committed_file_is_fresh(path: Path, text: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == text, "run `make reference`"


def test_page_names_every_type_and_every_key() -> None:
    keys = {f"`{key}`" for kind in TYPES.values() for key in kind.model.model_fields}

    assert {
        key for key in keys | {f"`{kind}`" for kind in TYPES} if key not in page_text()
    } == set()


def complaints(file: Path) -> list[str]:
    """What an editor underlines, which reads YAML with its usual guesses."""
    written = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        error.message for error in jsonschema.Draft202012Validator(SCHEMA_READ).iter_errors(written)
    ]


@pytest.mark.parametrize(
    "file",
    [*sorted((ROOT / "quizzes").glob("*.yml")), GOOD / "every-type.yml"],
    ids=lambda file: file.stem,
)
def test_editor_underlines_nothing_in_a_good_quiz(file: Path) -> None:
    assert complaints(file) == []


@pytest.mark.parametrize(
    "name",
    [
        "misspelt-prompt",
        "misspelt-correct",
        "misspelt-title",
        "wrong-flag",
        "wrong-use",
        "wrong-scoring",
        "unknown-type",
        "missing-keys",
    ],
)
def test_editor_underlines_what_reading_complains_about(name: str) -> None:
    assert complaints(BAD / f"{name}.yml") != []
