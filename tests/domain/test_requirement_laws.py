"""What holds of every kind of requirement, whatever the facts."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from psm_course.domain.register import Attempt
from psm_course.domain.requirement import Facts
from tests.domain.each_requirement import (
    ATTENDANCE,
    NO_CRITICAL,
    NOTHING_OPEN,
    OBSERVED,
    PASSED,
    PRACTISED,
    RUBRIC,
    TAKEN,
    found,
    right,
)
from tests.register_builders import HOURS, an_attempt

QUIZZES = ("tes-awal", "tes-akhir", "latihan-1", "latihan-2", "latihan-3")
ITEMS = ("satu", "dua", "tiga")
EVERY_KIND = (
    ATTENDANCE,
    ATTENDANCE | {"excused": "counts"},
    PRACTISED,
    TAKEN,
    PASSED,
    NO_CRITICAL,
    OBSERVED,
)
BY_ORDER = ("no_critical",)
PRESENCES = ("absent", "excused", "late", "present")


@st.composite
def any_attempt(draw: st.DrawFn) -> Attempt:
    critical = tuple(draw(st.sets(st.sampled_from(ITEMS))))
    rest = [item for item in ITEMS if item not in critical]
    share = draw(st.integers(0, 4))
    return an_attempt(
        draw(st.sampled_from(QUIZZES)),
        points=str(share),
        passed=None if draw(st.booleans()) else share >= 3 and not critical,
        critical=critical,
        right=tuple(draw(st.sets(st.sampled_from(rest)))) if rest else (),
    )


any_facts = st.builds(
    Facts,
    st.dictionaries(st.sampled_from(list(HOURS)), st.sampled_from(PRESENCES)),
    st.lists(any_attempt(), max_size=6),
    st.dictionaries(st.sampled_from(("sapa", "catat")), st.integers(1, 4)),
)
any_kind = st.sampled_from(EVERY_KIND)


@given(any_kind, any_facts)
def test_a_next_step_is_named_exactly_while_something_is_missing(
    kind: dict[str, Any], facts: Facts
) -> None:
    judgement = found(kind, facts, **RUBRIC)

    assert (judgement.next_step is None) == judgement.met


@given(
    any_kind,
    any_facts,
    st.sampled_from(list(HOURS)),
    st.sampled_from(PRESENCES),
    st.sampled_from(PRESENCES),
)
def test_better_attendance_makes_nobody_worse(
    kind: dict[str, Any], facts: Facts, session: str, one: str, other: str
) -> None:
    worse, better = sorted((one, other), key=PRESENCES.index)
    before, after = (
        Facts({**facts.presence, session: p}, facts.attempts, facts.levels) for p in (worse, better)
    )  # type: ignore[dict-item]

    assert found(kind, before, **RUBRIC).met <= found(kind, after, **RUBRIC).met


@given(any_kind, any_facts, any_attempt())
def test_one_more_attempt_makes_nobody_worse_unless_it_is_dangerous(
    kind: dict[str, Any], facts: Facts, attempt: Attempt
) -> None:
    after = Facts(facts.presence, [*facts.attempts, attempt], facts.levels)

    assert attempt.critical or found(kind, facts, **RUBRIC).met <= found(kind, after, **RUBRIC).met


@given(
    any_kind, any_facts, st.sampled_from(("sapa", "catat")), st.integers(1, 4), st.integers(1, 4)
)
def test_a_higher_level_makes_nobody_worse(
    kind: dict[str, Any], facts: Facts, criterion: str, one: int, other: int
) -> None:
    before, after = (
        Facts(facts.presence, facts.attempts, {**facts.levels, criterion: level})
        for level in sorted((one, other))
    )

    assert found(kind, before, **RUBRIC).met <= found(kind, after, **RUBRIC).met


@given(
    st.sampled_from([kind for kind in EVERY_KIND if kind["kind"] not in BY_ORDER]),
    any_facts,
    st.randoms(use_true_random=False),
)
def test_only_critical_errors_ask_in_which_order_attempts_came(
    kind: dict[str, Any], facts: Facts, random: Any
) -> None:
    shuffled = random.sample(facts.attempts, len(facts.attempts))
    after = Facts(
        dict(random.sample(list(facts.presence.items()), len(facts.presence))),
        shuffled,
        facts.levels,
    )

    assert found(kind, facts, **RUBRIC).met == found(kind, after, **RUBRIC).met


@given(any_facts)
def test_whoever_answers_everything_right_has_no_critical_error_open(facts: Facts) -> None:
    after = Facts(facts.presence, [*facts.attempts, right(*ITEMS)], facts.levels)

    assert found(NO_CRITICAL, after) == NOTHING_OPEN
