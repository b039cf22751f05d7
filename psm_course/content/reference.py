"""Writes the editor schema and the reference page of the quiz format from its models.

`make reference` runs this module.
"""

import json
import sys
from collections.abc import Container, Iterator
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from psm_course.authoring.reading import models_inside
from psm_course.content.quiz import QuizFile
from psm_course.items import TYPES
from psm_course.items.base import BaseItem

SCHEMA = Path("quizzes/quiz.schema.json")
PAGE = Path("book/format-kuis.md")

_OPENING = """# Format kuis

Satu kuis adalah satu berkas YAML di folder `quizzes/`.
Setiap isian dibaca sebagai teks: `no` tetap "no", `12:30` tetap "12:30".
Periksa dengan `psm check`. Editor yang mengenal `quiz.schema.json` membantu sambil Anda mengetik.
Halaman ini dibuat oleh `make reference`; perubahan di sini akan tertimpa.
"""


def schema_text() -> str:
    """Return the JSON Schema (2020-12) of a quiz file, for editors."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_whole_file().model_json_schema(),
    }
    return json.dumps(_for_people(schema), ensure_ascii=False, indent=1) + "\n"


def _whole_file() -> type[QuizFile]:
    """Return a model of a quiz file in which an item can have every item type."""
    # One union of all item types; the schema chooses among them by the key `type`.
    item: Any = reduce(or_, [kind.model for kind in TYPES.values()])
    described = Field(None, description=QuizFile.model_fields["items"].description)
    items: Any = (tuple[Annotated[item, Field(discriminator="type")], ...] | None, described)
    return create_model("QuizFile", __base__=QuizFile, items=items)


def _for_people(value: Any) -> Any:
    """Return the schema without what authors do not need.

    Pydantic's English titles, the docstrings of the program, and nulls are left out; authors do not
    write nulls.
    """
    if isinstance(value, list):
        return [_for_people(inner) for inner in value if inner != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, inner in value.items():
        is_name_of_type = key == "title" and isinstance(inner, str)
        is_docstring = key == "description" and "properties" in value
        if not is_name_of_type and not is_docstring and not (key == "default" and inner is None):
            kept[key] = _for_people(inner)
    return kept


def page_text() -> str:
    """Return the reference page of the quiz format, in Markdown."""
    return "\n".join(_page_lines())


def _page_lines() -> Iterator[str]:
    yield _OPENING
    yield "## Kepala berkas\n"
    yield from _table(QuizFile)
    yield "\n## Butir: kunci yang dimiliki semua jenis\n"
    yield from _table(BaseItem)
    for name, kind in TYPES.items():
        yield f"\n## Jenis `{name}`\n"
        yield f"{(kind.model.__doc__ or '').strip()}\n"
        yield from _table(kind.model, leave_out=BaseItem.model_fields)
        for where, inside in models_inside(kind.model):
            yield f"\nIsi `{' / '.join(where)}`:\n"
            yield from _table(inside)
    yield ""


def _table(model: type[BaseModel], leave_out: Container[str] = ()) -> Iterator[str]:
    yield "| Kunci | Wajib | Arti |"
    yield "|---|---|---|"
    for name, field in model.model_fields.items():
        if name not in leave_out:
            is_required = field.is_required() or name == "items"
            # Every type declares `type` anew, without a description.
            yield (
                f"| `{name}` | {'ya' if is_required else ''} |"
                f" {field.description or 'Jenis butir; lihat di bawah.'} |"
            )


def write_reference(root: Path) -> list[Path]:
    """Write the schema and the reference page under a course root; return their paths."""
    written = {root / SCHEMA: schema_text(), root / PAGE: page_text()}
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return list(written)


if __name__ == "__main__":
    for path in write_reference(Path()):
        sys.stdout.write(f"{path}\n")
