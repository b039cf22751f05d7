"""Which items a learner gets, and in which order: anybody can compute it again."""

from __future__ import annotations

from collections import Counter

import mmh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.grading.draw import Draw, Sitting, turn_of
from psm_course.grading.grade import Grader
from tests.builders import a_choice, a_quiz, a_submission
from tests.sittings import seeded_order

IDS = ["pak-j", "bu-c", "alur", "mitra", "kelurahan", "sebutan"]
SITTING = Sitting("D26-017", "tes-akhir", 1)


# ---- the hash ------------------------------------------------------------------------------------


def murmur3(data: bytes) -> int:
    """MurmurHash3, x86, 32 bit, seed 0, as published by Austin Appleby:
    what the reader's script implements as well.
    """

    def mix(block: int) -> int:
        block = block * 0xCC9E2D51 & 0xFFFFFFFF
        block = (block << 15 | block >> 17) & 0xFFFFFFFF
        return block * 0x1B873593 & 0xFFFFFFFF

    state = 0
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        state ^= mix(int.from_bytes(data[at : at + 4], "little"))
        state = (state << 13 | state >> 19) & 0xFFFFFFFF
        state = (state * 5 + 0xE6546B64) & 0xFFFFFFFF
    state ^= mix(int.from_bytes(data[whole:], "little"))
    state ^= len(data)
    state ^= state >> 16
    state = state * 0x85EBCA6B & 0xFFFFFFFF
    state ^= state >> 13
    state = state * 0xC2B2AE35 & 0xFFFFFFFF
    return state ^ state >> 16


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        ("foo", 4138058784),
        ("test", 3127628307),
        ("hello", 613153351),
        ("hello, world", 345750399),
        ("The quick brown fox jumps over the lazy dog", 776992547),
    ],
)
def test_murmurhash3_reference_values(text: str, value: int) -> None:
    assert mmh3.hash(text, signed=False) == value
    assert murmur3(text.encode()) == value


@given(st.text(max_size=40))
def test_the_library_is_the_published_hash_of_the_utf_8_text(text: str) -> None:
    assert mmh3.hash(text, signed=False) == murmur3(text.encode())


# ---- the order -----------------------------------------------------------------------------------


def test_one_pinned_order() -> None:
    """If this changes, learners' screens and the office disagree about every test already taken."""
    assert seeded_order(SITTING, IDS) == ["mitra", "kelurahan", "pak-j", "bu-c", "sebutan", "alur"]
    assert seeded_order(SITTING._replace(attempt=2), IDS) == [
        "alur",
        "mitra",
        "sebutan",
        "pak-j",
        "kelurahan",
        "bu-c",
    ]
    assert seeded_order(SITTING, list("abcd"), inside="pak-j") == ["c", "b", "d", "a"]


def test_order_is_by_the_hash_of_participant_quiz_attempt_and_id() -> None:
    assert seeded_order(SITTING, IDS) == sorted(
        IDS, key=lambda name: murmur3(f"D26-017|tes-akhir|1|{name}".encode())
    )
    assert seeded_order(SITTING, list("abcd"), "pak-j") == sorted(
        "abcd", key=lambda name: murmur3(f"D26-017|tes-akhir|1|pak-j|{name}".encode())
    )


@given(st.permutations(IDS))
def test_order_does_not_depend_on_the_order_in_the_file(ids: list[str]) -> None:
    assert seeded_order(SITTING, ids) == seeded_order(SITTING, IDS)


def drawn_items(sitting: Sitting, ids: list[str], draw: int | None, shuffled: bool) -> list[str]:
    size = {} if draw is None else {"draw": draw}
    return Draw(
        a_quiz([a_choice(name) for name in ids], shuffle="items" if shuffled else "none", **size)
    ).items(sitting)


# ---- the draw ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "shuffled", "items"),
    [
        (None, False, ["pak-j", "bu-c", "alur", "mitra", "kelurahan", "sebutan"]),
        (None, True, ["mitra", "kelurahan", "pak-j", "bu-c", "sebutan", "alur"]),
        (3, True, ["mitra", "kelurahan", "pak-j"]),
        (3, False, ["pak-j", "mitra", "kelurahan"]),
        (6, False, ["pak-j", "bu-c", "alur", "mitra", "kelurahan", "sebutan"]),
        (1, True, ["mitra"]),
    ],
)
def test_drawn_items_in_the_order_shown(draw: int | None, shuffled: bool, items: list[str]) -> None:
    assert drawn_items(SITTING, IDS, draw, shuffled) == items


