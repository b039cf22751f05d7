"""A small course as `psm check` sees it on the day of these tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from psm_course.checking.check import check_course

TODAY = date(2026, 11, 24)
ITEM = """\
  - id: pamit
    type: choice
    objective: sapa-warga
    prompt: Apa yang Anda ucapkan terakhir?
    choices:
      - {id: a, text: Terima kasih, correct: yes}
      - {id: b, text: Tidak apa-apa pergi saja}
    explanation: Warga sudah memberi waktunya.
    source: Panduan kursus
"""


def messages(root: Path, today: date = TODAY) -> list[str]:
    """What is said of the course in this folder, in order."""
    return [str(problem) for problem in check_course(root, today).problems]


def another_quiz(quiz: str, **header: str) -> str:
    """A quiz file with this header and one item, the one that takes leave."""
    lines = {"id": quiz, "title": "Kuis lain", "use": "practice", **header}
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + "items:\n" + ITEM
