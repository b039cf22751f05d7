"""`psm check`: checks a course or one file.

To check one quiz, it imports nothing that only a whole course needs, because the author waits for
the result.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from psm_course.authoring.problems import has_errors
from psm_course.checking.report import ByTone, Report
from psm_course.cli import terminal
from psm_course.cli.course.kept_checks import check_one
from psm_course.grading.given import GiveAway

_SELDOM = 100_000  # things made and not gone since Python last looked


@click.command()
@click.argument("path", metavar="[FOLDER|BERKAS]", type=click.Path(path_type=Path), default=Path())
@terminal.json_option
def check(path: Path, as_json: bool) -> int:
    """Periksa isi kursus, atau satu berkas saja: kuis, halaman, atau pelajaran.

    Semua masalah disebut sekaligus.
    """
    with _seldom_collecting():
        report = _report(path, terminal.today())
    if as_json:
        terminal.print_json(_as_json(report))
    else:
        _print(report)
    return 1 if has_errors(report.problems) else 0


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Make Python's garbage collection rare while the block runs.

    A check leaves little garbage, but the search for garbage would take a tenth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _report(path: Path, today: date) -> Report:
    if path.is_file():
        return check_one(path, today)
    # Takes longer to load than one quiz to check.
    from psm_course.checking.check import check as check_folder  # noqa: PLC0415

    return check_folder(path, today)


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "problems": [asdict(problem) for problem in report.problems],
        "quizzes": {
            name: _quiz_json(given, report.by_tone.get(name))
            for name, given in report.quizzes.items()
        },
    }


def _quiz_json(given: GiveAway, by_wording: ByTone | None) -> dict[str, Any]:
    return {
        "items": given.items,
        "drawn": given.drawn,
        "maximum": _number(given.maximum),
        "blank": float(given.blank),
        "tick_all": float(given.tick_all),
        "guess_mean": float(given.guess_mean),
        "guess_pass": None if given.guess_pass is None else float(given.guess_pass),
        "options_alone": by_wording and by_wording.options_alone,
        "test_wise_pass": by_wording and by_wording.test_wise_pass,
        "echo": by_wording and by_wording.echo,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _print(report: Report) -> None:
    for problem in report.problems:
        click.echo(str(problem))
    if report.problems:
        click.echo()
    if report.quizzes:
        terminal.print_table(
            "Nilai yang didapat tanpa tahu apa-apa",
            _HEADINGS,
            map(_row, report.quizzes, report.quizzes.values()),
        )
    if any(found.options_alone is not None for found in report.by_tone.values()):
        rows = (
            (name, *("–" if share is None else _percent(share) for share in found))
            for name, found in report.by_tone.items()
        )
        terminal.print_table(_BY_TONE, ("Kuis", "Tertebak", "Lulus", "Mengulang"), rows)
    errors = sum(problem.severity == "error" for problem in report.problems)
    warnings = len(report.problems) - errors
    if errors:
        click.echo(f"{errors} masalah perlu diperbaiki.")
    elif warnings:
        click.echo(f"{warnings} peringatan.")
    else:
        click.echo("Tidak ada masalah.")


_HEADINGS = ("Kuis", "Butir", "Kosong", "Centang semua", "Menebak", "Lulus menebak")
_BY_TONE = (
    "Yang didapat tanpa mengerti soalnya: dari bunyi pilihan, dan dari kata soal yang diulang"
)


def _row(name: str, given: GiveAway) -> tuple[str, ...]:
    drawn = f"{given.drawn} dari {given.items}" if given.drawn < given.items else str(given.items)
    return (
        name,
        drawn,
        _percent(given.blank),
        _percent(given.tick_all),
        _percent(given.guess_mean),
        _one_in(given.guess_pass),
    )


def _percent(share: Fraction | float) -> str:
    return f"{float(share) * 100:.1f} %".replace(".", ",")


def _one_in(chance: Fraction | None) -> str:
    if chance is None:
        return "–"
    if chance == 0:
        return "tidak mungkin"
    if chance < Fraction(1, 10**9):
        return "< 1 dari semiliar"
    return f"1 dari {int(1 / chance):,}".replace(",", ".")
