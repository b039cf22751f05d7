"""`psm trainer`: from the command to a lesson that a trainer can begin with."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser
from rich.table import Table

from tests.cli.office.test_serve import free_port

_START = 120_000


def trainer_rows(table: Table, course: Path, browser: Browser) -> None:
    """The course is only read: the command copies it."""
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "psm_course.cli.main",
        "trainer",
        "02",
        "--no-browser",
        "--port",
        str(free_port()),
    ]
    with subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = next(
                found[0] for line in process.stdout if (found := re.search(r"http\S+", line))
            )
            served = time.perf_counter() - start
            page = browser.new_page()
            page.set_default_timeout(_START)
            page.goto(address)
            page.locator(".psm-now", has_text=re.compile(r"\w")).wait_for()
            ready = time.perf_counter() - start
            page.locator(".jp-Notebook section.quiz").last.wait_for(
                state="attached"
            )  # folded away where the room plays it
            run = time.perf_counter() - start
            page.close()
        finally:
            process.terminate()  # or leaving the block would wait for it for ever
    beside = f"address {served:.1f} s, quiz shown {run:.1f} s"
    table.add_row(
        "psm trainer, from the command to the first step beside its notes",
        f"{ready:.1f} s",
        "≤ 10 s",
        beside,
    )
