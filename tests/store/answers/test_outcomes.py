"""Attempts beside what they were graded from: which are read, and how the database finds them."""

from __future__ import annotations

from psm_course.store.answers.outcomes import stream_graded
from psm_course.store.engine import Store
from tests.databases import statements_to
from tests.register_builders import NOW, RIGHT, WRONG, a_cohort, a_course, a_hand_in, hands_in

COURSE = a_course()


def test_the_attempts_of_one_cohort_at_one_quiz_are_read_by_number(store: Store) -> None:
    a_cohort(store, "Lain", cohort="D25")
    a_cohort(store, "Siti", "Ujang")
    for number, quiz, name in (
        ("D26-002", "tes-akhir", "a"),
        ("D25-001", "tes-akhir", "b"),
        ("D26-001", "tes-akhir", "c"),
        ("D26-001", "tes-awal", "d"),
        ("D26-001", "tes-akhir", "e"),
    ):
        hands_in(
            store, COURSE, a_hand_in(number, quiz, RIGHT if name == "e" else WRONG, id=name), NOW
        )

    with store.reading() as tx:
        read = list(stream_graded(tx, "D26", "tes-akhir"))

    assert [(graded.number, graded.sequence, graded.points) for graded in read] == [
        ("D26-001", 1, 0),
        ("D26-001", 2, 4),
        ("D26-002", 1, 0),
    ]
    assert all(graded.items == graded.first_items for graded in read)


def test_everybodys_attempts_at_the_quiz_are_not_read_for_each_cohort(file_store: Store) -> None:
    """With 2,500 cohorts that would be 2,500 times too much, and nothing else would show it."""
    with statements_to(file_store) as asked, file_store.reading() as tx:
        assert list(stream_graded(tx, "D26", "tes-akhir")) == []
        ((question, values),) = asked
        plan = [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", values)]

    assert (
        plan[0]
        == "SEARCH enrolment USING COVERING INDEX ix_enrolment_cohort (office=? AND cohort=?)"
    )
    assert [step for step in plan if "ix_attempt_quiz" in step or step.startswith("SCAN")] == []
