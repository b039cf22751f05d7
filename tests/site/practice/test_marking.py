"""The phone and the office mark and draw alike: both execute the same data, on thousands of random
responses of every type.

The phone twice: by the bundle in a browser, and by the modules as they are written, in Node.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.grade import ItemGrader
from psm_course.items import TYPES
from psm_course.items.base import BaseItem, Scoring
from tests.builders import a_choice, a_quiz, an_item
from tests.items.any_item import items, responses
from tests.scripts import bundled
from tests.site.unbundled import Modules, unbundled
from tests.sittings import seeded_order

BATCH, OF_ONE_ITEM = 50, 5
ENTRY = """
import {types} from 'items:marker';
import {markers} from './practice/kinds.js';
import {mark} from './practice/marking.js';
Object.assign(markers, types);
export const mark_all = (pairs) => pairs.map(([scoring, response]) => mark(scoring, response));
export const lines_of = (pairs) => pairs.map(
  ([scoring, response]) => markers[scoring.type].lines(scoring, response)
);
export {draw, order} from './test/draw.js';
"""


@dataclass(frozen=True)
class Phone:
    """A page with the scripts that mark and draw, and the modules they are made of."""

    page: Page
    modules: Modules

    def call(self, name: str, *arguments: Any) -> Any:
        """What both say, which is the same; as text, which Playwright hands over faster."""
        said = json.loads(
            self.page.evaluate(
                f"given => JSON.stringify(PSM.{name}(...JSON.parse(given)))", json.dumps(arguments)
            )
        )
        assert said == self.modules.call(name, *arguments)
        return said


@pytest.fixture(scope="module")
def phone(chromium: Browser) -> Iterator[Phone]:
    page = chromium.new_page()
    page.add_script_tag(content=bundled(ENTRY))
    with unbundled() as modules:
        yield Phone(page, modules)
    page.close()


def says_the_phone(
    phone: Phone, pairs: list[tuple[Scoring, Any]]
) -> list[tuple[str, Fraction, bool, bool]]:
    return [
        (mark["status"], Fraction(*mark["share"]), mark["critical"], mark["right"])
        for mark in phone.call("mark_all", pairs)
    ]


def says_the_office(scoring: Scoring, response: Any) -> tuple[str, Fraction, bool, bool]:
    """Status, share, danger and whether it counts as right; the share is the marker's own, for
    points are rounded to the grid.
    """
    mark = ItemGrader(scoring)(response)
    verdict = TYPES[scoring["type"]].mark(scoring, response) if mark.status == "marked" else None
    return (
        mark.status,
        Fraction(verdict.earned) / Fraction(verdict.out_of) if verdict else Fraction(0),
        mark.critical,
        mark.is_right,
    )


def without_whole_floats(value: Any) -> Any:
    """JSON from a phone has one kind of number: 3.0 and 3 are the same there."""
    if isinstance(value, float):
        return value if value % 1 else int(value)
    if isinstance(value, list):
        return [without_whole_floats(inner) for inner in value]
    return (
        {key: without_whole_floats(inner) for key, inner in value.items()}
        if isinstance(value, dict)
        else value
    )


def pairs_of(kind: str) -> st.SearchStrategy[list[tuple[BaseItem, Any]]]:
    """Some items, each with a few responses: making an item takes longer than answering it."""

    def answered(item: BaseItem) -> st.SearchStrategy[list[tuple[BaseItem, Any]]]:
        each = responses(item).map(lambda response: (item, without_whole_floats(response)))
        return st.lists(each, min_size=OF_ONE_ITEM, max_size=OF_ONE_ITEM)

    some = BATCH // OF_ONE_ITEM
    return st.lists(items(kind).flatmap(answered), min_size=some, max_size=some).map(
        lambda answered: list(chain(*answered))
    )


@pytest.mark.parametrize("kind", TYPES)
def test_phone_and_office_agree_on_two_thousand_responses(phone: Phone, kind: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(pairs_of(kind))
    def agree(answered: list[tuple[BaseItem, Any]]) -> None:
        pairs = [(item.scoring_data(), response) for item, response in answered]
        office = [says_the_office(scoring, response) for scoring, response in pairs]
        said = zip(pairs, office, says_the_phone(phone, pairs), strict=True)
        # Told alone: all at once take minutes.
        assert (
            next(((pair, here, there) for pair, here, there in said if here != there), None) is None
        )

    agree()


@settings(max_examples=20, deadline=None)
@given(
    items("order", "match").flatmap(
        lambda item: st.tuples(st.just(item), st.randoms(use_true_random=False))
    )
)
def test_the_lines_said_to_be_right_are_those_that_earn(
    phone: Phone, given_: tuple[BaseItem, Random]
) -> None:
    item, random = given_
    scoring, kind = item.scoring_data(), TYPES[item.type]
    response = kind.respond(scoring, random, random.random() < 0.3)

    (lines,) = phone.call("lines_of", [(scoring, response)])

    verdict, right = kind.mark(scoring, response), [is_right for _, is_right in lines]
    assert len(lines) == len(response)
    assert all(right) is (verdict.earned == verdict.out_of)
    match scoring.get("rule"):
        case None:
            assert sum(right) == verdict.earned
        case "pairs":
            assert sum(right[1:]) == verdict.earned


@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(
        st.text(max_size=12)
        | st.sampled_from(
            ["STRASSE", "Straße", "ΟΔΟΣ", "e\u0301tat", "İstanbul", "  ya ", "ﬁle", "Ⅷ"]
        )
        | st.lists(
            st.sampled_from(["uptd", "PPA", "é", "tat", "jum", "at", *"-/.,'’‐–—−_&+ "]), max_size=6
        ).map("".join),
        min_size=BATCH,
    )
)
def test_written_words_are_compared_alike(phone: Phone, words: list[str]) -> None:
    pairs = [
        (an_item("text", accept=[accepted, "relawan"]).scoring_data(), word)
        for word in words
        for accepted in ("straße", "οδος", "état", "UPTD-PPA", "Jum’at")
    ]

    assert says_the_phone(phone, pairs) == [
        says_the_office(scoring, word) for scoring, word in pairs
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "12",
                    "1.250",
                    ",5",
                    "orang",
                    "ORANG",
                    "Rp",
                    "m²",
                    "M2",
                    "%",
                    "jam",
                    "é",
                    *" .-\u2212\xa02２",
                ]
            ),
            max_size=5,
        ).map("".join),
        min_size=BATCH,
    )
)
def test_units_are_read_alike(phone: Phone, texts: list[str]) -> None:
    units = ("orang", "Rp.", "m²", "%", "24 jam", "É.")
    pairs = [
        (an_item("number", answer="12", tolerance="2000", unit=unit).scoring_data(), text)
        for text in texts
        for unit in units
    ]

    assert says_the_phone(phone, pairs) == [
        says_the_office(scoring, text) for scoring, text in pairs
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.from_regex(r"\A\s?[+\-\u2212]?\d{0,6}([.,]\d{0,4}){0,3}\s?\Z")
        | st.text("0123456789.,+-\u2212 ", max_size=45),
        min_size=BATCH,
    )
)
def test_written_numbers_are_read_alike(phone: Phone, texts: list[str]) -> None:
    answers = [("12.5", "0"), ("1250", "0.5"), ("-3", "10"), ("0", "999999")]
    pairs = [
        (an_item("number", answer=answer, tolerance=off).scoring_data(), text)
        for text in texts
        for answer, off in answers
    ]

    assert says_the_phone(phone, pairs) == [
        says_the_office(scoring, text) for scoring, text in pairs
    ]


# ---- the draw ------------------------------------------------------------------------------------

_ids = st.text("abcdefé-1😀", min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(Sitting, st.text(max_size=8), st.text(max_size=8), st.integers(1, 9)),
    st.lists(_ids, min_size=1, unique=True),
    _ids,
)
def test_phone_and_office_put_things_in_the_same_order(
    phone: Phone, sitting: Sitting, ids: list[str], inside: str
) -> None:
    ordered = phone.call("order", sitting._asdict(), [{"id": name} for name in ids], inside)

    assert [thing["id"] for thing in ordered] == seeded_order(sitting, ids, inside)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_phone_and_office_draw_the_same_items(phone: Phone, data: st.DataObject) -> None:
    groups = st.sampled_from(["x", "y", "z"])
    of_variants = {name: data.draw(groups) for name in ("satu", "dua", "tiga")}
    written = data.draw(
        st.lists(
            st.tuples(groups, st.sampled_from([*of_variants, *[None] * 5])), min_size=2, max_size=14
        )
    )
    items = [
        a_choice(
            f"butir-{at}",
            objective=of_variants.get(name or "", group),
            **({"variants": name} if name else {}),
        )
        for at, (group, name) in enumerate(written)
    ]
    pinned = {name for _, name in written if name}
    most = sum(name is None for _, name in written) + len(pinned)
    quiz = a_quiz(
        items,
        use="posttest",
        draw=data.draw(st.integers(max(len(pinned), 1), most)),
        shuffle=data.draw(st.sampled_from(["none", "items"])),
        **({"draw_by": "objective"} if data.draw(st.booleans()) else {}),
    )
    names = st.one_of(
        st.text(max_size=6),
        st.builds("D26-{}{}".format, st.integers(0, 10**12), st.sampled_from(["", "-x"])),
    )
    sitting = Sitting(data.draw(names), quiz.id, data.draw(st.integers(1, 9)))

    shown = [
        {
            "id": item["id"],
            "group": item.get("group", ""),
            "always": "always" in item,
            "variants": str(item.get("variants", "")),
        }
        for item in quiz.public_view()["items"]
    ]
    drawn = phone.call("draw", sitting._asdict(), shown, quiz.drawn, quiz.header.shuffle == "items")

    assert drawn == Draw(quiz).items(sitting)
