"""A cohort's results on the wall: distribution, questions to discuss, and before and after.

No names are shown.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from psm_course.analysis.gain import Gain, Paired
from psm_course.analysis.items import ItemFigures, item_figures
from psm_course.analysis.scores import score_table
from psm_course.analysis.sentences import GRAVE, gain_sentences, number, sentences_of
from psm_course.content.course import Course, find_module, read_course
from psm_course.content.quiz import Quiz
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.forms.figures import Dot, dots, paired_lines
from psm_course.forms.render import render
from psm_course.registrar.answers.first_attempts import (
    ItemResult,
    Sat,
    first_attempts_of,
    named_quiz,
    results,
    watched_test,
)
from psm_course.registrar.completion.adopting import find_course
from psm_course.registrar.completion.judging import course_within
from psm_course.registrar.people.today import cohort_in_the_hall
from psm_course.registrar.reports.analysing import analysis_within, closing_test
from psm_course.settings import Settings
from psm_course.store.engine import Connection, Store
from psm_course.store.opening import open_register
from psm_course.trainer.asked import settings_here
from psm_course.trainer.on_site import is_for_site, only_in_class
from psm_course.trainer.quiet import refuse_where_quiet
from psm_course.trainer.shown import Shown
from psm_course.trainer.widget import Live
from psm_course.trainer.word import word

SECONDS = 20  # between two looks into the register
_SHOWN = 5
_READING = (
    "Titik: bagian yang menjawab benar. Garis: jangkauannya (95 %); makin sedikit orang, makin"
    " panjang."
)
_LEAST = "Tujuan yang paling sedikit berubah"
_FEW = "Tiap tujuan diukur dengan sedikit butir: petunjuk untuk dibicarakan, bukan putusan."


@word('hasil("D26", "tes-awal")')
def hasil(angkatan: str = "", kuis: str = "") -> Shown:
    """Show a cohort's results in one test; the picture is drawn again when answers arrive.

    Args:
        angkatan: the cohort; empty: the cohort that meets today.
        kuis: the test; empty: the test of the latest hand-in, or the opening test before the first
            hand-in.

    Raises:
        Refused: there is no register on this laptop, no such cohort or test, or the module is quiet
            (taught without live results).
    """
    return _live(
        "Hasil angkatan", lambda tx, course: _results_html(*_asked(tx, course, angkatan, kuis))
    )


@word('sebelum_sesudah("D26")')
def sebelum_sesudah(angkatan: str = "", kuis: str = "") -> Shown:
    """Show the results of the same people in two tests, before and after.

    Args:
        angkatan: the cohort; empty: the cohort that meets today.
        kuis: the later test; empty: the closing test of the cohort's course.

    Raises:
        Refused: there is no register on this laptop, no such cohort, no test to compare, or the
            module is quiet (taught without live results).
    """
    return _live("Sebelum dan sesudah", lambda tx, course: _pairs_html(tx, course, angkatan, kuis))


# ---- the register --------------------------------------------------------------------------------


def _live(title: str, draw: Callable[[Connection, Course], str]) -> Shown:
    """Return a live view of the register. `draw` draws it now, and again every few seconds.

    On the site only a placeholder is shown.
    """
    refuse_where_quiet("hasil langsung", "Bicarakan tujuannya bersama peserta tanpa angka.")
    on_site = only_in_class(title)
    if is_for_site():
        return on_site

    def drawn() -> str:
        with register() as (store, course), store.reading() as tx:
            return draw(tx, course)

    html = drawn()
    return Live(
        html,
        {"show": "html", "html": on_site.html},
        "refresh",
        {"html": html, "seconds": SECONDS},
        answer=lambda _: {"html": drawn()},
    )


@contextmanager
def register() -> Iterator[tuple[Store, Course]]:
    """Yield the office's register, and the course to use for cohorts without an adopted course.

    This is the course version that the office adopted last. If the office adopted none, it is the
    course as it is now in the course folder.

    Raises:
        Refused: there is no register on this laptop, or the course cannot be read.
    """
    settings = settings_here()
    if not settings.database and not settings.register.is_file():
        raise Refused(
            "Belum ada register di laptop ini: hasil tes ada di laptop petugas. Kuis, kasus, dan"
            " layar tetap berjalan."
        )
    with open_register(settings) as store:
        yield store, find_course(store) or _course_here(settings)


def _course_here(settings: Settings) -> Course:
    course = read_course(settings.root)[0]
    if course is None:
        raise Refused("Isi kursus di folder ini belum dapat dibaca. Jalankan: psm check")
    return course


def cohort_named(tx: Connection, name: str) -> Cohort:
    """Return the cohort with this name; if `name` is empty, the cohort that meets today.

    Raises:
        Refused: there is no such cohort (the message names the most similar one), or no cohort or
            several cohorts meet today.
    """
    return cohort_in_the_hall(tx, name, datetime.now(UTC))


def _asked(tx: Connection, course: Course, cohort: str, quiz: str) -> tuple[Sat, frozenset[str]]:
    """Return a cohort's first attempts at a test, and ids of objectives that must not be shown.

    `cohort` and `quiz` are the names that the trainer wrote. If `quiz` is empty, it is the test of
    the latest hand-in (`watched_test`).
    """
    found = cohort_named(tx, cohort)
    sat = first_attempts_of(tx, course, found, quiz or watched_test(tx, course, found).id)
    return sat, quiet_objectives(sat.course)


def quiet_objectives(course: Course) -> frozenset[str]:
    """Return the ids of the objectives of quiet modules: no notebook shows results about them.

    A quiet module (`quiet: yes`) is taught without counters and without results on the wall.
    """
    root = settings_here().root
    quiet = [
        module
        for module in course.modules
        if (find_module(root, module.folder) or module.file).quiet
    ]
    return frozenset(each.id for module in quiet for each in module.file.objectives)


# ---- results -------------------------------------------------------------------------------------


def _results_html(sat: Sat, quiet: frozenset[str]) -> str:
    percents = [float(each) for each in score_table(sat.items, sat.sittings).percent]
    return render(
        "results.html",
        title=sat.quiz.header.title,
        enrolled=sat.expected,
        count=len(percents),
        may_be_shown=sat.may_be_shown,
        mean=round(sum(percents) / len(percents)) if percents else 0,
        columns=_columns(percents, sat.quiz) if percents else (),
        pass_mark=sat.quiz.header.pass_mark,
        hardest=_hardest(sat, quiet) if sat.may_be_shown else "",
        without_card=sat.without_card,
    )


def _hardest(sat: Sat, quiet: frozenset[str]) -> str:
    """Return the items to discuss as HTML, hardest first.

    Each item is shown with the share of its points that people earned on average. If `_SHOWN` items
    were each given to enough people, the result is a picture, which also shows a confidence
    interval for each share. Otherwise it is a list. Items with a doubtful key are left out.

    Args:
        sat: the people who sat the test, with their answers.
        quiet: ids of objectives whose items are left out.
    """
    figures = [
        each
        for each in item_figures(sat.items, sat.sittings, score_table(sat.items, sat.sittings))
        if each.item.objective not in quiet
    ]
    # Whether a key is right is found out at the desk, not before the hall.
    shown = [each for each in figures if not {"key", "against"} & set(each.flags)]
    kept_back = _kept_back(len(figures) - len(shown))
    told = [each for each in shown if each.p is not None]
    hardest = sorted(told, key=lambda each: (each.p or 0, each.item.id))[:_SHOWN]
    if len(hardest) == _SHOWN:
        rows = [_dot(sat, each) for each in hardest]
        return dots(
            "Lima soal yang paling perlu dibahas", rows, "Tujuan", f"{_READING} {kept_back}".strip()
        )
    items = [each.item for each in shown]
    plain = [each for each in results(sat) if each.item in items][:_SHOWN]
    return render(
        "hardest.html", items=[(each, _label(sat, each)) for each in plain], kept_back=kept_back
    )


def _kept_back(count: int) -> str:
    """Return the sentence: `count` items are not shown; an empty text if there are none."""
    return (
        f"{count} butir tidak ditampilkan: periksa dulu di meja, halaman Analisis." if count else ""
    )


def _dot(sat: Sat, found: ItemFigures) -> Dot:
    low, high = found.interval or (0, 1)
    alarm = next(
        (
            sentence
            for flag, sentence in zip(found.flags, sentences_of(found), strict=True)
            if flag in GRAVE
        ),
        "",
    )
    return Dot(
        _label(sat, found),
        found.p or 0,
        low,
        high,
        f"{found.people} orang · {found.item.id}",
        alarm,
    )


def _label(sat: Sat, found: ItemFigures | ItemResult) -> str:
    """Return the text that stands for an item on the projector screen.

    For a practice quiz it is the question. For a test it is only the objective, because people who
    will still sit the test must not read its questions. `found` has the item and its figures.
    """
    item = found.item
    return (
        item.prompt
        if not sat.quiz.is_test
        else sat.objectives.get(item.objective, item.objective or item.id)
    )


def _columns(percents: Sequence[float], quiz: Quiz) -> list[dict[str, object]]:
    """Return the ten columns of the picture, from the lowest results to the highest.

    Each column has the number of learners whose result in `percents` is in one range of ten per
    cent. `height` is 100 for the tallest column. `fails` is True if the range begins below the pass
    mark.
    """
    counts = [0] * 10
    for percent in percents:
        counts[min(int(percent // 10), 9)] += 1
    tallest = max(counts)
    line = quiz.header.pass_mark
    return [
        {
            "from": index * 10,
            "to": 100 if index == 9 else index * 10 + 9,
            "count": count,
            "height": round(100 * count / tallest),
            "fails": line is not None and index * 10 < line,
        }
        for index, count in enumerate(counts)
    ]


# ---- before and after ----------------------------------------------------------------------------


def _pairs_html(tx: Connection, course: Course, angkatan: str, kuis: str) -> str:
    cohort = cohort_named(tx, angkatan)
    within = (
        first_attempts_of(tx, course, cohort, kuis).course
        if kuis
        else course_within(tx, course, cohort.id)
    )
    closing = named_quiz(within, kuis) if kuis else closing_test(within)
    if closing is None:
        raise Refused("Kursus angkatan ini tidak punya satu tes akhir. Sebutkan kuisnya.")
    found = analysis_within(tx, course, cohort, closing.id)
    pair = found.analysis.paired
    if pair is None:
        raise Refused(f'"{closing.id}" tidak punya tes awal untuk dibandingkan.')
    title = f"{cohort.title}: sebelum dan sesudah"
    sentences = gain_sentences(pair)
    if pair.all.gain is None:
        return render("no_pairs.html", title=title, sentences=sentences)
    return paired_lines(title, pair.pairs, sentences) + _least_gained(pair, found.sat)


def _least_gained(pair: Paired, sat: Sat) -> str:
    """Return an HTML table of the objectives in which people gained least between the two tests.

    `pair` compares the results of the people who sat both tests; `sat` is the later test. An
    objective is shown only if enough of these people were asked about it in both tests, and if it
    belongs to no quiet module. The result is empty if there is no such objective.
    """
    quiet = quiet_objectives(sat.course)
    told = [
        (name, gain)
        for name, gain in pair.objectives.items()
        if gain.gain is not None and name not in quiet
    ]
    least = sorted(told, key=lambda each: (each[1].gain or 0, each[0]))[:_SHOWN]
    rows = [(sat.objectives.get(name, name), *_cells(gain)) for name, gain in least]

    return (
        render(
            "table.html",
            title=_LEAST,
            columns=("Tujuan", "Sebelum", "Sesudah", "Selisih", "Orang"),
            rows=rows,
            source="",
            note=_FEW,
        )
        if rows
        else ""
    )


def _cells(gain: Gain) -> tuple[str, ...]:
    before, after = (f"{round(each or 0)} %" for each in (gain.before, gain.after))
    return before, after, number(gain.gain or 0), str(gain.people)
