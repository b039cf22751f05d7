"""The quiz file format, shown by files: `good/` can be graded, and each file of `bad/` has its
exact messages beside it in a `.txt`. Pools and banks: items that stand in other files.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.quiz_files.reading import QuizRead, read_quiz
from psm_course.items import TYPES
from tests.builders import a_choice, a_quiz

GOOD = Path(__file__).with_name("good")
BAD = Path(__file__).with_name("bad")


def by_name(files: list[Path]) -> list[object]:
    return [pytest.param(file, id=file.stem) for file in files]


@pytest.mark.parametrize("file", by_name(sorted(GOOD.glob("*.yml"))))
def test_good_file_can_be_graded(file: Path) -> None:
    read = read_quiz(file, file.name)

    assert read.problems == ()
    assert read.quiz is not None


@pytest.mark.parametrize("file", by_name(sorted(BAD.glob("*.yml"))))
def test_bad_file_gives_exactly_its_messages(file: Path) -> None:
    expected = (
        file.with_suffix(".txt")
        .read_text(encoding="utf-8")
        .replace("{semua jenis}", ", ".join(TYPES))
        .splitlines()
    )

    read = read_quiz(file, file.name)

    assert [str(problem) for problem in read.problems] == expected
    assert read.quiz is None


def test_every_bad_file_has_its_messages_and_every_message_its_file() -> None:
    files = {file.stem for file in BAD.glob("*.yml")}
    messages = {file.stem for file in BAD.glob("*.txt") if file.read_text(encoding="utf-8").strip()}

    assert files == messages


@pytest.mark.parametrize("file", by_name(sorted(BAD.glob("*.txt"))))
def test_messages_stand_in_file_order_and_once(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()

    places = [tuple(int(number) for number in line.split(":")[1:3]) for line in lines]

    assert places == sorted(places)
    assert len(set(lines)) == len(lines)


# ---- drawing and pools ---------------------------------------------------------------------------


def test_drawn_is_all_items_unless_fewer_are_drawn() -> None:
    items = [a_choice(name) for name in "abc"]

    assert a_quiz(items).drawn == 3
    assert a_quiz(items, draw=2).drawn == 2


POOL = """\
id: kumpulan
title: Kumpulan
use: posttest
items:
  - {id: satu, type: number, prompt: Berapa., answer: 63}
  - {id: dua, type: number, prompt: Berapa lagi., answer: 11}
"""
BORROWER = "id: tes-awal\ntitle: Tes awal\nuse: pretest\npool: kumpulan\n"


def a_pool(folder: Path, pool: str, borrower: str = BORROWER) -> Path:
    (folder / "kumpulan.yml").write_text(pool, encoding="utf-8")
    file = folder / "tes-awal.yml"
    file.write_text(borrower, encoding="utf-8")
    return file


def test_pool_lends_its_items(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL)
    lender = read_quiz(tmp_path / "kumpulan.yml")

    read = read_quiz(file)

    assert read.problems == ()
    assert read.pooled
    assert read.quiz is not None
    assert lender.quiz is not None
    assert read.quiz.items == lender.quiz.items
    assert not lender.pooled


def test_draw_is_compared_with_the_items_of_the_pool(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL, BORROWER + "draw: 3\n")

    read = read_quiz(file, "tes-awal.yml")

    assert [str(problem) for problem in read.problems] == [
        Contains("tes-awal.yml:5:7: draw: ", "3 butir dari 2 - ")
    ]


def test_mistakes_of_a_pool_are_said_once_when_the_whole_folder_is_read(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL.replace("answer: 63", "answer: banyak"))

    alone, beside = (
        read_quiz(file, "tes-awal.yml"),
        read_quiz(file, "tes-awal.yml", beside_others=True),
    )

    assert [str(problem) for problem in alone.problems] == [
        Contains("tes-awal.yml:4:7: pool: ", '"kumpulan" masih bermasalah', "kumpulan.yml")
    ]
    assert beside.problems == ()
    assert alone.quiz is None
    assert beside.quiz is None


def test_item_in_a_pool_may_be_secret_in_a_test_and_shown_in_practice(tmp_path: Path) -> None:
    file = a_pool(tmp_path, POOL.replace("posttest", "practice"))
    lender, borrower = read_quiz(tmp_path / "kumpulan.yml").quiz, read_quiz(file).quiz

    assert lender is not None
    assert borrower is not None
    assert ["answer" in item for item in lender.public_view()["items"]] == [True, True]
    assert ["answer" in item for item in borrower.public_view()["items"]] == [False, False]


BANK = """\
id: bank-{topic}
title: Bank
use: bank
items:
  - {{id: {topic}-1, type: number, prompt: Berapa., answer: 63, form: a, objective: {topic}}}
  - {{id: {topic}-2, type: number, prompt: Berapa lagi., answer: 11, form: b, \
objective: {topic}, variants: {topic}}}
  - {{id: {topic}-3, type: number, prompt: Berapa pula., answer: 12, form: b, objective: {topic}}}
