"""`make smoke` leaves no target out, and is loud about a step that fails.
The real steps are run by `make smoke` itself.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.smoke import (
    EXCEPTIONS,
    STEPS,
    contents,
    copied,
    failures,
    failures_side_by_side,
    make,
    start_and_stop_trainer,
)

MAKEFILE = """
good:
\t@echo all is well; mkdir -p var && touch var/made
bad:
\t@echo the third bolt is loose; exit 3
stale:
\t@echo new > page.md
waits:
\t@while [ ! -e ../../told ]; do sleep 0.05; done
tells:
\t@touch ../../told
trainer:
\t@echo no such command; exit 127
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (folder / "page.md").write_text("old\n", encoding="utf-8")
    return folder


def test_every_target_is_a_step_or_a_stated_exception() -> None:
    targets = set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    steps = {step.target for step in STEPS}

    assert sorted([*steps, *EXCEPTIONS]) == sorted(targets)


def test_a_step_that_goes_well_says_so_in_one_line(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures([make("good")], checkout) == []

    assert re.fullmatch(r"make good +ok +\d+ s\n", capsys.readouterr().out)


def test_a_step_that_fails_shows_its_output_and_the_others_still_run(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures([make("bad"), make("good")], checkout) == ["bad"]

    said = capsys.readouterr().out
    assert "the third bolt is loose\n" in said
    assert re.search(r"^make bad +FAILED +\d+ s\nmake good +ok +\d+ s$", said, re.MULTILINE)


def test_lanes_run_side_by_side_and_each_in_a_copy_of_its_own(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures_side_by_side(
        [[make("waits")], [make("bad"), make("good"), make("tells")]],
        checkout,
        tmp_path / "salinan",
    ) == ["bad"]

    said = re.findall(r"^make (\w+) +(\w+) +\d+ s$", capsys.readouterr().out, re.MULTILINE)
    assert sorted(said) == [("bad", "FAILED"), ("good", "ok"), ("tells", "ok"), ("waits", "ok")]
    lane = [
        target for target, _ in said if target != "waits"
    ]  # whichever of the two that meet is looked over first says so first
    assert lane == ["bad", "good", "tells"]
    assert not (checkout / "var").exists()


def test_a_step_that_changes_a_file_of_the_checkout_fails(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures([make("stale")], checkout) == ["stale"]

    assert "make stale changed: page.md." in capsys.readouterr().out


def test_a_session_that_does_not_start_fails_with_what_it_said(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trainer = next(step for step in STEPS if step.run is start_and_stop_trainer)

    assert failures([trainer], checkout) == ["trainer"]

    assert "no such command\n" in capsys.readouterr().out


def test_the_copy_has_the_checkout_with_its_times_and_nothing_that_was_made(
    checkout: Path, tmp_path: Path
) -> None:
    for made in ("var/register.db", ".venv/runtime", ".git/HEAD", "tests/__pycache__/x.pyc"):
        (checkout / made).parent.mkdir(parents=True, exist_ok=True)
        (checkout / made).touch()

    copy = copied(checkout, tmp_path / "copy")

    assert {path.name for path in copy.rglob("*")} == {"Makefile", "page.md", "tests"}
    assert contents(copy) == contents(checkout)
    assert (copy / "page.md").stat().st_mtime_ns == (checkout / "page.md").stat().st_mtime_ns
