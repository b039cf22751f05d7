"""A small quiz with its five types of item, and what `psm grade` says of submissions to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_document
from tests.cli.conftest import Psm, Ran

QUIZ = """\
id: tes-kecil
title: Tes kecil
use: posttest
pass_mark: 70
items:
  - id: salam
    type: choice
    prompt: Apa yang lebih dulu?
    choices:
      - {id: a, text: Salam, correct: yes}
      - {id: b, text: Perintah}
      - {id: c, text: Ancaman, critical: yes}
  - id: bekal
    type: choices
    prompt: Apa saja yang dibawa?
    choices:
      - {id: a, text: Buku catatan, correct: yes}
      - {id: b, text: Kartu tugas, correct: yes}
      - {id: c, text: KTP warga}
  - id: pasangan
    type: match
    prompt: Pasangkan.
    pairs:
      - {id: x, left: Anak, right: UPTD PPA}
      - {id: y, left: Sakit, right: Puskesmas}
  - id: jumlah
    type: number
    prompt: Berapa kelurahan di Depok?
    answer: 63
  - id: tahap
    type: order
    prompt: Urutkan.
    sequence:
      - {id: p, text: Dengar}
      - {id: q, text: Catat}
"""
RIGHT = {
    "salam": "a",
    "bekal": ["a", "b"],
    "pasangan": {"x": "x", "y": "y"},
    "jumlah": "63",
    "tahap": ["p", "q"],
}
ITEMS = list(RIGHT)


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    path = tmp_path / "kuis.yml"
    path.write_text(QUIZ, encoding="utf-8")
    return path


def a_line(responses: Any = RIGHT, **changes: Any) -> str:
    return json.dumps(
        a_document(**{"quiz": "tes-kecil"} | changes) | {"responses": responses}, ensure_ascii=False
    )


def graded(psm: Psm, quiz: Path, *lines: str | bytes) -> Ran:
    path = quiz.with_name("jawaban.jsonl")
    path.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    )
    return psm("grade", quiz, path)


def outcomes(ran: Ran) -> list[dict[str, Any]]:
    assert "Traceback" not in ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def what_came(ran: Ran) -> list[str]:
    """For each line of output its percentage, or its error."""
    return [outcome.get("percent", outcome.get("error")) for outcome in outcomes(ran)]
