"""Depok's clock: wherever the program runs, a day is the office's, and it is said in one place."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from psm_course.local_time import day, moment
from tests.test_architecture import modules

LATE = datetime(2026, 12, 31, 18, 5, tzinfo=UTC)


def test_a_moment_is_read_by_the_offices_clock() -> None:
    assert (day(LATE), moment(LATE)) == ("1 Januari 2027", "1 Januari 2027 pukul 01.05")


def test_a_date_stays_what_it_is() -> None:
    assert day(date(2026, 11, 24)) == "24 November 2026"


def test_the_zone_and_the_months_are_written_down_once() -> None:
    said = re.compile(r"hours=7\b|Asia/Jakarta|Januari")

    # The region's file names a zone; its reader only shows how one is written, and who begins such
    # a file knows the three there are.
    known = ["content/region.py", "local_time.py", "starting/regions.py"]
    assert [module for module, source in modules().items() if said.search(source)] == known
