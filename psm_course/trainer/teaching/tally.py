"""`jajak`: a question to the class, answered by raised hands."""

from collections.abc import Sequence

from psm_course.errors import Refused
from psm_course.forms.prose import inline, lines
from psm_course.forms.render import render
from psm_course.trainer.quiet import refuse_where_quiet
from psm_course.trainer.shown import Shown
from psm_course.trainer.widget import Live
from psm_course.trainer.word import word

_FEWEST, _MOST = 2, 8


@word('jajak("Mana yang Anda pilih?", ["Tunggu", "Telepon"])')
def jajak(pertanyaan: str, pilihan: Sequence[str]) -> Shown:
    """Show a question with the number of raised hands for each choice, which the trainer counts.

    The counts are not stored.

    Args:
        pertanyaan: the question.
        pilihan: the choices.

    Raises:
        Refused: there are too few or too many choices, one is no text or occurs twice, or the
            module is quiet (taught without counters).
    """
    choices = _choices(pilihan)
    refuse_where_quiet(
        "penghitung", "Ajukan pertanyaannya dengan kata-kata, dan terima diam sebagai jawaban."
    )
    return Live(
        render("teaching/poll.html", question=pertanyaan, choices=choices),
        script="jajak",
        state={
            "question": str(lines(pertanyaan)),
            "choices": [
                {"id": str(number), "html": str(inline(choice))}
                for number, choice in enumerate(choices)
            ],
            "counts": {},
        },
    )


def _choices(written: Sequence[str]) -> list[str]:
    if any(not isinstance(choice, str) or not choice.strip() for choice in written):
        raise Refused(
            'jajak(): setiap pilihan harus teks di antara tanda petik, misalnya ["Tunggu",'
            ' "Telepon"].'
        )
    choices = [choice.strip() for choice in written]
    if not _FEWEST <= len(choices) <= _MOST:
        raise Refused(
            f"jajak() memerlukan {_FEWEST} sampai {_MOST} pilihan; tertulis {len(choices)}."
        )
    if len(set(choices)) < len(choices):
        raise Refused("jajak(): ada pilihan yang tertulis dua kali.")
    return choices
