"""Checks that the items of a practice quiz fit on slides."""

from collections.abc import Iterator

from psm_course.authoring.problems import Finding
from psm_course.content.quiz import Quiz
from psm_course.forms.slides.item_room import room_of_items


def item_findings(quiz: Quiz) -> Iterator[Finding]:
    """Yield warnings about items of a practice quiz that are too long for a slide."""
    return (
        Finding(
            ("items", index),
            "butir ini tidak muat di satu slide dengan huruf terkecil",
            "pendekkan pertanyaan, pilihan, atau feedback",
            "warning",
        )
        for index, room in enumerate(room_of_items(quiz))
        if not room.fits
    )
