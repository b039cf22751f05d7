"""The functions for lesson notebooks ("words"), for JupyterLab and the trainee's page.

`from psm_course.trainer import kuis, tampilkan, kasus, jajak, kelompok, waktu, hasil,
sebelum_sesudah, bahas, triase, jejaring, terlapor, bantuan, diagram_batang, tabel`. Names are
Indonesian for trainers.

The module of a word is imported only when the word is used. Most lessons show quizzes and tables.
Only the words about results need the register, and importing the register takes half the time that
a kernel needs to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psm_course.trainer.discussing import bahas
    from psm_course.trainer.figures import diagram_batang, tabel
    from psm_course.trainer.live import bantuan, kuis
    from psm_course.trainer.results import hasil, sebelum_sesudah
    from psm_course.trainer.simulations.words import jejaring, terlapor, triase
    from psm_course.trainer.teaching.case import kasus
    from psm_course.trainer.teaching.clock import waktu
    from psm_course.trainer.teaching.groups import kelompok
    from psm_course.trainer.teaching.showing import tampilkan
    from psm_course.trainer.teaching.tally import jajak

_MODULES = {
    "bahas": "discussing",
    "bantuan": "live",
    "diagram_batang": "figures",
    "hasil": "results",
    "jajak": "teaching.tally",
    "jejaring": "simulations.words",
    "kasus": "teaching.case",
    "kelompok": "teaching.groups",
    "kuis": "live",
    "sebelum_sesudah": "results",
    "tabel": "figures",
    "tampilkan": "teaching.showing",
    "terlapor": "simulations.words",
    "triase": "simulations.words",
    "waktu": "teaching.clock",
}

__all__ = [
    "bahas",
    "bantuan",
    "diagram_batang",
    "hasil",
    "jajak",
    "jejaring",
    "kasus",
    "kelompok",
    "kuis",
    "sebelum_sesudah",
    "tabel",
    "tampilkan",
    "terlapor",
    "triase",
    "waktu",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    word: object = getattr(import_module(f"psm_course.trainer.{_MODULES[name]}"), name)
    globals()[name] = word
    return word


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