"""


def a_test_from_banks(folder: Path, *topics: str, header: str) -> QuizRead:
    for topic in ("peran", "anak"):
        (folder / f"bank-{topic}.yml").write_text(BANK.format(topic=topic), encoding="utf-8")
    file = folder / "tes.yml"
    pool = ", ".join(f"bank-{topic}" for topic in topics)
    file.write_text(
        f"id: tes\ntitle: Tes\nuse: posttest\npool: [{pool}]\n{header}", encoding="utf-8"
    )
    return read_quiz(file, "tes.yml")


def test_a_test_takes_one_form_from_several_banks(tmp_path: Path) -> None:
    form_a = a_test_from_banks(tmp_path, "peran", "anak", header="form: a\n")
    form_b = a_test_from_banks(
        tmp_path, "peran", "anak", header="form: b\ndraw: 2\ndraw_by: objective\n"
    )

    assert form_a.quiz is not None
    assert [item.id for item in form_a.quiz.items] == ["peran-1", "anak-1"]
    assert form_a.pool_files == (tmp_path / "bank-peran.yml", tmp_path / "bank-anak.yml")
    assert form_b.quiz is not None
    assert form_b.quiz.variants == {"peran": ("peran-2",), "anak": ("anak-2",)}
    assert form_b.quiz.draw_groups == {
        "peran-2": "peran",
        "peran-3": "peran",
        "anak-2": "anak",
        "anak-3": "anak",
    }
    asked = form_b.quiz.public_view()["items"]
    assert [(item["group"], item.get("always", False)) for item in asked] == [
        ("peran", True),
        ("peran", False),
        ("anak", True),
        ("anak", False),
    ]


@pytest.mark.parametrize(
    ("topics", "header", "said"),
    [
        (
            ["peran", "peran"],
            "",
            ("tes.yml:4:7: pool: ", '"peran-1"', "lebih dari satu bank"),
        ),
        (
            ["peran", "lain"],
            "",
            ("tes.yml:4:20: pool, ", "isi ke-2: ", '"bank-lain" tidak ada'),
        ),
        (["peran"], "form: b\ndraw: 1\n", None),
        (
            ["peran", "anak"],
            "form: b\ndraw: 1\n",
            ("tes.yml:6:7: draw: ", "mengundi 1 butir", "2 butir harus selalu keluar"),
        ),
    ],
)
def test_what_can_be_wrong_with_banks(
    tmp_path: Path, topics: list[str], header: str, said: tuple[str, ...] | None
) -> None:
    read = a_test_from_banks(tmp_path, *topics, header=header)

    assert [str(problem) for problem in read.problems][:1] == ([Contains(*said)] if said else [])
    assert (read.quiz is None) == (said is not None)


def test_a_bank_keeps_its_answers_in_the_office(tmp_path: Path) -> None:
    a_test_from_banks(tmp_path, "peran", header="")
    bank = read_quiz(tmp_path / "bank-peran.yml").quiz

    assert bank is not None
    assert bank.is_test
    assert not any("answer" in item for item in bank.public_view()["items"])
