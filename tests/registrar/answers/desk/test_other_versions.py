"""Hand-ins of another version of the quiz: what still fits, and what they are graded by."""

from __future__ import annotations

from datetime import timedelta

import pytest

from psm_course.grading.draw import Draw, Sitting
from psm_course.registrar.answers.deciding import OtherVersion, decide, other_version
from psm_course.registrar.answers.regrading import try_regrade
from psm_course.store.engine import Store
from tests.register_builders import NOW, RIGHT, a_cohort, a_course, a_hand_in, a_test, hands_in

COURSE = a_course(a_test("tes-akhir", attempts="1"))
LATER = NOW + timedelta(days=2)
DRAWN = a_course(a_test("tes-akhir", draw="2", shuffle="items"))
# What the present version gives this person; the other two were on the screen when the pool was
# another one.
NOW_DRAWN = Draw(DRAWN.quizzes["tes-akhir"]).items(Sitting("D26-001", "tes-akhir", 1))
SHOWN = [name for name in RIGHT if name not in NOW_DRAWN]


@pytest.mark.parametrize(
    ("responses", "points", "counting", "fit"),
    [
        pytest.param(
            {SHOWN[0]: "a", SHOWN[1]: "b"},
            1,
            set(SHOWN),
            OtherVersion(0, 2, 0, 2),
            id="another draw",
        ),
        pytest.param(
            {SHOWN[0]: "a", NOW_DRAWN[1]: "a"},
            2,
            {SHOWN[0], NOW_DRAWN[1]},
            OtherVersion(1, 1, 0, 2),
            id="half of it",
        ),
        pytest.param(
            {SHOWN[0]: "a"},
            1,
            {SHOWN[0], NOW_DRAWN[0]},
            OtherVersion(0, 1, 0, 2),
            id="one left blank",
        ),
        pytest.param(
            {NOW_DRAWN[1]: "a"},
            1,
            set(NOW_DRAWN),
            OtherVersion(1, 0, 0, 2),
            id="the present draw, one left blank",
        ),
        pytest.param({}, 0, set(NOW_DRAWN), OtherVersion(0, 0, 0, 2), id="all left blank"),
        pytest.param(
            {SHOWN[0]: "a", "dihapus": "a"},
            1,
            {SHOWN[0]},
            OtherVersion(0, 1, 1, 2),
            id="one taken out since",
        ),
        pytest.param(RIGHT, 4, set(RIGHT), OtherVersion(2, 2, 0, 2), id="more than are drawn now"),
    ],
)
def test_another_version_is_graded_by_what_was_on_the_screen(
    store: Store, responses: dict[str, str], points: int, counting: set[str], fit: OtherVersion
) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001", digest="sha256:00", id="lama", responses=responses)
    hands_in(store, DRAWN, document)

    outcome = decide(
        store, DRAWN, "lama", "accepted", "Mulai sebelum situs diperbarui.", "petugas", NOW
    ).outcome

    assert other_version(store, DRAWN, "tes-akhir", document) == fit
    assert outcome is not None
    assert (outcome.points, outcome.maximum) == (points, len(counting))
    assert {name for name, mark in outcome.marks.items() if mark.maximum == 1} == counting


def test_a_later_regrade_keeps_the_items_of_the_other_version(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(
        store,
        DRAWN,
        a_hand_in("D26-001", digest="sha256:00", id="lama", responses=dict.fromkeys(SHOWN, "a")),
    )
    decide(store, DRAWN, "lama", "accepted", "Mulai sebelum situs diperbarui.", "petugas", NOW)

    again = try_regrade(store, DRAWN, "tes-akhir", {}, LATER, lambda *_: None)

    assert (again.attempts, again.changed) == (1, 0)


def test_without_a_draw_everybody_has_all_items_also_those_added_since(store: Store) -> None:
    document = a_hand_in("D26-001", digest="sha256:00", responses={"satu": "a", "dihapus": "a"})

    assert other_version(store, COURSE, "tes-akhir", document) == OtherVersion(1, 0, 1, None)
    assert other_version(store, COURSE, "tes-lama", document) is None


def test_what_another_version_answered_is_the_sum_of_where_it_stands() -> None:
    assert OtherVersion(drawn=1, elsewhere=2, gone=4, size=None).answered == 7


@pytest.mark.parametrize("digest", [None, COURSE.quizzes["tes-akhir"].digest])
def test_the_present_version_is_no_other(store: Store, digest: str | None) -> None:
    assert other_version(store, COURSE, "tes-akhir", a_hand_in("D26-001", digest=digest)) is None
