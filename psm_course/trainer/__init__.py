"""What a lesson notebook shows, in JupyterLab on the projector and on the trainee's page alike.

`from psm_course.trainer import kuis, hasil, bantuan, diagram_batang, tabel`. The names are Indonesian because trainers read them.
"""

from psm_course.trainer.figures import diagram_batang, tabel
from psm_course.trainer.live import bantuan, hasil, kuis
from psm_course.trainer.simulations.words import jejaring, terlapor, triase

__all__ = ["bantuan", "diagram_batang", "hasil", "jejaring", "kuis", "tabel", "terlapor", "triase"]