@given(
    st.builds(Sitting, st.text(max_size=10), st.text(max_size=10), st.integers(1, 20)),
    st.lists(st.text("bcdef", min_size=1, max_size=4), min_size=1, max_size=12, unique=True),
    st.data(),
)
def test_draw_is_a_subset_of_its_size_and_always_the_same(
    sitting: Sitting, ids: list[str], data: st.DataObject
) -> None:
    draw = data.draw(st.integers(1, len(ids)))

    shuffled, in_order = (
        drawn_items(sitting, ids, draw, shuffled=True),
        drawn_items(sitting, ids, draw, shuffled=False),
    )

    assert drawn_items(sitting, ids, draw, shuffled=True) == shuffled
    assert len(set(shuffled)) == draw
    assert set(shuffled) <= set(ids)
    assert in_order == [name for name in ids if name in shuffled]


@pytest.mark.parametrize("shuffle", ["items", "both", "choices", "none"])
def test_draw_does_not_depend_on_the_responses(shuffle: str) -> None:
    grader = Grader(a_quiz([a_choice(name) for name in IDS], draw="3", shuffle=shuffle))
    nothing = grader.grade(a_submission({}))

    everything = grader.grade(a_submission(dict.fromkeys(reversed(IDS), "a")))

    assert list(everything.marks)[:3] == list(nothing.marks)
    assert list(nothing.marks) == drawn_items(SITTING, IDS, 3, shuffle in ("items", "both"))


def test_every_item_is_drawn_about_equally_often() -> None:
    """Not a proof of fairness, but a hash of which one bit were stuck would fail it.
    Expected 300 each, sd about 14.
    """
    drawn = Counter(
        name
        for number in range(900)
        for name in drawn_items(Sitting(f"D26-{number:03}", "tes-akhir", 1), IDS, 2, shuffled=True)
    )

    assert {name: 240 < times < 360 for name, times in drawn.items()} == dict.fromkeys(IDS, True)


OBJECTIVES = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "c1": "c"}


def spread(size: int, always: str = "", shuffle: str = "none") -> Draw:
    items = [
        a_choice(name, objective=objective, **({"variants": "selalu"} if name == always else {}))
        for name, objective in OBJECTIVES.items()
    ]
    return Draw(a_quiz(items, draw=size, draw_by="objective", shuffle=shuffle))


@pytest.mark.parametrize("number", range(40))
def test_no_objective_comes_twice_before_every_objective_came_once(number: int) -> None:
    sitting = SITTING._replace(participant=f"D26-{number:03}")

    one_each = spread(3).items(sitting)
    two_rounds = spread(5).items(sitting)

    assert Counter(OBJECTIVES[name] for name in one_each) == {"a": 1, "b": 1, "c": 1}
    assert Counter(OBJECTIVES[name] for name in two_rounds) == {"a": 2, "b": 2, "c": 1}
    assert len({OBJECTIVES[name] for name in spread(2).items(sitting)}) == 2


@pytest.mark.parametrize("number", range(40))
def test_the_only_one_of_its_variants_is_always_drawn_and_counts_for_its_objective(
    number: int,
) -> None:
    sitting = SITTING._replace(participant=f"D26-{number:03}")

    assert spread(1, always="a2").items(sitting) == ["a2"]
    assert Counter(OBJECTIVES[name] for name in spread(3, always="a2").items(sitting)) == {
        "a": 1,
        "b": 1,
        "c": 1,
    }
    assert "a2" in spread(3, always="a2", shuffle="items").items(sitting)


def test_the_plan_says_what_all_draws_have_in_common() -> None:
    plan = spread(4, always="a2").plan()

    assert [(group.ids, group.taken, group.may_have_one_more) for group in plan.groups] == [
        (("a2",), 1, False),
        (("a1", "a3"), 0, True),
        (("b1", "b2"), 1, True),
        (("c1",), 1, False),
    ]
    assert plan.extra == 1


# ---- variants ------------------------------------------------------------------------------------


def with_variants(*names: str, **header: str | int) -> Draw:
    """Three free items, and variants of these names with three members: `x-1`, `x-2`, `x-3`."""
    free = [a_choice(f"bebas-{number}") for number in (1, 2, 3)]
    return Draw(
        a_quiz(
            [
                *free,
                *(
                    a_choice(f"{name}-{number}", variants=name)
                    for name in names
                    for number in (3, 1, 2)
                ),
            ],
            **header,
        )
    )


