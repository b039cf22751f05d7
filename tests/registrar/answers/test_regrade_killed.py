"""`kill -9` in the middle of a regrade: nothing of it is kept, the register goes on, and the next
run does all of it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, Popen

from psm_course.store.engine import Store
from tests.register_builders import WRONG, a_cohort, a_hand_in, hands_in, register_of
from tests.registrar.answers.test_regrading import COURSE, applied

ROOT = Path(__file__).parents[3]
COHORTS = ("A", "B", "C")


def address_of(store: Store) -> str:
    url = store.engine.url
    return (
        str(url.database)
        if url.get_backend_name() == "sqlite"
        else url.render_as_string(hide_password=False)
    )


def three_cohorts(store: Store) -> None:
    for cohort in COHORTS:
        for enrolment in a_cohort(store, "Siti", "Ujang", cohort=cohort):
            hands_in(store, COURSE, a_hand_in(enrolment.number, responses=WRONG))


def regrading(store: Store) -> Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.registrar.answers.regrade_until_killed",
        address_of(store),
    ]
    return Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)


def test_killed_after_the_first_cohort_was_written_nothing_of_it_is_kept(store: Store) -> None:
    three_cohorts(store)
    before = register_of(store)
    with regrading(store) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        first = process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
        second = process.stdout.readline()

        process.kill()
        process.wait()

    assert (first, second, process.returncode) == ("A 2\n", "B 2\n", -9)
    assert register_of(store) == before
    hands_in(store, COURSE, a_hand_in("A-001", responses=WRONG, id="sesudahnya"))
    assert applied(store, COURSE, tiga="full").changed == 7


def test_left_alone_all_of_it_is_kept(store: Store) -> None:
    three_cohorts(store)

    command = [
        sys.executable,
        "-m",
        "tests.registrar.answers.regrade_until_killed",
        address_of(store),
    ]
    done = subprocess.run(
        command, cwd=ROOT, input="\n" * 3, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines() == ["A 2", "B 2", "C 2", "selesai"]
    register = register_of(store)
    assert (len(register["outcome"]), len(register["disposition"])) == (12, 1)
