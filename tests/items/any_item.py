"""Hypothesis strategies: any item of any type, responses to it, and any JSON at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from psm_course.items import TYPES
from psm_course.items.base import BaseItem
from tests.builders import a_step, an_item, options, pairs, parts

LETTERS = "abcdef"

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=5), inside, max_size=4)
    ),
    max_leaves=8,
)
_points = st.sampled_from(["0.5", "1", "2", "2.5", "7"])
_credits = st.sampled_from(["0", "0.25", "0.5", "0.33", "1"])


@st.composite
def _choice(draw: st.DrawFn) -> dict[str, Any]:
    ids = LETTERS[: draw(st.integers(2, 6))]
    wrong = draw(st.sets(st.sampled_from(ids[1:])))
    critical = "".join(sorted(wrong))
    return {
        "choices": options(
            ids, critical=critical, credit={name: draw(_credits) for name in ids[1:]}
        )
    }


@st.composite
def _choices(draw: st.DrawFn) -> dict[str, Any]:
    ids = LETTERS[: draw(st.integers(2, 6))]
    correct = ids[: draw(st.integers(1, len(ids)))]
    critical = ids[draw(st.integers(len(correct), len(ids))) :]
    rule = draw(st.sampled_from(["net", "exact", "share"]))
    return {"choices": options(ids, correct=correct, critical=critical), "scoring": rule}


@st.composite
def _case(draw: st.DrawFn) -> dict[str, Any]:
    """Steps lead to the next one or to the end; the very first choice is worth something."""
    names = [f"langkah-{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    steps = []
    for at, name in enumerate(names):
        onward = [*names[at + 1 :], "end"]
        choices = {
            letter: (draw(_credits), draw(st.sampled_from(onward)))
            for letter in LETTERS[: draw(st.integers(1, 3))]
        }
        first = ("1", onward[0])
        risky = {"x": ("0", "end", "critical")} if draw(st.booleans()) else {}
        steps.append(a_step(name, **(choices | {"a": first} | risky)))
    stated = draw(
        st.sampled_from([{}, {"right_from": "0.7"}, {"right_from": "0,5"}, {"right_from": "1"}])
    )
    return {"steps": steps} | stated


_written: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "choice": _choice(),
    "choices": _choices(),
    "order": st.builds(
        lambda size, rule: {"sequence": parts(LETTERS[:size]), "scoring": rule},
        st.integers(2, 6),
        st.sampled_from(["exact", "pairs"]),
    ),
    "match": st.builds(lambda size: {"pairs": pairs(LETTERS[:size])}, st.integers(2, 6)),
    "number": st.builds(
        lambda answer, off, unit: {"answer": str(answer), "tolerance": str(off)} | unit,
        st.integers(-50, 50),
        st.integers(0, 3),
        st.sampled_from([{}, {"unit": "orang"}, {"unit": "Rp."}]),
    ),
    "text": st.just({"accept": ["relawan", "pekerja sosial", "UPTD-PPA"]}),
    "case": _case(),
    "rating": st.just({"scale": "5"}),
}


@st.composite
def items(draw: st.DrawFn, *kinds: str, name: str | None = None) -> BaseItem:
    """An item of one of these types; of any type when none is named."""
    kind = draw(st.sampled_from(kinds or tuple(TYPES)))
    return an_item(
        kind, id=name or kind, points=draw(_points), **draw(_written.get(kind, st.just({})))
    )


# Made once: Hypothesis looks through every strategy that is new to it,
# which takes longer than to draw from it.
_plain = st.integers(-60, 60).map(str) | st.decimals(-60, 60, places=2).map(
    lambda value: str(value).replace(".", ",")
)
_numbers = _plain | st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "Rp ", "rp. "]),
    _plain,
    st.sampled_from(["", " orang", "ORANG."]),
)
_words = st.sampled_from(
    ["relawan", "Relawan!", "relawn", "pekerja-sosial", "uptd ppa", "UPTD/PPA", "petugas", ""]
)
_turns = st.lists(st.integers(0, 3), max_size=5)
_grades = st.integers(0, 6).map(str)
_randoms = st.randoms(use_true_random=False)
_thirds = st.integers(0, 2)


def plausible(item: BaseItem) -> st.SearchStrategy[Any]:
    """Responses of the right shape, most of them gradable."""
    scoring = item.scoring_data()
    match item.type:
        case "choice":
            return st.sampled_from(list(scoring["credit"]))
        case "choices":
            return st.lists(st.sampled_from(scoring["choices"]), max_size=8)
        case "order":
            return st.permutations(scoring["sequence"]).flatmap(
                lambda order: st.integers(0, len(order)).map(lambda size: order[:size])
            )
        case "match":
            return st.dictionaries(
                st.sampled_from(scoring["pairs"]), st.none() | st.sampled_from(scoring["pairs"])
            )
        case "number":
            return _numbers
        case "text":
            return _words
        case "case":
            return _turns.map(lambda turns: _walk(scoring, turns))
        case "rating":
            return _grades
        case kind:
            return _randoms.map(
                lambda random: TYPES[kind].respond(scoring, random, knows=random.random() < 0.5)
            )


def _walk(scoring: dict[str, Any], turns: list[int]) -> list[str]:
    at, taken = scoring["start"], []
    for turn in turns:
        if at == "end":
            break
        choices = list(scoring["steps"][at])
        name = choices[turn % len(choices)]
        taken.append(f"{at}:{name}")
        at = scoring["steps"][at][name]["next"]
    return taken


def responses(item: BaseItem) -> st.SearchStrategy[Any]:
    """Mostly sensible, sometimes anything."""
    sensible = plausible(item)
    return _thirds.flatmap(lambda third: sensible if third else json_values)
