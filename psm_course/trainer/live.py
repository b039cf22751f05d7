"""What a cell takes from the course and the register: a quiz, the help numbers, a cohort's results."""

from collections.abc import Sequence
from statistics import mean

from psm_course.content.course import find_contacts
from psm_course.content.quiz import Quiz
from psm_course.errors import Refused
from psm_course.forms.render import render, render_help, render_quiz
from psm_course.registrar.answers.results import Results, results_of
from psm_course.store.opening import open_register
from psm_course.trainer.asked import quiz_named, settings_here
from psm_course.trainer.on_site import is_for_site, only_in_class
from psm_course.trainer.shown import Shown
from psm_course.trainer.word import word


@word('kuis("latihan-ppks-1")')
def kuis(id: str) -> Shown:  # noqa: A002 - trainers read `kuis(id)`
    """A quiz that can be answered where it is shown."""
    quiz = quiz_named(id)
    return Shown(render_quiz(quiz.public_view()), {"show": "quiz", "id": quiz.id})


@word("bantuan()")
def bantuan() -> Shown:
    """The box of help numbers from `modules/bantuan.yml`."""
    contacts = find_contacts(settings_here().root)
    if contacts is None:
        raise Refused("modules/bantuan.yml belum dapat dibaca. Jalankan: psm check")
    return Shown(render_help(contacts), {"show": "help"})


@word('hasil("D26", "tes-awal")')
def hasil(angkatan: str, kuis: str) -> Shown:
    """A cohort's results in one quiz, from the office's register: how many where, and which items went wrong."""
    on_site = only_in_class("Hasil angkatan")
    if is_for_site():
        return on_site
    settings = settings_here()
    quiz = quiz_named(kuis)
    if not settings.database and not settings.register.is_file():
        raise Refused("Belum ada register di laptop ini, jadi belum ada hasil. Buka angkatan dulu: psm cohort new KODE")
    with open_register(settings) as store:
        results = results_of(store, angkatan, quiz)
    return Shown(_results_html(quiz, results), {"show": "html", "html": on_site.html})


def _results_html(quiz: Quiz, results: Results) -> str:
    if not results.percents:
        return render("results.html", title=quiz.header.title, empty=True, enrolled=results.enrolled)
    columns = _columns(results.percents, quiz)
    hardest = sorted(results.items, key=lambda item: item.share)[:5]
    return render(
        "results.html",
        title=quiz.header.title,
        empty=False,
        enrolled=results.enrolled,
        count=len(results.percents),
        mean=round(mean(results.percents)),
        columns=columns,
        hardest=hardest,
        pass_mark=quiz.header.pass_mark,
    )


def _columns(percents: Sequence[float], quiz: Quiz) -> list[dict[str, object]]:
    """Learners counted in tens of per cent, as columns of at most 100 units."""
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
            "passes": line is not None and index * 10 >= line,
        }
        for index, count in enumerate(counts)
    ]
