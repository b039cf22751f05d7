"""An analysis with its pictures, from the register to the page: a cohort's own, and with ten other
cohorts, a thousand attempts.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from rich.table import Table

from psm_course.forms.figures import Dot, dots, paired_lines
from psm_course.registrar.reports.analysing import QuizAnalysis, analyse_cohort
from psm_course.store.opening import open_store
from tests.bench.full_register import PEOPLE, cohort_name, fill, our_course
from tests.bench.size import Size
from tests.bench.timing import best_of, seconds, spent
from tests.builders import OFFICE


def analysis_rows(table: Table, size: Size) -> None:
    course = our_course()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(Path(folder) / "register.db", OFFICE)) as store,
    ):
        fill(store, course, size.analysed)
        for others, pooled in (("its own cohort's", False), ("all cohorts'", True)):

            def work(pooled: bool = pooled) -> None:
                drawn(analyse_cohort(store, course, cohort_name(0), "tes-akhir", pooled))

            what = (
                f"  analysis with pictures, {others} {PEOPLE * (size.analysed if pooled else 1):,}"
                " attempts"
            )
            taken, own = (
                f"{1000 * best_of(size.runs, work, measure):,.0f} ms"
                for measure in (seconds, spent)
            )
            table.add_row(what, taken, "≤ 1,000 ms" if pooled else "", own)


def drawn(found: QuizAnalysis) -> str:
    """Every item as a dot with its interval, and every person as a line."""
    told = [
        each for each in found.analysis.items if each.p is not None and each.interval is not None
    ]
    pictures = (
        dots(
            "Butir",
            [Dot(each.item.prompt, each.p or 0, *(each.interval or (0, 1))) for each in told],
            "Soal",
        )
        if told
        else ""
    )
    pair = found.analysis.paired
    return pictures + (
        paired_lines("Selisih", pair.pairs, ["Selisih"]) if pair and pair.pairs else ""
    )
