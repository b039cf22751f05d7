"""Valid things, built with only the difference that matters visible in the test.
Nothing here decides what is right.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from psm_course.authoring.yaml_source import read_file
from psm_course.content.quiz import Quiz, QuizHeader
from psm_course.content.region import Region, read_region
from psm_course.grading.grade import Grader, ItemGrader
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import FORMAT, Submission, check_submission
from psm_course.items import TYPES
from psm_course.items.base import BaseItem
from psm_course.items.marks import Mark


def _our_region() -> Region:
    region, problems = read_region(Path(__file__).parent.parent)
    assert region is not None, problems
    return region


REGION = _our_region()
OFFICE = REGION.office

# ---- items: what an author writes, every scalar as text ------------------------------------------


def options(
    ids: str, correct: str = "a", critical: str = "", credit: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """Choices named by single letters: `options("abcd", correct="ab", critical="d")`."""
    marks = {"correct": correct, "critical": critical}
    return [
        {"id": name, "text": f"Pilihan {name}"}
        | {key: "yes" for key, names in marks.items() if name in names}
        | ({"credit": credit[name]} if credit and name in credit else {})
        for name in ids
    ]


def parts(ids: str) -> list[dict[str, str]]:
    """Parts of an `order` item, in the right order."""
    return [{"id": name, "text": f"Bagian {name}"} for name in ids]


def pairs(ids: str) -> list[dict[str, str]]:
    """Pairs of a `match` item."""
    return [{"id": name, "left": f"Kiri {name}", "right": f"Kanan {name}"} for name in ids]


def a_step(step: str, **choices: tuple[str, str] | tuple[str, str, str]) -> dict[str, Any]:
    """A step of a `case`; each choice is (credit, next) or (credit, next, "critical")."""
    return {
        "id": step,
        "prompt": f"Langkah {step}",
        "choices": [
            {"id": name, "text": f"Tindakan {name}", "credit": credit, "next": onward}
            | ({"critical": "yes"} if rest else {})
            for name, (credit, onward, *rest) in choices.items()
        ],
    }


# The smallest sensible item of a type; of another type its own good example is taken.
SMALLEST: dict[str, dict[str, Any]] = {
    "choice": {"choices": options("abcd", correct="a")},
    "choices": {"choices": options("abcd", correct="ab")},
    "order": {"sequence": parts("abc")},
    "match": {"pairs": pairs("abc")},
    "number": {"answer": "63"},
    "text": {"accept": ["relawan"]},
    "case": {
        "steps": [
            a_step("satu", a=("1", "dua"), b=("0", "end")),
            a_step("dua", a=("1", "end"), b=("0", "end")),
        ]
    },
    "rating": {"scale": "5"},
}


def smallest(kind: str) -> dict[str, Any]:
    """What an author writes of such an item besides what all items have."""
    example = read_file(Path(str(TYPES[kind].folder)) / "good.yml", "good.yml").tree
    assert isinstance(example, dict)
    return SMALLEST.get(kind) or {
        key: value for key, value in example["items"][0].items() if key not in BaseItem.model_fields
    }


def an_item(kind: str = "choice", **written: Any) -> BaseItem:
    """An item of a type, as if read from a file, with some keys written otherwise."""
    tree = {"id": kind, "type": kind, "prompt": f"Soal {kind}", **smallest(kind), **written}
    item = TYPES[kind].model.model_validate(tree)
    assert list(item.rules()) == []
    return item


def a_choice(name: str, **written: Any) -> BaseItem:
    """A four-choice item whose right answer is "a"."""
    return an_item("choice", id=name, **written)


# ---- quizzes and submissions ---------------------------------------------------------------------


def a_quiz(items: Iterable[BaseItem] = (), **header: object) -> Quiz:
    """A gradable quiz; a test with no pass mark unless the header says otherwise."""
    written = {"id": "tes-akhir", "title": "Tes akhir", "use": "posttest"} | {
        key: str(value) for key, value in header.items()
    }
    return Quiz(QuizHeader.model_validate(written), tuple(items) or (an_item(),))


def a_document(responses: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """A submission as it travels."""
    return {
        "format": FORMAT,
        "quiz": "tes-akhir",
        "digest": "sha256:00",
        "participant": "D26-017",
        "id": "5f0c",
        "started_at": "2026-11-24T09:00:00+07:00",
        "finished_at": "2026-11-24T09:20:00+07:00",
        "responses": dict(responses or {}),
    } | changes


def a_submission(responses: Mapping[str, Any] | None = None, **changes: Any) -> Submission:
    return check_submission(a_document(responses, **changes))


def graded(quiz: Quiz, responses: Mapping[str, Any], **changes: Any) -> Outcome:
    """The outcome of these responses."""
    return Grader(quiz).grade(a_submission(responses, quiz=quiz.id, **changes))


def marked(item: BaseItem, response: Any) -> Mark:
    """The mark of one response, from the item's compiled scoring data."""
    return ItemGrader(item.scoring_data())(response)


