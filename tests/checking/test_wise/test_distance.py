"""Clones of practice, and of the other form, are found; two halves of one pair are none."""

from __future__ import annotations

from pathlib import Path

from dirty_equals import Contains

from psm_course.checking.test_wise.distance import distance_problems
from psm_course.content.quiz_files.reading import read_quiz
from tests.builders import write

ITEM = """\
  - id: {id}
    type: choice
    prompt: {prompt}
    choices: [{{id: a, text: {key}, correct: yes}}, {{id: b, text: {wrong}}}]
{more}"""
STORY = "Tetangga mendengar jeritan malam dari kontrakan belakang musala."
CALL, WAIT = "Hubungi Polri sekarang", "Tunggu pagi bersama warga"
OTHERS = [
    "Kakek Tono lupa jalan pulang sesudah pasar tutup.",
    "Bu Hana bertanya berkas bantuan untuk kursi roda.",
    "Remaja masjid mengantar sembako memakai gerobak.",
    "Sungai meluap dan tiga keluarga mengungsi ke sekolah.",
]


def filler() -> str:
    """Other stories, so that a word can be rare."""
    return "".join(
        an_item(f"lain-{n}", story, f"Pilihan {n} benar", f"Pilihan {n} keliru")
        for n, story in enumerate(OTHERS)
    )


def an_item(name: str, prompt: str, key: str = CALL, wrong: str = WAIT, more: str = "") -> str:
    return ITEM.format(id=name, prompt=prompt, key=key, wrong=wrong, more=more)


def messages(folder: Path, practice: str, bank: str) -> list[tuple[str, object]]:
    """Place and message of each problem with items that are too near to each other."""
    files = {"latihan": ("practice", practice + filler()), "bank": ("bank", bank)}
    texts = {
        name: f"id: {name}\ntitle: Kuis\nuse: {use}\nitems:\n{items}"
        for name, (use, items) in files.items()
    }
    reads = [
        read_quiz(write(folder, f"{name}.yml", text), f"{name}.yml") for name, text in texts.items()
    ]
    return [(problem.where, problem.message) for problem in distance_problems(reads)]


def test_a_test_item_that_repeats_a_practice_item(tmp_path: Path) -> None:
    practice = an_item("jeritan", STORY)

    assert messages(tmp_path, practice, an_item("ribut", STORY)) == [
        ('butir "ribut"', Contains('mirip butir latihan "jeritan": 1,00', "batasnya 0,35"))
    ]


def test_another_story_with_another_answer_is_far_away(tmp_path: Path) -> None:
    bank = an_item(
        "banjir",
        "Banjir masuk gang dan listrik masih menyala.",
        "Matikan sakelar utama",
        "Pindahkan kulkas dulu",
    )

    assert messages(tmp_path, an_item("jeritan", STORY), bank) == []


def test_form_b_that_repeats_form_a(tmp_path: Path) -> None:
    bank = an_item("siang", STORY, more="    form: a\n") + an_item(
        "malam", STORY.replace("malam", "sore"), more="    form: b\n"
    )

    assert messages(tmp_path, "", bank) == [
        ('butir "malam"', Contains('mirip butir form a "siang": 0,'))
    ]


def test_the_same_options_with_the_other_key_are_no_clone(tmp_path: Path) -> None:
    """Whoever remembers the answer is misled, so it measures more and not less."""
    assert (
        messages(
            tmp_path, an_item("jeritan", STORY), an_item("sandiwara", STORY, key=WAIT, wrong=CALL)
        )
        == []
    )
