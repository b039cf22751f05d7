"""What a quiz gives away: long keys, keys in one place, passing by one same answer or by luck."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains, IsStr

from psm_course.authoring.yaml_source import Source
from psm_course.checking.check import check_quiz
from psm_course.checking.quizzes.giveaways import key_findings, passing_findings
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.grading.chance import give_away
from psm_course.items.base import BaseItem
from tests.builders import a_quiz, a_step, an_item, options, pairs, write

TODAY = date(2026, 11, 24)


def read_of(items: Iterable[BaseItem]) -> QuizRead:
    return QuizRead(Source("kuis.yml"), None, (), readable=tuple(enumerate(items)))


def of_keys(items: Iterable[BaseItem]) -> list[tuple[tuple[str | int, ...], str, object, object]]:
    """Path, severity, message and hint of what is found about the keys of these items."""
    return [
        (each.path, each.severity, each.message, each.hint) for each in key_findings(read_of(items))
    ]


def choices_with_keys(keys: str, longest: int = 0, of: str = "abcd") -> list[BaseItem]:
    """Choice items with these keys; in the first `longest`, the key is the longest choice."""
    items = []
    for number, key in enumerate(keys):
        written = options(of, correct=key)
        for option in written:
            option["text"] += " panjang" if option["id"] == key and number < longest else ""
        items.append(an_item("choice", id=f"s{number}", choices=written))
    return items


# ---- length of the key ---------------------------------------------------------------------------


@pytest.mark.parametrize(("longest", "found"), [(0, 0), (2, 0), (3, 1), (8, 1)])
def test_key_may_be_longest_no_more_often_than_by_chance(longest: int, found: int) -> None:
    """Of eight items with four choices chance makes two."""
    assert len(list(key_findings(read_of(choices_with_keys("abcd" * 2, longest))))) == found


def test_long_keys_are_named() -> None:
    assert of_keys(choices_with_keys("abcdabcd", 3)) == [
        (
            ("items",),
            "warning",
            Contains("paling panjang di 3 ", "di 3 dari 8 butir choice; ")
            & IsStr(regex=r".*kebetulan saja hanya 2"),
            IsStr(regex=r"pendekkan kuncinya .*: s0, s1, s2"),
        )
    ]


def test_key_as_long_as_another_choice_is_not_longest() -> None:
    written = [
        {"id": "a", "text": "Salam dulu", "correct": "yes"},
        {"id": "b", "text": "Diam saja."},
    ]
    items = [
        an_item("choice", id=f"s{n}", choices=written if n % 2 else written[::-1]) for n in range(8)
    ]

    assert list(key_findings(read_of(items))) == []


def test_few_items_show_no_pattern() -> None:
    assert list(key_findings(read_of(choices_with_keys("a" * 7, 7)))) == []


def test_item_without_a_key_is_no_pattern_but_a_problem_of_its_own(tmp_path: Path) -> None:
    """Such items are read, and what they lack is said; nothing breaks."""
    item = (
        "  - id: butir-{0}\n    type: choice\n    prompt: Apa?\n    choices: [{{id: a, text:"
        " Salam}}, {{id: b, text: Perintah}}]\n"
    )
    file = write(
        tmp_path,
        "kuis.yml",
        "id: kuis\ntitle: Kuis\nuse: practice\nitems:\n" + "".join(map(item.format, range(8))),
    )

    messages = [problem.message for problem in check_quiz(file, TODAY).problems]

    assert sum("belum ada pilihan" in message for message in messages) == 8


def test_other_types_are_not_counted() -> None:
    items = [*choices_with_keys("a" * 7), *[an_item("choices", id=f"c{n}") for n in range(8)]]

    assert list(key_findings(read_of(items))) == []


# ---- place of the key ----------------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["abcdabcd", "aaaabbcd", "abcabcabcabc"])
def test_keys_spread_well_enough(keys: str) -> None:
    assert list(key_findings(read_of(choices_with_keys(keys)))) == []


def test_key_too_often_in_one_place() -> None:
    assert of_keys(choices_with_keys("aaaaabcd")) == [
        (
            ("items",),
            "warning",
            Contains("terlalu sering", "tempat ke-1", ": 5 dari 8 butir choice"),
            Contains("sebar kuncinya", "kira-kira 2 di tempat"),
        )
    ]


def test_key_too_seldom_in_one_place() -> None:
    assert [finding.message for finding in key_findings(read_of(choices_with_keys("abc" * 6)))] == [
        Contains("terlalu jarang", "tempat ke-4", ": 0 dari 18 butir choice")
    ]


def test_place_that_few_items_have_is_measured_by_those() -> None:
    """Sixteen items with three choices and two with four say nothing of the fourth place."""
    items = [
        *choices_with_keys("abc" * 5 + "a", of="abc"),
        *[an_item("choice", id=f"x{n}", choices=options("abcd", "b")) for n in range(2)],
    ]

    assert list(key_findings(read_of(items))) == []


def test_findings_stand_at_the_items_of_the_file(tmp_path: Path) -> None:
    text = "id: latihan\ntitle: Latihan\nuse: practice\nitems:\n" + "".join(
        f"  - id: s{n}\n    type: choice\n    prompt: Apa?\n    choices:\n      - {{id: a, text:"
        " Salam, correct: yes}\n      - {id: b, text: Diam ya}\n    explanation: Ya.\n   "
        " source: Panduan\n"
        for n in range(8)
    )

    report = check_quiz(write(tmp_path, "kuis.yml", text), TODAY)

    assert [(problem.line, problem.where, problem.severity) for problem in report.problems] == [
        (5, "items", "warning")
    ] * 2


# ---- one answer to everything --------------------------------------------------------------------


def findings(items: Iterable[BaseItem], **header: object) -> list[str]:
    quiz = a_quiz(items, **{"pass_mark": 70} | header)
    return [finding.message for finding in passing_findings(quiz, give_away(quiz))]


def passing(items: Iterable[BaseItem], **header: object) -> list[str]:
    """The findings that are not about luck."""
    return [message for message in findings(items, **header) if not message.startswith("menebak")]


FIRST = Contains("pilihan ke-1 dapat meluluskan")
FIRST_AND_ALL = Contains("pilihan ke-1,", "mencentang semuanya", "dapat meluluskan")


def test_test_that_nobody_passes_by_one_answer() -> None:
    assert passing(choices_with_keys("abcd" * 4)) == []


@pytest.mark.parametrize(("keys", "passes"), [("aaaaaaabcd", True), ("aaaaaabbcd", False)])
def test_always_the_same_place(keys: str, passes: bool) -> None:
    assert passing(choices_with_keys(keys)) == [FIRST] * passes


def test_every_place_is_tried() -> None:
    assert passing(choices_with_keys("d" * 8))[0] == Contains("pilihan ke-4 dapat meluluskan")


def test_the_draw_that_suits_best_counts() -> None:
    """Eight of sixteen are drawn: the eight whose key comes first may be those."""
    assert FIRST in passing(choices_with_keys("a" * 8 + "bcd" * 3), draw=8)
    assert passing(choices_with_keys("a" * 5 + "bcd" * 4), draw=8) == []


def test_draw_that_is_spread_over_objectives_suits_less() -> None:
    """Of eight drawn only four can be of the objective whose keys come first."""
    first = [
        an_item("choice", id=f"a{n}", objective="satu", choices=options("abcd", "a"))
        for n in range(8)
    ]
    others = [
        an_item("choice", id=f"b{n}", objective="dua", choices=options("abcd", "bcd"[n % 3]))
        for n in range(8)
    ]

    assert FIRST in passing([*first, *others], draw=8)
    assert passing([*first, *others], draw=8, draw_by="objective") == []


def test_of_an_uneven_draw_one_objective_has_one_item_more() -> None:
    """Of nine drawn five may be of the objective whose keys come first: 55.6 per cent."""
    first = [
        an_item("choice", id=f"a{n}", objective="satu", choices=options("abcd", "a"))
        for n in range(8)
    ]
    others = [
        an_item("choice", id=f"b{n}", objective="dua", choices=options("abcd", "bcd"[n % 3]))
        for n in range(8)
    ]

    assert FIRST in passing([*first, *others], draw=9, draw_by="objective", pass_mark=55)
    assert passing([*first, *others], draw=9, draw_by="objective", pass_mark=56) == []


def test_item_that_is_always_drawn_and_answered_wrong() -> None:
    first = choices_with_keys("a" * 8)
    last = [
        an_item("choice", id=f"z{n}", always="yes", choices=options("abcd", "d")) for n in range(3)
    ]

    assert FIRST in passing([*first, *last], draw=8, pass_mark=60)
    assert passing([*first, *last], draw=8, pass_mark=63) == []


def test_critical_error_fails_whatever_the_rest_earns() -> None:
    dangerous = an_item("choice", id="bahaya", choices=options("abcd", "b", critical="a"))

    assert passing([*choices_with_keys("a" * 9), dangerous]) == []


def test_ticking_everything() -> None:
    everything = [
        an_item(
            "choices", id=f"c{n}", choices=options("abcd", "abcd"[: 3 + n % 2]), scoring="share"
        )
        for n in range(8)
    ]

    assert FIRST_AND_ALL in passing(everything)
    assert (
        passing([an_item("choices", id=f"c{n}", choices=options("abcd", "ab")) for n in range(8)])
        == []
    )


def test_same_place_in_every_step_of_a_case() -> None:
    steps = [
        a_step("satu", a=("1", "dua"), b=("0", "end")),
        a_step("dua", a=("1", "end"), b=("0", "end")),
    ]

    assert passing([an_item("case", id=f"k{n}", steps=steps) for n in range(8)]) == [FIRST]


def test_one_right_side_for_all_lefts() -> None:
    items = [an_item("match", id=f"m{n}", pairs=pairs("ab")) for n in range(8)]

    assert passing(items, pass_mark=50)[0] == FIRST
    assert passing(items, pass_mark=51) == []


def test_what_must_be_written_or_put_in_order_is_left_blank() -> None:
    assert (
        passing(
            [
                an_item(kind, id=f"{kind}{n}")
                for kind in ("number", "text", "order")
                for n in range(4)
            ],
            pass_mark=1,
        )
        == []
    )


@pytest.mark.parametrize("items", [choices_with_keys("a" * 7), choices_with_keys("a" * 12)])
def test_short_test_or_one_that_nobody_can_fail_is_left_alone(items: list[BaseItem]) -> None:
    quiz = a_quiz(items) if len(items) > 7 else a_quiz(items, pass_mark=70)

    assert list(passing_findings(quiz, give_away(quiz))) == []


# ---- luck ----------------------------------------------------------------------------------------


def test_guessing_passes_too_often() -> None:
    """Eight items of four choices, passed at 70 per cent: six or more right is 277 of 65,536."""
    assert findings(choices_with_keys("abcdabcd")) == [
        Contains("menebak", " 1 dari 236 peserta", "lebih dari 1 dari 1000")
    ]
    assert findings(choices_with_keys("abcd" * 4)) == []


TEST = "id: tes\ntitle: Tes\nuse: posttest\npass_mark: 50\nitems:\n"
ITEM = """\
  - id: s{0}
    type: choices
    prompt: Yang mana?
    choices:
      - {{id: a, text: Salam, correct: yes}}
      - {{id: b, text: Diam}}
    explanation: Ya.
    source: Panduan
"""


def test_findings_of_a_test_file_stand_at_its_pass_mark(tmp_path: Path) -> None:
    report = check_quiz(
        write(tmp_path, "kuis.yml", TEST + "".join(ITEM.format(n) for n in range(8))), TODAY
    )

    assert [(problem.line, problem.where, problem.severity) for problem in report.problems] == [
        (4, "pass_mark", "warning")
    ] * 2
