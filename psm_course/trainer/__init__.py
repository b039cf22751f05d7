"""What a lesson notebook shows, in JupyterLab on the projector and on the trainee's page alike.

`from psm_course.trainer import kuis, hasil, bantuan, diagram_batang, tabel`. The names are Indonesian because trainers read them.
"""

from psm_course.trainer.discussing import bahas
from psm_course.trainer.figures import diagram_batang, tabel
from psm_course.trainer.live import bantuan, kuis
from psm_course.trainer.results import hasil, sebelum_sesudah

__all__ = ["bahas", "bantuan", "diagram_batang", "hasil", "kuis", "sebelum_sesudah", "tabel"]
