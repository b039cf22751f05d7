"""`/angkatan/<code>/analisis`: statistics of a test in a cohort.

The page shows the items that need attention, and the gain since the pretest.
"""

from starlette.responses import Response

from psm_course.analysis.analysing import Analysis
from psm_course.analysis.gain import Gain
from psm_course.analysis.items import ItemFigures
from psm_course.analysis.sentences import GRAVE, gain_sentences, number, sentences_of
from psm_course.forms.figures import Bar, Dot, Kind, choice_bars, dots, paired_lines
from psm_course.registrar.answers.first_attempts import Sat
from psm_course.registrar.reports.analysing import analyse_cohort, why_unpaired
from psm_course.web.permissions import OVERSEEING
from psm_course.web.request_context import RequestContext

_FIRST = 10  # items that are shown at once
_ORDER = {"key": 0, "against": 1, "danger": 2, "hard": 3}


def analysis_page(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/analisis`: the analysis of the test `?kuis=…`.

    Without `?kuis=…` it is the test that somebody handed in most recently, or else the pretest.
    `?gabung=ya` adds other cohorts' answers to the same items. Trainers do not see the wording of
    posttest items, because other people will still sit that test.
    """
    office, pooled = context.office, context.asked("gabung") == "ya"
    found = analyse_cohort(
        office.store, office.course, context.path("cohort"), context.asked("kuis"), pooled
    )
    sat, analysis = found.sat, found.analysis
    shows_wording = context.account.role in OVERSEEING or sat.quiz.header.use != "posttest"
    return context.render(
        "reports/analysis/page.html",
        cohort=sat.cohort,
        sat=sat,
        tests=[
            quiz
            for quiz in sat.course.quizzes.values()
            if quiz.header.use in {"pretest", "posttest"}
        ],
        found=found,
        analysis=analysis,
        pooled=pooled,
        number=number,
        said_of_gain=gain_sentences(analysis.paired)
        if analysis.paired
        else (f"Sebelum dan sesudah: {why_unpaired(sat.quiz)}.",),
        pairs=_pairs(analysis),
        gains=_gains(analysis),
        grave=[
            _grave(sat, each, shows_wording)
            for each in sorted(analysis.items, key=_gravest_first)
            if GRAVE & set(each.flags)
        ],
        all_items=_all_items(sat, analysis, shows_wording),
        few=[each for each in analysis.items if "few" in each.flags],
        rest=[
            (each, sentences_of(each))
            for each in analysis.items
            if each.flags and not GRAVE & set(each.flags) and "few" not in each.flags
        ],
    )


def _pairs(analysis: Analysis) -> str:
    pair = analysis.paired
    return (
        paired_lines("Orang yang sama, sebelum dan sesudah", pair.pairs, gain_sentences(pair))
        if pair and pair.all.gain is not None
        else ""
    )


def _gains(analysis: Analysis) -> list[tuple[str, Gain]]:
    """Return pairs of objective and gain, the smallest gain first.

    An objective is left out if too few people had items on this objective in both tests.
    """
    told = [
        (name, gain)
        for name, gain in (analysis.paired.objectives if analysis.paired else {}).items()
        if gain.gain is not None
    ]
    return sorted(told, key=lambda each: (each[1].gain or 0, each[0]))


def _gravest_first(found: ItemFigures) -> tuple[int, float, str]:
    return (
        min((_ORDER[flag] for flag in found.flags if flag in _ORDER), default=len(_ORDER)),
        found.p or 0,
        found.item.id,
    )


def _label(sat: Sat, found: ItemFigures, shows_wording: bool) -> str:
    return (
        found.item.prompt
        if shows_wording
        else sat.objectives.get(found.item.objective, found.item.id)
    )


def _grave(sat: Sat, found: ItemFigures, shows_wording: bool) -> dict[str, object]:
    """Return values for the template about one item that needs attention, with a chart.

    `found` has the statistics of the item; `sat` are the people who sat the test. The chart shows
    the share of people for each choice. It is empty if `shows_wording` is False: the item's text
    must not be shown.
    """
    bars = [
        Bar(choice.text, told.share, _kind(told.is_right, told.is_critical))
        for choice, told in zip(found.item.choices, found.choices, strict=True)
    ]
    r = (
        ""
        if found.r_rest is None
        else f" · hubungan dengan nilai di butir lain: {number(found.r_rest, 2)}"
    )
    source = f"{found.people} orang{r}"
    return {
        "id": found.item.id,
        "label": _label(sat, found, shows_wording),
        "objective": sat.objectives.get(found.item.objective, ""),
        "sentences": sentences_of(found),
        "figure": choice_bars("Jawaban peserta", bars, source) if bars and shows_wording else "",
        "source": source,
        "p": found.p,
    }


def _kind(is_right: bool, is_critical: bool) -> Kind:
    return "right" if is_right else "danger" if is_critical else "wrong"


def _all_items(sat: Sat, analysis: Analysis, shows_wording: bool) -> tuple[str, str]:
    """Draw two charts of the items with enough answers: the ten hardest items, and the others.

    `sat` are the people who sat the test. If `shows_wording` is False, items are named by their
    objective, not by their text. A chart without items is an empty text.
    """
    told = sorted(
        (each for each in analysis.items if each.p is not None),
        key=lambda each: (each.p or 0, each.item.id),
    )
    rows = [_dot(sat, each, shows_wording) for each in told]
    of_what = "Soal" if shows_wording else "Tujuan"
    first, others = rows[:_FIRST], rows[_FIRST:]
    return (
        dots("Yang paling sulit lebih dulu", first, of_what) if first else "",
        dots("Butir lain", others, of_what) if others else "",
    )


def _dot(sat: Sat, found: ItemFigures, shows_wording: bool) -> Dot:
    low, high = found.interval or (0, 1)
    r = "" if found.r_rest is None else f" · r {number(found.r_rest, 2)}"
    label = _label(sat, found, shows_wording)
    shown = label if len(label) <= 110 else f"{label[:109]}…"
    alarm = sentences_of(found)[0] if GRAVE & set(found.flags) else ""
    return Dot(shown, found.p or 0, low, high, f"{found.item.id} · {found.people} orang{r}", alarm)
