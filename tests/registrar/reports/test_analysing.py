"""The analysis of a test as an office asks for it: who counts, what is pooled, what is compared,
and the shape of its JSON.
"""

from __future__ import annotations

import pytest
from dirty_equals import Contains

from psm_course.content.quiz import Quiz
from psm_course.domain.register import Reason
from psm_course.registrar.reports.analysing import (
    analyse_cohort,
    analyse_quiz,
    closing_test,
    earlier_test,
)
from psm_course.store.answers.dispositions import add_dispositions
from psm_course.store.engine import Store
from tests.builders import a_choice, a_quiz, options
from tests.register_builders import (
    ACTOR,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hall,
    a_test,
    adopts,
    arranging,
)

COURSE = a_course()
HALF = RIGHT | {"satu": "b", "dua": "b"}
MOST = RIGHT | {"empat": "c"}


def a_full_hall(store: Store, cohort: str = "D26", people: int = 24) -> None:
    """Both tests by everybody: before, two in three have half right; after, three items of four."""
    a_cohort(store, *(f"Peserta {number}" for number in range(people)), cohort=cohort)
    a_hall(store, COURSE, "tes-awal", [HALF, HALF, WRONG] * (people // 3), cohort)
    a_hall(store, COURSE, "tes-akhir", [RIGHT, MOST, HALF] * (people // 3), cohort)


def test_a_full_hall_has_every_figure(store: Store) -> None:
    a_full_hall(store)

    found = analyse_quiz(store, COURSE, "d26", "Tes-Akhir").as_json()

    assert " ".join(found) == (
        "n kr20 kr20_interval mean sd items paired cohort quiz enrolled without_card pooled"
        " objectives reasons"
    )
    assert {name: found[name] for name in ("n", "mean", "cohort", "quiz", "enrolled")} == {
        "n": 24,
        "mean": 75,
        "cohort": "D26",
        "quiz": "tes-akhir",
        "enrolled": 24,
    }
    assert found["reasons"] == {"paired": Contains("dekat batas atas")}
    assert (found["kr20"], found["kr20_interval"]) == (0, [-0.863674, 0.522226])
    assert [(item["id"], item["n"], item["p"]) for item in found["items"]] == [
        ("satu", 24, 0.666667),
        ("dua", 24, 0.666667),
        ("tiga", 24, 1),
        ("empat", 24, 0.666667),
    ]
    assert set(found["items"][0]) == {
        "id",
        "version",
        "objective",
        "n",
        "p",
        "r_rest",
        "r_total",
        "interval",
        "flags",
        "reasons",
        "choices",
    }
    assert found["items"][3]["choices"][2] == {
        "id": "c",
        "share": 0.333333,
        "r": pytest.approx(0.5),
    }
    paired = found["paired"]
    assert (paired["n"], paired["mean_pre"], paired["mean_post"], paired["gain"]) == (
        24,
        pytest.approx(100 / 3),
        75,
        pytest.approx(125 / 3),
    )
    assert (paired["note"], paired["ceiling"], paired["hake_g"]) == (
        "bukan bukti sebab-akibat",
        True,
        0.625,
    )


def test_who_sat_the_opening_test_only_is_told_apart(store: Store) -> None:
    a_cohort(store, *(f"Peserta {number}" for number in range(30)))
    a_hall(store, COURSE, "tes-awal", [HALF, WRONG] * 15)
    a_hall(store, COURSE, "tes-akhir", [RIGHT, HALF] * 11)

    paired = analyse_quiz(store, COURSE, "D26", "tes-akhir").as_json()["paired"]

    assert (paired["n"], paired["only_pre"], paired["only_post"]) == (22, 8, 0)


def test_a_substitute_is_analysed_by_itself(store: Store) -> None:
    """Nobody's substitute is mixed into the closing test, and it is too few to be told of."""
    course = a_course(a_test("tes-awal", use="pretest"), a_test(), a_test("tes-pengganti"))
    a_cohort(store, *(f"Peserta {number}" for number in range(21)))
    a_hall(store, course, "tes-akhir", [RIGHT, HALF] * 10)
    a_hall(store, course, "tes-pengganti", [WRONG])

    assert analyse_quiz(store, course, "D26", "tes-akhir").analysis.people == 20
    substitute = analyse_quiz(store, course, "D26", "tes-pengganti").analysis
    assert (substitute.people, substitute.items) == (1, ())


@pytest.mark.parametrize("people", [0, 1, 19])
def test_too_few_people_are_refused_with_the_reason(store: Store, people: int) -> None:
    a_cohort(store, "Siti", *(f"Peserta {number}" for number in range(people - 1)))
    a_hall(store, COURSE, "tes-akhir", [RIGHT] * people)

    found = analyse_quiz(store, COURSE, "D26", "tes-akhir").as_json()

    assert (found["n"], found["items"], found["mean"], found["kr20"]) == (people, [], None, None)
    assert found["reasons"]["n"] == Contains(f"baru {people} orang", "sedikitnya 20")


def test_a_ruled_item_counts_for_nobody(store: Store) -> None:
    a_full_hall(store)
    with arranging(store) as tx:
        add_dispositions(
            tx, "bimtek", "tes-akhir", {"empat": "full"}, Reason("kunci diperdebatkan"), ACTOR, NOW
        )

    found = analyse_quiz(store, COURSE, "D26", "tes-akhir")

    assert found.analysis.mean == pytest.approx(700 / 9)
    assert (found.analysis.items[3].p, found.analysis.items[3].flags) == (None, ("ruled",))
    assert [choice.share for choice in found.analysis.items[3].choices][2] == pytest.approx(1 / 3)


def test_small_cohorts_are_pooled_by_the_version_of_the_item_alone(store: Store) -> None:
    """D25 had another wording of the first item."""
    other = a_quiz([a_choice("satu", prompt="Lain"), *a_test().items[1:]], title="Tes Akhir")
    for cohort in ("D25", "D26", "D27"):
        a_cohort(store, *(f"Peserta {number}" for number in range(12)), cohort=cohort)
        adopts(
            store,
            a_course(a_test("tes-awal", use="pretest"), other if cohort == "D25" else a_test()),
            cohort,
        )
        a_hall(store, COURSE, "tes-akhir", [RIGHT, HALF] * 6, cohort)

    alone, pooled = (
        analyse_quiz(store, COURSE, "D26", "tes-akhir", pooled) for pooled in (False, True)
    )

    assert alone.analysis.items == ()
    assert pooled.pooled == ("D25", "D27")
    assert [(each.item.id, each.people, each.p) for each in pooled.analysis.items] == [
        ("satu", 24, 0.5),
        ("dua", 36, 0.5),
        ("tiga", 36, 1),
        ("empat", 36, 1),
    ]
    assert (pooled.analysis.people, pooled.analysis.mean) == (12, None)


def test_who_drew_other_items_has_no_reliability(store: Store) -> None:
    drawn = a_quiz(
        [a_choice(name, choices=options("abc")) for name in RIGHT], title="Tes Akhir", draw="2"
    )
    course = a_course(a_test("tes-awal", use="pretest"), drawn)
    a_cohort(store, *(f"Peserta {number}" for number in range(30)))
    a_hall(store, course, "tes-akhir", [RIGHT, WRONG] * 15)

    found = analyse_quiz(store, course, "D26", "tes-akhir").as_json()

    assert (found["n"], found["kr20"]) == (30, None)
    assert found["reasons"]["kr20"] == Contains("butir yang berbeda-beda")
    assert sum(item["n"] for item in found["items"]) == 60


def test_a_page_without_a_test_named_shows_the_one_handed_in_last(store: Store) -> None:
    a_cohort(store, "Siti")
    a_hall(store, COURSE, "tes-akhir", [RIGHT])

    assert analyse_cohort(store, COURSE, "D26").sat.quiz.id == "tes-akhir"


def of_use(use: str, name: str, **header: str) -> Quiz:
    return a_test(name, use=use, **header)


def test_a_closing_test_is_compared_to_the_opening_test_about_the_same() -> None:
    course = a_course(
        of_use("pretest", "awal-1", module="01-peran"),
        of_use("pretest", "awal"),
        of_use("posttest", "akhir"),
    )

    assert getattr(earlier_test(course, course.quizzes["akhir"]), "id", None) == "awal"
    assert earlier_test(course, course.quizzes["awal"]) is None
    assert earlier_test(a_course(of_use("posttest", "akhir")), a_test("akhir")) is None


def test_the_closing_test_is_the_first_that_completing_asks_to_pass() -> None:
    passing = {
        "id": "lulus",
        "kind": "passed",
        "quizzes": ["z-akhir", "a-pengganti"],
        "title": "Lulus",
    }
    course = a_course(
        of_use("posttest", "a-pengganti"), of_use("posttest", "z-akhir"), completion=[passing]
    )

    assert getattr(closing_test(course), "id", None) == "z-akhir"
