"""Bars and tables: Indonesian numbers, text that can be read aloud, refusals that say why."""

from __future__ import annotations

import pytest

from psm_course.errors import Refused
from psm_course.trainer import diagram_batang, tabel
from psm_course.trainer.figures import angka
from psm_course.trainer.shown import SITE_TYPE, with_own_keys


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (315698, "315.698"),
        (91.52, "91,52"),
        (0.5, "0,5"),
        (12.0, "12"),
        ("apa adanya", "apa adanya"),
        (True, "True"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value: object, written: str) -> None:
    assert angka(value) == written


def test_bars_are_in_proportion_and_described_in_words() -> None:
    drawn = diagram_batang(
        "PMKS 2021",
        {"Fakir miskin": 300, "Lainnya": 100},
        satuan="orang",
        sumber="Dinsos",
        sorot="Fakir miskin",
    ).html

    assert 'width="240.0"' in drawn
    assert 'width="80.0"' in drawn
    assert "Fakir miskin: 300 orang; Lainnya: 100 orang</desc>" in drawn
    assert drawn.count("bar-highlight") == 1
    assert "Sumber: Dinsos" in drawn


def test_names_and_cells_cannot_bring_html() -> None:
    drawn = (
        diagram_batang("<b>x</b>", {"<script>": 1}).html
        + tabel("<i>", ["<u>"], [["<script>"]]).html
    )

    assert "<script>" not in drawn
    assert "<b>" not in drawn


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "belum ada nilai"),
        ({"a": -1}, "negatif atau tak hingga"),
        ({"a": float("nan")}, "tak hingga"),
    ],
)
def test_bars_refuse_what_they_cannot_show(values: dict[str, float], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        diagram_batang("x", values)


def test_a_table_names_the_row_that_does_not_fit() -> None:
    with pytest.raises(Refused, match="ke-2 berisi 1 sel, kolomnya 2"):
        tabel("x", ["a", "b"], [["1", "2"], ["3"]])


def test_the_same_figure_reaches_jupyter_and_the_site() -> None:
    shown = tabel("Judul", ["a"], [["1"]])

    bundle = shown._repr_mimebundle_(include=None, exclude=None)

    assert bundle[SITE_TYPE] == {"show": "html", "html": shown.html}
    assert with_own_keys(shown.html) in bundle["text/html"]
    assert "<style>" not in shown.html
