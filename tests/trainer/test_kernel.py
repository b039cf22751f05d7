"""The words in a kernel of their own: alive where a page is before it, still where the lesson is
run for the site.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains
from nbformat.v4 import new_code_cell, new_notebook

from psm_course.site.execute import run_cells
from psm_course.trainer.on_site import environment_for_site
from psm_course.trainer.shown import SITE_TYPE
from psm_course.trainer.widget import VIEW_TYPE
from tests.conftest import ROOT
from tests.trainer.test_lessons_run import notice_in

CELLS = (
    "from psm_course.trainer import *",
    'tampilkan("latihan-peran-1")',
    'kasus("nenek-halte").main()',
    'jajak("Mana?", ["a", "b"])',
    "kelompok(2, daftar=5)",
    "waktu()",
)
SLIPS = (
    "from psm_course.trainer import *",
    'tampilkan("latihan-pera-1")',
    'kasus("nenek-halt").main()',
    "kelompok()",
    'diagram_batang("x", {})',
)
# What the kernel's other side of a widget is asked, as the page asks it.
ASKING = """
from psm_course.trainer.widget import Live
from psm_course.errors import Refused
def answer(asked):
    if asked["kunjungan"] > 9:
        raise Refused("Paling banyak 9 kunjungan.")
    return {"html": f"<p>{asked['kunjungan']}</p>"}
live = Live("<p>diam</p>", script="sliders", state={"html": "<p>0</p>"}, answer=answer)
for kunjungan in (3, 12, 4):
    live.widget._handle_custom_msg({"kunjungan": kunjungan}, [])
    print(live.widget.reply)
"""


def run(cells: tuple[str, ...], **environment: str) -> list[Any]:
    """What each cell shows, run in the folder of the first module."""
    code = [new_code_cell(source) for source in cells]  # type: ignore[no-untyped-call]
    notebook = new_notebook(cells=code)  # type: ignore[no-untyped-call]
    run_cells(
        notebook,
        ROOT / "modules/01-dasar-peran-psm",
        {"PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"} | environment,
    )
    return [cell["outputs"] for cell in notebook["cells"]]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    return run(
        (*CELLS, *SLIPS[1:], ASKING), PSM_DATA=str(tmp_path_factory.mktemp("tanpa-register"))
    )


def test_every_word_is_alive_before_a_page_with_a_still_picture_beside(live: list[Any]) -> None:
    shown = [outputs[0]["data"] for outputs in live[1 : len(CELLS)]]

    assert [sorted(set(data) & {VIEW_TYPE, "text/html"}) for data in shown] == [
        [VIEW_TYPE, "text/html"]
    ] * 5
    assert len({data[VIEW_TYPE]["model_id"] for data in shown}) == 5


def test_a_slip_is_a_sentence_in_its_cell_and_the_next_cells_go_on(live: list[Any]) -> None:
    assert [notice_in(outputs[0]) for outputs in live[len(CELLS) : -1]] == [
        Contains('Kuis "latihan-pera-1"', "Maksud Anda latihan-peran-1?"),
        Contains('Kasus "nenek-halt"', "Maksud Anda nenek-halte?"),
        Contains("Belum ada register", "kelompok(20, daftar=97)"),
        Contains("diagram_batang: ", "belum ada nilai"),
    ]


def test_the_kernel_answers_what_the_page_asks_and_a_refusal_is_said(live: list[Any]) -> None:
    assert live[-1][0]["text"].splitlines() == [
        "{'trouble': '', 'html': '<p>3</p>'}",
        "{'trouble': 'Paling banyak 9 kunjungan.', 'html': '<p>3</p>'}",
        "{'trouble': '', 'html': '<p>4</p>'}",
    ]


def test_for_the_site_nothing_is_alive(tmp_path: Path) -> None:
    shown = [outputs[0]["data"] for outputs in run(CELLS, **environment_for_site(tmp_path))[1:]]

    assert [VIEW_TYPE in data for data in shown] == [False] * 5
    # A quiz is drawn by the site itself, from its name; the others stand there still.
    assert ["text/html" in data for data in shown] == [False, False, True, True, True]
    assert [SITE_TYPE in data for data in shown[:2]] == [True, True]
