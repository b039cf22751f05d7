"""`kuis` and `bantuan`: show a quiz or the help numbers in a cell."""

from psm_course.content.help.contacts import find_contacts
from psm_course.errors import Refused
from psm_course.forms.render import render_help
from psm_course.trainer.asked import quiz_named, settings_here
from psm_course.trainer.on_site import quiz_drawn
from psm_course.trainer.shown import Shown
from psm_course.trainer.word import word


@word('kuis("latihan-ppks-1")')
def kuis(id: str) -> Shown:  # noqa: A002 - trainers read `kuis(id)`
    """Show a quiz that can be answered in the cell.

    Args:
        id: the id of the quiz.

    Raises:
        Refused: there is no such quiz, or it has mistakes.
    """
    quiz = quiz_named(id)
    return Shown(quiz_drawn(quiz), {"show": "quiz", "id": quiz.id})


@word("bantuan()")
def bantuan() -> Shown:
    """Show the box of help numbers from `modules/bantuan.yml`.

    Raises:
        Refused: `modules/bantuan.yml` cannot be read.
    """
    contacts = find_contacts(settings_here().root)
    if contacts is None:
        raise Refused("modules/bantuan.yml belum dapat dibaca. Jalankan: psm check")
    return Shown(render_help(contacts), {"show": "help"})
