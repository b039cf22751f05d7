"""The wording gate on small banks: what tone tells is found, what needs the question is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains, IsStr

from psm_course.checking.one_quiz import check_quiz
from psm_course.checking.report import ByTone, Report
from psm_course.checking.test_wise.gate import lower_bound
from tests.builders import write

TODAY = date(2026, 10, 10)
WORDS = [
    "pintu",
    "buku",
    "pasar",
    "kebun",
    "jalan",
    "rumah",
    "sungai",
    "lampu",
    "meja",
    "kursi",
    "payung",
    "sepeda",
    "gerobak",
    "kompor",
    "ember",
]


def an_item(
    number: int, key: str, wrong: Sequence[str], more: str = "", prompt: str = "Yang mana?"
) -> str:
    """The key stands in another place in every item."""
    texts = list(wrong)
    texts.insert(number % (len(wrong) + 1), key)
    choices = "".join(
        f"      - {{id: {name}, text: {text}, feedback:"
        f" Begitu.{', correct: yes' if text == key else ''}}}\n"
        for name, text in zip("abcd", texts, strict=False)
    )
    return (
        f"  - id: butir-{number}\n    type: choice\n    prompt: {prompt}\n    choices:\n{choices}"
        f"    explanation: Begitu.\n    source: Panduan kursus\n{more}"
    )


def telling(count: int, more: str = "") -> str:
    """Every key phones, every wrong option excuses itself."""
    excuses = [[f"Tunggu dulu {WORDS[(n + k) % 15]}" for k in (1, 2, 3)] for n in range(count)]
    return "".join(
        an_item(n, f"Telepon petugas {WORDS[n % 15]}", excuses[n], more) for n in range(count)
    )


def paired(count: int) -> str:
    """The same four options under four questions, each with another key."""
    found = []
    for first in range(0, count, 4):
        options = [
            f"{word} {WORDS[(first // 4 + 1) % 15]}" for word in WORDS[first % 12 : first % 12 + 4]
        ]
        found += [an_item(first + n, options[n], options[:n] + options[n + 1 :]) for n in range(4)]
    return "".join(found)


def checked(tmp_path: Path, items: str, header: str = "use: bank") -> Report:
    return check_quiz(
        write(tmp_path, "bank.yml", f"id: bank\ntitle: Bank\n{header}\nitems:\n{items}"), TODAY
    )


def of_the_gate(report: Report) -> list[tuple[str, str, object]]:
    return [
        (each.severity, each.where, each.message)
        for each in report.problems
        if "tertebak" in each.message
    ]


def test_a_bank_that_tone_answers_fails_and_says_which_words_told(tmp_path: Path) -> None:
    report = checked(tmp_path, telling(12))

    whole, first, *rest = of_the_gate(report)
    assert whole == (
        "error",
        "items",
        Contains(
            "100 % dari 12 butir", "tanpa membaca soalnya", "kata pilihannya saja", "batasnya 45 %"
        ),
    )
    assert first == (
        "warning",
        'butir "butir-0"',
        IsStr(regex=r'kuncinya tertebak .*: "petugas", "telepon"'),
    )
    assert len(rest) == 11
    assert report.by_tone == {"bank": ByTone(1.0, None, 0.25)}


def test_the_same_options_under_questions_with_other_keys_pass(tmp_path: Path) -> None:
    report = checked(tmp_path, paired(40))

    assert of_the_gate(report) == []
    figure = report.by_tone["bank"].options_alone
    assert figure is not None
    assert figure < 0.45


def test_a_sketch_of_a_quiz_is_only_measured(tmp_path: Path) -> None:
    report = checked(tmp_path, telling(7))

    assert of_the_gate(report) == []
    assert report.by_tone["bank"].options_alone == 1.0


def test_what_is_practised_tells_too(tmp_path: Path) -> None:
    """Eight questions teach nothing about each other here; the practice beside them does."""
    items = "".join(
        an_item(
            n, f"Telepon {WORDS[n]}", [f"{WORDS[n]} {each}" for each in ("nanti", "besok", "saja")]
        )
        for n in range(8)
    )
    alone = checked(tmp_path, paired(8)).by_tone["bank"].options_alone
    write(tmp_path, "latihan.yml", f"id: latihan\ntitle: Latihan\nuse: practice\nitems:\n{items}")

    with_practice = (
        checked(tmp_path, items.replace("Telepon", "Telepon ke")).by_tone["bank"].options_alone
    )

    assert alone is not None
    assert alone < 0.5
    assert with_practice == 1.0


def test_variants_are_held_out_together(tmp_path: Path) -> None:
    """Eight items that share all their words, and nothing else to learn from: as variants of one
    name none tells the other's key.
    """
    words = telling(8)

    assert checked(tmp_path, words).by_tone["bank"].options_alone == 1.0
    assert (
        checked(tmp_path, telling(8, "    variants: sama\n")).by_tone["bank"].options_alone != 1.0
    )


def test_practice_is_open_to_everybody_and_not_judged(tmp_path: Path) -> None:
    report = checked(tmp_path, telling(12), "use: practice")

    assert of_the_gate(report) == []
    assert report.by_tone == {}


@pytest.mark.parametrize(
    ("count", "right", "fails"),
    [(20, 12, False), (20, 13, True), (40, 18, False), (12, 9, True), (12, 8, False)],
)
def test_small_sets_fail_only_beyond_doubt(count: int, right: int, fails: bool) -> None:
    share = right / count

    assert (lower_bound(share, count) > 0.45 if count < 40 else share > 0.45) == fails


# ---- whole sittings ------------------------------------------------------------------------------


def test_a_test_that_tone_passes_fails(tmp_path: Path) -> None:
    report = checked(tmp_path, telling(12), "use: posttest\npass_mark: 70\ndraw: 8")

    assert report.by_tone == {"bank": ByTone(1.0, 1.0, 0.25)}
    assert [
        p.message for p in report.problems if p.where == "pass_mark" and "membaca" in p.message
    ] == [Contains("100,0 % orang", "pilihannya lulus", "batasnya 1 %")]


def test_items_of_other_kinds_stay_blank(tmp_path: Path) -> None:
    """Half of the points are numbers that no option shows: 70 per cent are out of reach."""
    number = (
        "  - {{id: angka-{}, type: number, prompt: Berapa., answer: 5, explanation: Lima., source:"
        " Panduan kursus}}\n"
    )

    report = checked(
        tmp_path,
        telling(8) + "".join(number.format(n) for n in range(8)),
        "use: posttest\npass_mark: 70",
    )

    assert report.by_tone == {"bank": ByTone(1.0, 0.0, 0.25)}


def test_ties_are_shared_and_every_run_says_the_same(tmp_path: Path) -> None:
    """One item of two options nobody knows: half of 2,000 sittings, always the same half."""
    one = an_item(0, "Pintu", ["Buku"])

    first = checked(tmp_path, one, "use: posttest\npass_mark: 70").by_tone["bank"]

    assert first.options_alone == 0.5
    assert first.test_wise_pass is not None
    assert 0.46 < first.test_wise_pass < 0.54
    assert checked(tmp_path, one, "use: posttest\npass_mark: 70").by_tone["bank"] == first


# ---- what a question repeats ---------------------------------------------------------------------


def repeating(count: int, of_the_key: bool) -> str:
    """Questions about what stands in the key, or in a wrong option; options as in `paired`."""
    items = []
    for n in range(count):
        options = [
            f"{word} {WORDS[n % 15]}" for word in ("melapor", "mencatat", "menyapa", "pamit")
        ]
        key = options.pop(n // 4 % 4)
        items.append(
            an_item(
                n,
                key,
                options,
                prompt=f"Warga ingin {(key if of_the_key else options[0]).split()[0]}. Yang mana?",
            )
        )
    return "".join(items)


def of_echoes(report: Report) -> list[tuple[str, str, object]]:
    return [
        (each.severity, each.where, each.message)
        for each in report.problems
        if "mengulang" in each.message
    ]


def test_a_bank_whose_keys_repeat_their_questions_fails_and_says_which_words(
    tmp_path: Path,
) -> None:
    report = checked(tmp_path, repeating(16, of_the_key=True))

    whole, first, *rest = of_echoes(report)
    assert report.by_tone["bank"].echo == 1.0
    assert whole == (
        "error",
        "items",
        Contains("100 % dari 16 butir", "paling mengulang kata soalnya", "batasnya 45 %"),
    )
    assert first == (
        "warning",
        'butir "butir-0"',
        IsStr(regex=r'kuncinya mengulang .*: "melapor"'),
    )
    assert len(rest) == 15


def test_words_that_wrong_options_repeat_tell_nothing(tmp_path: Path) -> None:
    report = checked(tmp_path, repeating(16, of_the_key=False))

    assert of_echoes(report) == []
    assert report.by_tone["bank"].echo == 0.0


def test_small_words_and_a_few_items_are_let_be(tmp_path: Path) -> None:
    small = "".join(
        an_item(n, f"ke RW {WORDS[n]}", [f"ke RT {WORDS[n]}"], prompt="Anda ke RW. Yang mana?")
        for n in range(8)
    )

    assert checked(tmp_path, small).by_tone["bank"].echo == 0.5
    assert of_echoes(checked(tmp_path, repeating(7, of_the_key=True))) == []


def test_a_test_that_draws_from_a_bank_names_its_pool_and_not_the_items(tmp_path: Path) -> None:
    checked(tmp_path, repeating(16, of_the_key=True))
    drawn = write(tmp_path, "tes.yml", "id: tes\ntitle: Tes\nuse: pretest\npool: [bank]\n")

    found = of_echoes(check_quiz(drawn, TODAY))
    assert [(severity, where) for severity, where, _ in found] == [("error", "pool")]
