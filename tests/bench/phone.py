"""Marking in the page, on a processor slowed down four times as Lighthouse does for a phone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random

from playwright.sync_api import Browser
from rich.table import Table

from psm_course.grading.grade import compile_scoring
from tests.bench.grading import twenty_items
from tests.bench.size import Size
from tests.scripts import bundled
from tests.sittings import submission_document

_SLOWER = 4
_MARKING = """
  import {types} from 'items:marker';
  import {markers} from './practice/kinds.js';
  export {mark} from './practice/marking.js';
  Object.assign(markers, types);
"""
_MARK_ALL = """([scoring, sittings]) => {
  const start = performance.now();
  for (const responses of sittings) {
    for (const item in responses) PSM.mark(scoring[item], responses[item]);
  }
  return performance.now() - start;
}"""


def phone_rows(table: Table, browser: Browser, size: Size) -> None:
    # A fixed load.
    quiz, random, started = (
        twenty_items(None),
        Random(1),  # noqa: S311
        datetime(2026, 11, 23, tzinfo=UTC),
    )
    written_down = [
        submission_document(quiz, "D26-001", random.random(), random, started)
        for _ in range(size.sittings)
    ]
    sittings = [json.loads(document)["responses"] for document in written_down]
    page = browser.new_page()
    page.add_script_tag(content=bundled(_MARKING))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    took = min(page.evaluate(_MARK_ALL, [compile_scoring(quiz), sittings]) for _ in range(3)) / 1000
    page.close()
    responses = sum(map(len, sittings))
    table.add_row(
        f"marking in the page, processor {_SLOWER} × slower",
        f"{responses / took:,.0f} responses /s",
        "",
        "",
    )
