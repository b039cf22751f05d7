"""Checks that everybody can reach the pass mark, whichever items are drawn."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding
from psm_course.content.quiz import Quiz
from psm_course.grading.chance import best_draw


def pass_mark_findings(quiz: Quiz) -> Iterator[Finding]:
    """Report a pass mark that cannot be reached without a critical error.

    The report says who cannot reach it: nobody at all, or only people who get the hardest draw.
    """
    pass_mark = quiz.header.pass_mark
    if pass_mark is None:
        return
    line = Fraction(pass_mark) / 100
    for lucky, whom in ((True, "siapa pun"), (False, "peserta dengan undian terberat")):
        highest = best_draw(quiz, line, lucky)
        if highest < line:
            yield Finding(
                ("pass_mark",),
                f"batas lulus {plain(pass_mark)} % tidak dapat dicapai {whom}; yang tertinggi"
                f" {plain(Decimal(floor(highest * 1000)) / 10)} %",  # never rounded up to the mark
                "turunkan pass_mark, atau perbaiki butir yang semua jalannya bernilai rendah atau"
                " berbahaya",
            )
            return
