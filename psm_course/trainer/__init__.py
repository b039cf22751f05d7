"""What a lesson notebook shows, in JupyterLab on the projector and on the trainee's page alike.

`from psm_course.trainer import kuis, tampilkan, kasus, jajak, kelompok, waktu, hasil, sebelum_sesudah, bahas, triase, jejaring,
terlapor, bantuan, diagram_batang, tabel`. The names are Indonesian because trainers read them.
"""

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
