"""What people in the field type, with what they must find first: by the search's own modules and
the index of the real course.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, ViewportSize, expect

from psm_course.content.help.contacts import find_contacts
from psm_course.content.help.field_guide import RoutesFile, read_field_guide
from psm_course.site.output.search_index import FILE
from psm_course.site.output.tree import Tree
from tests.axe import axe_findings_in_both_schemes
from tests.conftest import ROOT, BuiltCourse
from tests.site.guide.test_search import find
from tests.site.pages.test_reading import opened
from tests.site.unbundled import unbundled

HERE = Path(__file__).parent
PHONE: ViewportSize = {"width": 360, "height": 640}
SEARCH = "book/cari.html"


@dataclass(frozen=True)
class Phrase:
    """A line of `phrases.yml`."""

    ask: str
    first: str = ""
    call: str = ""


PHRASES = [
    Phrase(**line) for line in yaml.safe_load((HERE / "phrases.yml").read_text(encoding="utf-8"))
]


@dataclass(frozen=True)
class Answer:
    """What the search says, and what it would do on the page."""

    phrase: Phrase
    first: str
    call: tuple[str, ...]
    urgent: bool


@pytest.fixture(scope="module")
def answers(site: BuiltCourse) -> list[Answer]:
    """Each phrase with what it finds."""
    both = zip(PHRASES, searched(site, *(phrase.ask for phrase in PHRASES)), strict=True)
    return [
        Answer(phrase, place_in(each["found"][:1]), tuple(each["call"]), each["urgent"])
        for phrase, each in both
    ]


def searched(site: BuiltCourse, *questions: str) -> list[dict[str, Any]]:
    """Each question looked for in the built index, with the numbers that stand in the page."""
    numbers = (
        Tree((site.out / SEARCH).read_text(encoding="utf-8"))
        .css("[data-numbers]")[0]
        .attributes["data-numbers"]
    )
    with unbundled(
        HERE / "unbundled.mjs", str(site.out / "_static" / FILE), str(numbers)
    ) as search:
        found: list[dict[str, Any]] = search.call("find", list(questions))
        return found


def place_in(found: list[str]) -> str:
    """`book/ke-mana-merujuk.html#dokumen` is written `ke-mana-merujuk#dokumen`."""
    return found[0].rpartition("/")[2].replace(".html", "") if found else ""


def routes() -> RoutesFile:
    guide, problems = read_field_guide(ROOT, [contact.id for contact in find_contacts(ROOT) or ()])
    assert problems == []
    assert guide.routes is not None
    return guide.routes


def test_there_are_enough_phrases_and_each_stands_once() -> None:
    assert len(PHRASES) >= 80
    assert [
        ask for ask, times in Counter(phrase.ask for phrase in PHRASES).items() if times > 1
    ] == []
    assert [phrase for phrase in PHRASES if not phrase.first and not phrase.call] == []


def test_every_situation_is_asked_for(answers: list[Answer]) -> None:
    asked = {
        phrase.first.partition("#")[2]
        for phrase in PHRASES
        if phrase.first.startswith("ke-mana-merujuk#")
    }

    assert {situation.id for situation in routes().situations} - asked <= {
        "ditolak-layanan",
        "hidup-dengan-hiv",
    }


def test_every_phrase_finds_first_what_the_person_needs(answers: list[Answer]) -> None:
    assert {
        each.phrase.ask: each.first for each in answers if each.phrase.first not in ("", each.first)
    } == {}


def test_a_blow_is_told_from_the_time_of_day(site: BuiltCourse) -> None:
    (struck,) = searched(site, "dipukul")

    assert [place for place in struck["found"] if "#pukul-" in place] == []
    assert len(struck["found"]) == 5


def test_danger_words_bring_the_number_to_call_first_and_no_other_words_do(
    answers: list[Answer],
) -> None:
    assert {
        each.phrase.ask: each.call
        for each in answers
        if each.call[:1] != ((each.phrase.call,) if each.phrase.call else ())
    } == {}


def test_a_situation_that_cannot_wait_is_told_from_others(answers: list[Answer]) -> None:
    red = {
        situation.id
        for situation in routes().situations
        if situation.level == routes().levels[0].id
    }
    for_red = [
        each
        for each in answers
        if each.phrase.call and each.first.partition("#")[2] in red and each.phrase.first
    ]

    assert len(for_red) > 20
    assert [each.phrase.ask for each in for_red if not each.urgent] == []


# ---- on the page ---------------------------------------------------------------------------------


@pytest.fixture
def page(chromium: Browser, site: BuiltCourse) -> Any:
    yield from opened(chromium, site.out / SEARCH, viewport=PHONE)


def numbers_shown(page: Page) -> list[str]:
    return [
        text.split("\n")[0].strip()
        for text in page.locator("[data-numbers] li:visible strong").all_inner_texts()
    ]


@pytest.mark.journey
def test_the_numbers_stand_above_everything_that_was_found(page: Page) -> None:
    expect(page.locator("[data-numbers]")).to_be_hidden()

    hits = find(page, "anak dipukul")

    card, first = page.locator("[data-numbers]"), page.locator(".hits li").first
    assert numbers_shown(page) == ["112", "110", "0811-1186-598"]
    assert hits[0].startswith("Menduga anak disakiti")
    assert card.locator("h2").inner_text() == "Bahaya sekarang? Hubungi dulu"
    assert card.locator("a:visible").first.get_attribute("href") == "tel:112"
    box, below = card.bounding_box(), first.bounding_box()
    assert box is not None
    assert below is not None
    assert box["y"] + box["height"] <= below["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_number_that_is_asked_for_by_name_is_shown_without_alarm(page: Page) -> None:
    find(page, "nomor polisi")

    assert numbers_shown(page) == ["110"]
    assert page.locator("[data-numbers] h2").inner_text() == "Hubungi dulu"

    find(page, "sembako")
    expect(page.locator("[data-numbers]")).to_be_hidden()


@pytest.mark.parametrize("question", ["anak dipukul", "nomor polisi"])
def test_axe_finds_nothing_in_the_card(page: Page, question: str) -> None:
    find(page, question)

    assert axe_findings_in_both_schemes(page) == []


def test_the_page_holds_the_words_of_the_course_and_no_list_of_its_own(site: BuiltCourse) -> None:
    asked = json.loads(
        str(
            Tree((site.out / SEARCH).read_text(encoding="utf-8"))
            .css("[data-numbers]")[0]
            .attributes["data-numbers"]
        )
    )

    assert [each["words"] for each in asked if each.get("at") and each["words"]] == [
        list(each.danger) for each in routes().situations if each.danger
    ]
    assert [each["call"] for each in asked if "at" not in each] == [
        [contact.id] for contact in find_contacts(ROOT) or () if contact.words
    ]
