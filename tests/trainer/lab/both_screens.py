"""A lesson open in the real JupyterLab on the laptop, and on the wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from psm_course.settings import read_settings
from psm_course.trainer.lab.session import trainers_session
from tests.builders import a_course, a_notebook, write

PRACTICE = """\
id: latihan-salam
title: Latihan
use: practice
items:
  - id: salam
    type: choice
    objective: sapa-warga
    prompt: Apa yang Anda ucapkan lebih dulu?
    choices:
      - {id: a, text: Salam, correct: yes}
      - {id: b, text: Perintah}
      - {id: c, text: Larangan}
    explanation: Warga berhak tahu siapa yang datang.
"""


@contextmanager
def both_screens(
    chromium: Browser, root: Path, lesson: Sequence[Any], is_ready: Callable[[Page], None]
) -> Iterator[tuple[Page, Page]]:
    """The laptop and the wall, in a small course at `root`, once `is_ready` has waited for what the
    lesson shows last.
    """
    a_course(root)
    write(root, "quizzes/latihan-salam.yml", PRACTICE)
    write(root, "quizzes/latihan-pamit.yml", PRACTICE.replace("latihan-salam", "latihan-pamit"))
    write(root, "modules/01-menyapa/01-salam.ipynb", a_notebook(*lesson))
    with trainers_session(read_settings(root, {})) as session:
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        laptop = context.new_page()
        laptop.set_default_timeout(60_000)
        laptop.goto(session.address)
        is_ready(laptop)
        with laptop.expect_popup() as opened:
            laptop.get_by_role("button", name="Buka layar proyektor").click()
        wall = opened.value
        wall.set_viewport_size({"width": 1920, "height": 1080})
        wall.locator("#langkah > *").first.wait_for()
        yield laptop, wall
        context.close()
