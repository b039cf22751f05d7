"""How often somebody may type what does not fit."""

from __future__ import annotations

import pytest

from psm_course.errors import Refused
from psm_course.web.hall.throttle import Throttle


def test_after_the_last_allowed_try_one_waits_for_the_window_and_others_do_not() -> None:
    now = [0.0]
    throttle = Throttle(most=3, window=60, clock=lambda: now[0])
    for second in range(3):
        now[0] = second
        throttle.refuse_too_many("Siti")
        throttle.note_failure("Siti")

    with pytest.raises(Refused, match=r"^Terlalu banyak .*Tunggu 1 menit"):
        throttle.refuse_too_many("Siti")
    throttle.refuse_too_many("Budi")
    now[0] = 60
    throttle.refuse_too_many("Siti")


def test_made_up_numbers_take_no_room_and_forget_the_oldest_first() -> None:
    throttle = Throttle(most=1)
    for number in range(5001):
        throttle.note_failure(number)

    throttle.refuse_too_many(0)
    with pytest.raises(Refused):
        throttle.refuse_too_many(1)