def those_of(name: str, drawn: list[str]) -> list[str]:
    return [each for each in drawn if each.startswith(f"{name}-")]


def test_of_variants_everybody_gets_one_and_neighbours_and_next_attempts_another() -> None:
    draw = with_variants("janji", "damai", draw=3, shuffle="items")

    got = {
        (number, attempt): those_of(
            "janji", draw.items(Sitting(f"D26-{number:03}", "tes", attempt))
        )
        for number in range(40)
        for attempt in (1, 2, 3)
    }

    assert got[17, 1] == [
        "janji-3"
    ]  # 17 + 1 - 1 = 17, and 17 mod 3 = 2: the third in the order of the ids
    assert got[17, 2] == ["janji-1"]
    assert got[18, 1] == ["janji-1"]
    assert {len(drawn) for drawn in got.values()} == {1}
    assert all(got[number, 1] != got[number + 1, 1] for number in range(39))
    assert all(len({got[number, attempt][0] for attempt in (1, 2, 3)}) == 3 for number in range(40))


@pytest.mark.parametrize(
    ("participant", "turn"),
    [
        ("D26-017", 17),
        ("017", 17),
        ("D26-017-x", 17),
        ("tamu", 0),
        ("", 0),
        ("D26-12345678901", 345678901),
        ("٣", 0),
    ],
)
def test_the_turn_is_the_last_number_on_the_card(participant: str, turn: int) -> None:
    assert turn_of(Sitting(participant, "tes", 1)) == turn
    assert turn_of(Sitting(participant, "tes", 4)) == turn + 3


def test_without_a_draw_everybody_gets_all_the_rest_and_one_of_the_variants() -> None:
    drawn = with_variants("janji").items(Sitting("D26-002", "tes", 1))

    assert drawn == ["bebas-1", "bebas-2", "bebas-3", "janji-3"]


def test_variants_of_different_number_take_turns_by_their_own_number() -> None:
    items = [
        a_choice(f"{name}-{number}", variants=name)
        for name, count in (("dua", 2), ("lima", 5))
        for number in range(count)
    ]
    draw = Draw(a_quiz(items))

    assert [draw.items(Sitting(f"{number}", "tes", 1)) for number in range(10)] == [
        [f"dua-{number % 2}", f"lima-{number % 5}"] for number in range(10)
    ]


def test_whoever_grades_knows_which_variant_was_asked() -> None:
    quiz = a_quiz([a_choice(f"janji-{number}", variants="janji") for number in (1, 2, 3)])

    graded = Grader(quiz).grade(a_submission({"janji-3": "a", "janji-1": "a"}))

    assert {name: mark.status for name, mark in graded.marks.items()} == {
        "janji-3": "marked",
        "janji-1": "ungradable",
    }


# ---- the definition, once more -------------------------------------------------------------------


def by_definition(
    sitting: Sitting, groups: dict[str, str], always: set[str], size: int
) -> list[str]:
    """What is always drawn, then one item of each group that has had none, then a second of each …,
    each round in the order of the hash.
    """
    ordered = sorted(
        groups,
        key=lambda name: (mmh3.hash("|".join(map(str, (*sitting, name))), signed=False), name),
    )
    had = Counter(groups[name] for name in always)
    rounds = {}
    for name in ordered:
        if name not in always:
            rounds[name] = had[groups[name]]
            had[groups[name]] += 1
    others = sorted(rounds, key=lambda name: rounds[name])
    drawn = always | set(others[: size - len(always)])
    return [name for name in ordered if name in drawn]


@given(
    st.builds(Sitting, st.text(max_size=10), st.text(max_size=10), st.integers(1, 20)), st.data()
)
def test_every_draw_is_the_one_of_the_definition(sitting: Sitting, data: st.DataObject) -> None:
    ids = data.draw(
        st.lists(st.text("bcdef", min_size=1, max_size=4), min_size=1, max_size=14, unique=True)
    )
    groups = {name: data.draw(st.sampled_from(["satu", "dua", "tiga", "empat"])) for name in ids}
    always = data.draw(st.sets(st.sampled_from(ids), max_size=len(ids)))
    size = data.draw(st.integers(max(len(always), 1), len(ids)))
    items = [
        a_choice(
            name,
            objective=groups[name],
            **({"variants": f"hanya-{name}"} if name in always else {}),
        )
        for name in ids
    ]
    quiz = a_quiz(items, draw=size, draw_by="objective", shuffle="items")

    assert Draw(quiz).items(sitting) == by_definition(sitting, groups, always, size)
