"""No statement of the register forgets whose rows it asks for: the watch that looks at all of them
in every test.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, insert, select, update

import psm_course
from psm_course.store.engine import Store
from psm_course.store.rows import ours
from psm_course.store.schema import attempt, cohort, decision, enrolment, outcome, submission
from tests.offices import forgotten_in
from tests.register_builders import arranging

OURS = enrolment.c.office == "32.76"
_again = outcome.alias()
_OTHER = outcome.alias("other")
FORGETTING: dict[str, tuple[Any, set[str]]] = {
    "a table": (select(enrolment.c.name), {"enrolment"}),
    "an alias": (select(_again.c.id), {"outcome"}),
    "one of two joined": (
        select(attempt.c.id).join(enrolment, enrolment.c.number == attempt.c.number).where(OURS),
        {"attempt"},
    ),
    "the right side of an outer join": (
        select(enrolment.c.name)
        .outerjoin(attempt, attempt.c.number == enrolment.c.number)
        .where(OURS),
        {"attempt"},
    ),
    "the left side, said by the outer join only": (
        select(enrolment.c.name).outerjoin(
            attempt, (attempt.c.number == enrolment.c.number) & OURS
        ),
        {"attempt", "enrolment"},
    ),
    "one of either": (
        select(enrolment.c.name).where(OURS | (enrolment.c.number == "D26-001")),
        {"enrolment"},
    ),
    "a select within": (
        select(enrolment.c.name).where(
            OURS, enrolment.c.number.in_(select(submission.c.participant))
        ),
        {"submission"},
    ),
    "whether there is one": (
        select(enrolment.c.name).where(
            OURS, ~exists().where(attempt.c.number == enrolment.c.number)
        ),
        {"attempt"},
    ),
    "a number counted beside": (
        select(
            cohort.c.id,
            select(func.count())
            .where(enrolment.c.cohort == cohort.c.id)
            .correlate(cohort)
            .scalar_subquery(),
        ).where(cohort.c.office == "32.76"),
        {"enrolment"},
    ),
    "a table made of a select": (
        select(enrolment.c.name).join(select(attempt.c.number).subquery("sat"), OURS),
        {"attempt"},
    ),
    "a change": (
        update(enrolment).where(enrolment.c.number == "D26-001").values(name=""),
        {"enrolment"},
    ),
    "a removal": (
        delete(enrolment).where(enrolment.c.number.in_(select(attempt.c.number))),
        {"enrolment", "attempt"},
    ),
}
REMEMBERING: dict[str, Any] = {
    "a table": select(enrolment.c.name).where(OURS),
    "two joined, each by a value": select(attempt.c.id)
    .join(enrolment, enrolment.c.number == attempt.c.number)
    .where(OURS, attempt.c.office == "32.76"),
    "one by the other": select(attempt.c.id)
    .join(enrolment, enrolment.c.office == attempt.c.office)
    .where(OURS),
    "the right side of an outer join": select(enrolment.c.name)
    .outerjoin(
        attempt, (attempt.c.office == enrolment.c.office) & (attempt.c.number == enrolment.c.number)
    )
    .where(OURS),
    "whether there is one": select(enrolment.c.name).where(
        OURS,
        ~exists().where(
            attempt.c.office == enrolment.c.office, attempt.c.number == enrolment.c.number
        ),
    ),
    "the latest of each": select(outcome.c.id).where(
        outcome.c.office == "32.76",
        outcome.c.id
        == select(func.max(_OTHER.c.id))
        .where(_OTHER.c.office == outcome.c.office)
        .correlate(outcome)
        .scalar_subquery(),
    ),
    "a change": update(enrolment).where(OURS).values(name=""),
}


@pytest.mark.parametrize("case", FORGETTING)
def test_a_statement_that_forgets_the_office_is_seen(case: str) -> None:
    statement, forgotten = FORGETTING[case]

    assert forgotten_in(statement) == forgotten


@pytest.mark.parametrize("case", REMEMBERING)
def test_a_statement_that_names_the_office_may_run(case: str) -> None:
    assert forgotten_in(REMEMBERING[case]) == set()


def test_a_forgetful_statement_of_the_program_does_not_run(file_store: Store) -> None:
    asks = compile(
        "tx.execute(select(enrolment.c.name)).all()",
        str(Path(psm_course.__file__).parent / "store/made_up.py"),
        "exec",
    )

    with (
        pytest.raises(AssertionError, match=r"^whose rows of enrolment\?"),
        file_store.reading() as tx,
    ):
        # A line of ours.
        exec(asks, {"tx": tx, "select": select, "enrolment": enrolment})  # noqa: S102


def test_a_row_of_no_office_is_not_written(file_store: Store) -> None:
    writes = compile(
        "tx.execute(insert(cohort), [row])",
        str(Path(psm_course.__file__).parent / "store/rows.py"),
        "exec",
    )

    with (
        pytest.raises(AssertionError, match=r"^whose rows of cohort\?"),
        arranging(file_store) as tx,
    ):
        exec(  # noqa: S102 - the same
            writes,
            {
                "tx": tx,
                "insert": insert,
                "cohort": cohort,
                "row": {"id": "D26", "title": "Angkatan 26"},
            },
        )


@pytest.mark.parametrize(
    "statement",
    [insert(cohort), update(cohort).values(title=""), delete(cohort)],
    ids=["insert", "update", "delete"],
)
def test_nothing_but_rows_writes(file_store: Store, statement: Any) -> None:
    writes = compile(
        "tx.execute(statement)", str(Path(psm_course.__file__).parent / "store/made_up.py"), "exec"
    )

    with (
        pytest.raises(AssertionError, match=r"^only store/rows\.py writes"),
        file_store.transaction() as tx,
    ):
        exec(writes, {"tx": tx, "statement": statement})  # noqa: S102 - the same


# ---- limiting a statement to one office ----------------------------------------------------------

DECIDED = (decision.c.office == submission.c.office) & (decision.c.submission == submission.c.id)
WAITING = (
    select(submission.c.id, decision.c.ruling)
    .outerjoin(decision, DECIDED)
    .where(decision.c.submission.is_(None))
)
LIMITED: dict[str, tuple[Any, set[str]]] = {
    "a table": (select(enrolment.c.name), {"enrolment"}),
    "joined": (
        select(attempt.c.id).join(enrolment, enrolment.c.number == attempt.c.number),
        {"attempt", "enrolment"},
    ),
    "named in a condition only": (
        select(attempt.c.id).where(enrolment.c.number == attempt.c.number),
        {"attempt", "enrolment"},
    ),
    "an alias": (select(_again.c.id), {"outcome_1"}),
    "joined outside": (WAITING, {"submission"}),
    "joined outside, other columns taken later": (
        WAITING.with_only_columns(submission.c.quiz),
        {"submission"},
    ),
    "joined outside and inside": (
        WAITING.join(enrolment, enrolment.c.number == submission.c.participant),
        {"submission", "enrolment"},
    ),
    "a join made by hand": (
        select(attempt.c.id).select_from(
            attempt.join(enrolment, enrolment.c.number == attempt.c.number).outerjoin(outcome)
        ),
        {"attempt", "enrolment"},
    ),
    "a select within": (
        select(enrolment.c.name).where(enrolment.c.number.in_(select(attempt.c.number))),
        {"enrolment"},
    ),
    "whether there is one": (
        select(enrolment.c.name).where(exists().where(attempt.c.number == enrolment.c.number)),
        {"enrolment"},
    ),
    "a change": (update(enrolment).values(name=""), {"enrolment"}),
    "a removal": (delete(enrolment), {"enrolment"}),
}


@pytest.mark.parametrize("case", LIMITED)
def test_every_table_of_a_statement_is_limited_but_the_outer_ones(
    file_store: Store, case: str
) -> None:
    """In WHERE, the office of an outer one would take away the rows that have none of it."""
    statement, tables = LIMITED[case]

    with file_store.reading() as tx:
        limited = str(ours(tx, statement).whereclause)

    assert set(re.findall(r"(\w+)\.office = :office", limited)) == tables
