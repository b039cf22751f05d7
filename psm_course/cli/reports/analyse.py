"""`psm analyse`: which items of a test went wrong and why, and the gain since the pretest."""

from collections.abc import Iterator

import click

from psm_course.analysis.gain import Gain, Paired
from psm_course.analysis.intervals import Interval
from psm_course.analysis.items import ItemFigures
from psm_course.analysis.sentences import GRAVE, gain_sentences, number, percent, sentences_of
from psm_course.cli import context
from psm_course.registrar.reports.analysing import (
    QuizAnalysis,
    analyse_quiz,
    other_forms,
    why_unpaired,
)


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("quiz_id", metavar="KUIS")
@click.option(
    "--pooled",
    is_flag=True,
    help="Angka tiap butir ditambah jawaban angkatan lain atas butir yang persis sama.",
)
@context.json_option
def analyse(cohort_id: str, quiz_id: str, pooled: bool, as_json: bool) -> int:
    """Nilai butir-butir sebuah tes di satu angkatan.

    Terlihat butir mana yang sulit, mana yang keliru dibuat, dan berapa nilai naik.

    Yang dihitung: jawaban pertama setiap peserta, dengan kartu. Di bawah 20 orang tidak ada angka
    (kode keluar 2).
    """
    with context.course_and_register() as (_, course, store):
        found = analyse_quiz(store, course, cohort_id, quiz_id, pooled)
    if as_json:
        context.print_json(found.as_json())
    else:
        click.echo("\n".join(_lines(found)))
    return 0 if found.analysis.items else 2


def _lines(found: QuizAnalysis) -> Iterator[str]:
    sat, analysis = found.sat, found.analysis
    yield (
        f"{sat.quiz.header.title}, {sat.cohort.title}: {analysis.people} dari {sat.expected}"
        " peserta (jawaban pertama, dengan kartu)."
    )
    if sat.without_card:
        yield f"{sat.without_card} orang hanya punya jawaban tanpa kartu; itu tidak dihitung."
    if found.pooled:
        yield (
            f"Angka tiap butir bersama angkatan {', '.join(found.pooled)}, untuk butir yang persis"
            " sama."
        )
    for other in other_forms(sat.course, sat.quiz):
        yield (
            f"{other.header.title} tidak ikut dihitung, juga pada butir yang sama. Lihat: psm"
            f" analyse {sat.cohort.id} {other.id}"
        )
    if not analysis.is_enough:
        yield analysis.reasons["n"]
    else:
        yield (
            f"Rata-rata {number(analysis.mean or 0)} %, simpangan baku {number(analysis.sd or 0)}."
        )
        yield _reliability(found)
    yield from (
        _paired(analysis.paired)
        if analysis.paired
        else (f"Sebelum dan sesudah: {why_unpaired(sat.quiz)}.",)
    )
    yield from _items(analysis.items)
    yield from _objectives(found)


def _reliability(found: QuizAnalysis) -> str:
    told = found.analysis.reliability
    if told.alpha is None:
        return f"Keajegan (KR-20): tidak ada, {told.reason}."
    return (
        f"Keajegan (KR-20): {number(told.alpha, 2)}{_between(told.interval, 2)}, dari {told.people}"
        " orang."
    )


def _paired(pair: Paired) -> Iterator[str]:
    yield from gain_sentences(pair)
    sizes = (("Hake g", pair.all.hake_g), ("d_z", pair.all.d_z))
    told = " · ".join(f"{name} {number(size, 2)}" for name, size in sizes if size is not None)
    if told:
        yield told


def _gain_in_words(gain: Gain) -> str:
    word = "turun" if (gain.gain or 0) < 0 else "naik"
    return (
        f"{number(gain.before or 0)} % lalu {number(gain.after or 0)} %, {word}"
        f" {number(abs(gain.gain or 0))}{_between(gain.interval)}"
    )


def _between(interval: Interval | None, places: int = 1) -> str:
    return (
        f" (95 %: {number(interval.low, places)} sampai {number(interval.high, places)})"
        if interval
        else ""
    )


def _items(items: tuple[ItemFigures, ...]) -> Iterator[str]:
    if not items:
        return
    yield "Butir: n, bagian nilai yang diraih (95 %), hubungan dengan nilai di butir lain (r)"
    for each in sorted(items, key=_gravest_first):
        yield f"{'!' if GRAVE & set(each.flags) else ' '} {each.item.id}: {_figures(each)}"
        yield from (f"    {sentence}" for sentence in sentences_of(each))
        if GRAVE & set(each.flags):
            yield "    " + " · ".join(
                f"{'✓ ' if choice.is_right else ''}{choice.id} {percent(choice.share)}"
                for choice in each.choices
            )


def _gravest_first(found: ItemFigures) -> tuple[bool, float, str]:
    # 2: items without a share come after all others, whose share is at most 1.
    return not GRAVE & set(found.flags), 2 if found.p is None else found.p, found.item.id


def _figures(found: ItemFigures) -> str:
    if found.p is None or found.interval is None:
        return f"n {found.people}"
    r = "" if found.r_rest is None else f", r {number(found.r_rest, 2)}"
    return (
        f"n {found.people}, {percent(found.p)}"
        f" ({percent(found.interval.low)}–{percent(found.interval.high)}){r}"
    )


def _objectives(found: QuizAnalysis) -> Iterator[str]:
    told = {
        name: gain
        for name, gain in (
            found.analysis.paired.objectives if found.analysis.paired else {}
        ).items()
        if gain.gain is not None
    }
    if told:
        yield "Per tujuan (masing-masing dari sedikit butir: petunjuk, bukan putusan)"
    for name, gain in told.items():
        yield (
            f"  {found.sat.objectives.get(name, name)}: {_gain_in_words(gain)}, {gain.people} orang"
        )
