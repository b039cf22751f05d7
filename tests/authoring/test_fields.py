"""The kinds of value an author can write. Their mistakes are in `bad/`;
here is what is accepted, and as what.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from psm_course.authoring.fields import Count, Credit, Day, Flag, Id, Month, Percent, Text


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        *[(Flag, text, True) for text in ("yes", "ya", "true", "Yes", " YA ")],
        *[(Flag, text, False) for text in ("no", "tidak", "false", "No", "TIDAK")],
        (Text, "  Salam \n", "Salam"),
        (Text, "no", "no"),
        (Id, "pak-j", "pak-j"),
        (Id, "010", "010"),
        (Id, "a.b_c-9", "a.b_c-9"),
        (Id, "x" * 64, "x" * 64),
        (Credit, "0,5", Decimal("0.5")),
        (Credit, "1", Decimal(1)),
        (Percent, "66,67", Decimal("66.67")),
        (Percent, "0", Decimal(0)),
        (Count, "2,0", 2),
        (Count, "1.000", 1000),
        (Month, "2027-06", date(2027, 7, 1)),
        (Month, "2027-12", date(2028, 1, 1)),
        (Day, "2026-11-23", date(2026, 11, 23)),
    ],
)
def test_what_is_written_becomes(kind: Any, written: str, value: object) -> None:
    assert TypeAdapter(kind).validate_python(written) == value
