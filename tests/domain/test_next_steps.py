"""The cheapest next step where something is still to come, or lies at the desk already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from dirty_equals import IsStr

from psm_course.domain.register import Presence
from psm_course.domain.requirement import Facts
from tests.domain.test_requirements import ATTENDANCE, PASSED, PRACTISED, TAKEN, found, without
from tests.register_builders import HOURS

AHEAD = frozenset({"anak", "difabel", "rujuk", "tutup"})
ALL_AND_DASAR = r"[^.]+akan datang, [^.]+ pengganti: DASAR\."


@pytest.mark.parametrize(
    ("presence", "ahead", "step"),
    [
        ({}, frozenset(HOURS), r"[^.]+akan datang; [^.]+ 13 JP\."),
        (
            dict.fromkeys(without(*AHEAD), "present"),
            AHEAD,
            r"[^.]+akan datang; [^.]+ 5 JP\.",
        ),
        (
            dict.fromkeys(without("dasar", "ppks", *AHEAD), "present"),
            AHEAD,
            ALL_AND_DASAR,
        ),
        (
            dict.fromkeys(without("dasar", *AHEAD), "present") | {"anak": "absent"},
            AHEAD,
            ALL_AND_DASAR,
        ),
    ],
)
def test_what_is_still_to_come_is_no_make_up(
    presence: dict[str, Presence], ahead: frozenset[str], step: str
) -> None:
    """Nobody is told on the first morning to arrange a make-up
    for tomorrow's session; one missed today is missed.
    """
    next_step = found(ATTENDANCE, Facts(presence, (), ahead=ahead)).next_step

    assert next_step == IsStr(regex=step)


# ---- answers that wait for an officer ------------------------------------------------------------

WAITS = r"sudah diterima [^.]+\."


@pytest.mark.parametrize(
    ("requirement", "waiting", "step"),
    [
        (TAKEN, {"tes-awal"}, f"Jawaban Tes Awal {WAITS}"),
        (TAKEN, {"tes-akhir"}, r"[^.]+ serahkan Tes Awal\."),
        (PASSED, {"tes-akhir"}, f"Jawaban Tes Akhir {WAITS}"),
        (
            PRACTISED,
            {"latihan-2"},
            rf"Jawaban Latihan 2 {WAITS} [^.]+ serahkan Latihan 1, latihan-3\.",
        ),
        (
            PRACTISED | {"share": "50"},
            {"latihan-1", "latihan-2", "latihan-3"},
            f"Jawaban Latihan 1, Latihan 2 {WAITS}",
        ),
    ],
)
def test_nobody_is_sent_to_sit_again_what_lies_at_the_desk(
    requirement: Mapping[str, Any], waiting: set[str], step: str
) -> None:
    judgement = found(requirement, Facts({}, (), waiting=waiting))

    assert (judgement.met, judgement.next_step) == (False, IsStr(regex=step))


def test_an_answer_that_waits_counts_for_nothing_yet() -> None:
    assert found(TAKEN, Facts({}, (), waiting={"tes-awal"})).evidence == "belum dikerjakan"