def points(item: BaseItem, response: Any) -> str:
    """What one response earns, as it is printed."""
    mark = marked(item, response)
    assert mark.status == "marked", mark
    return mark.as_json["points"]


# ---- notebooks and courses -----------------------------------------------------------------------


def markdown_cell(name: str, source: str, *tags: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source,
    }


def code_cell(name: str, source: str, *tags: str, **stored: Any) -> dict[str, Any]:
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    } | stored


def a_notebook(*cells: dict[str, Any], **changes: Any) -> str:
    """The text of a notebook file; a lesson of 45 minutes unless changed."""
    notebook = {
        "cells": list(cells) or [markdown_cell("judul", "# Menyapa warga")],
        "metadata": {"psm": {"minutes": 45, "objectives": ["sapa-warga"]}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook | changes, indent=1, ensure_ascii=False)


COURSE = {
    "modules/wilayah.yml": (Path(__file__).parent.parent / "modules/wilayah.yml").read_text(
        encoding="utf-8"
    ),
    "modules/course.yml": """\
id: bimtek
title: Bimtek Dasar
organiser: Dinas Sosial
hours: 2
minutes_per_hour: 45
sessions:
  - {id: pembukaan, day: 1, hours: 1, title: Pembukaan}
  - {id: menyapa, day: 1, hours: 1, title: Menyapa warga, module: 01-menyapa}
completion:
  - {id: hadir, kind: attendance, share: 80, title: Hadir sedikitnya 80 persen}
  - {id: lulus, kind: passed, quizzes: [tes-akhir], title: Lulus tes akhir}
""",
    "modules/bantuan.yml": """\
contacts:
  - id: polri
    label: Polri 110
    number: "110"
    when: Kejahatan sedang terjadi
    source: polri.go.id
""",
    "modules/01-menyapa/index.md": """\
---
title: Menyapa warga
minutes: 45
objectives:
  - id: sapa-warga
    text: Menyapa warga dan memperkenalkan diri
---

# Menyapa warga

Baca [pelajarannya](01-salam.ipynb).
""",
    "modules/01-menyapa/01-salam.ipynb": a_notebook(),
    "quizzes/tes-akhir.yml": """\
id: tes-akhir
title: Tes akhir
use: posttest
pass_mark: 70
items:
  - id: salam
    type: choice
    objective: sapa-warga
    prompt: Apa yang Anda ucapkan lebih dulu?
    choices:
      - {id: a, text: Salam dan nama Anda, correct: yes}
      - {id: b, text: Perintah}
    explanation: Warga berhak tahu siapa yang datang.
    source: Panduan kursus
""",
    "book/index.md": """\
# Bimtek Dasar

```{quiz} tes-akhir
```
""",
}

# The table of contents of that course, for a test that builds its pages.
CONTENTS = """\
format: jb-book
root: book/index
parts:
  - caption: Modul
    chapters:
      - file: modules/01-menyapa/index
        sections:
          - file: modules/01-menyapa/01-salam
"""


def a_course(root: Path) -> Path:
    """A small course without problems, written under `root`."""
    for path, text in COURSE.items():
        write(root, path, text)
    return root


def write(root: Path, path: str, text: str) -> Path:
    """One more file of a course."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Change one passage of a file; the passage stands there exactly once."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times in {path}: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")
