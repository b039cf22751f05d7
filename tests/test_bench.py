"""What `make bench` is asked for. What it measures is printed, never asserted."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import PARTS, asked_for


def test_asked_for_nothing_it_measures_every_part() -> None:
    assert asked_for([]).parts == list(PARTS)


def test_asked_for_two_parts_it_measures_these() -> None:
    assert asked_for(["grading", "site"]).parts == ["grading", "site"]


def test_it_measures_in_full_unless_asked_for_the_small_form() -> None:
    assert (asked_for([]).small, asked_for(["--small", "site"]).small) == (False, True)


def test_an_unknown_part_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        asked_for(["grading", "speed"])

    assert refused.value.code == 2
    assert f"unknown part: speed. There are: {', '.join(PARTS)}." in capsys.readouterr().err
