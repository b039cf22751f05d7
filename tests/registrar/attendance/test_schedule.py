"""When and where a session is, and who speaks, in one line: only what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from psm_course.domain.register import HeldSession
from psm_course.registrar.attendance.schedule import held_in_words

BARE = HeldSession("ppks", date(2026, 11, 24))
KNOWN = replace(
    BARE,
    start="08.30",
    minutes=135,
    room="Aula Lantai 2",
    speaker="dr. Contoh",
    institution="Dinas Kesehatan",
)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            KNOWN,
            "24 November 2026, 08.30–10.45, Aula Lantai 2, pemateri dr. Contoh (Dinas Kesehatan)",
        ),
        (
            replace(KNOWN, minutes=None, institution=""),
            "24 November 2026, 08.30–09.15, Aula Lantai 2, pemateri dr. Contoh",
        ),
        (replace(BARE, institution="Kemensos"), "24 November 2026, pemateri dari Kemensos"),
        (BARE, "24 November 2026"),
    ],
)
def test_only_what_is_known_is_said(held: HeldSession, said: str) -> None:
    assert held_in_words(held, minutes=45) == said


def test_the_day_is_left_out_where_the_sheet_says_it() -> None:
    assert (
        held_in_words(BARE, 45, with_day=False),
        held_in_words(replace(BARE, room="Aula"), 45, with_day=False),
    ) == ("", "Aula")
