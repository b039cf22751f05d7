"""Promise 6: from every reachable state a learner can still finish, or the trap is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_course, edit, write
from tests.checking.checked import messages

QUIZ = "quizzes/tes-akhir.yml"
RULE = 'modules/course.yml:11:40: syarat "lulus", quizzes'
WAY_OUT = "hapus attempts, atau tambahkan kuis pengganti tanpa batas kesempatan di daftar ini"


def second_test(root: Path, changed: str = "") -> None:
    """A second final test in the same requirement, with one line more in its header."""
    text = (root / QUIZ).read_text(encoding="utf-8").replace("attempts: 2\n", "")
    write(
        root,
        "quizzes/tes-ulang.yml",
        text.replace("id: tes-akhir\n", "id: tes-ulang\n").replace(
            "use: posttest\n", f"use: posttest\n{changed}"
        ),
    )
    edit(root, "modules/course.yml", "quizzes: [tes-akhir]", "quizzes: [tes-akhir, tes-ulang]")


# ---- attempts that run out -----------------------------------------------------------------------


def test_required_quiz_with_limited_attempts_traps_whoever_uses_them_up(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, QUIZ, "pass_mark: 70\n", "pass_mark: 70\nattempts: 2\n")

    assert messages(root) == [
        (
            f'{RULE}: peserta yang kehabisan kesempatan ("tes-akhir" hanya 2 kali) tidak pernah'
            f" bisa selesai - {WAY_OUT}"
        )
    ]


def test_a_second_quiz_without_a_limit_is_the_way_out(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, QUIZ, "pass_mark: 70\n", "pass_mark: 70\nattempts: 2\n")
    second_test(root)

    assert messages(root) == []


def test_a_second_quiz_with_a_limit_is_none(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, QUIZ, "pass_mark: 70\n", "pass_mark: 70\nattempts: 2\n")
    second_test(root, changed="attempts: 1\n")

    limits = '"tes-akhir" hanya 2 kali, "tes-ulang" hanya 1 kali'
    assert messages(root) == [
        (
            f"{RULE}: peserta yang kehabisan kesempatan ({limits}) tidak pernah bisa selesai -"
            f" {WAY_OUT}"
        )
    ]


def test_limited_attempts_trap_nobody_where_taking_is_enough(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, QUIZ, "pass_mark: 70\n", "pass_mark: 70\nattempts: 2\n")
    edit(root, "modules/course.yml", "kind: passed", "kind: taken")

    assert messages(root) == []


# ---- quizzes that are asked for ------------------------------------------------------------------


def test_required_quiz_that_does_not_exist(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/course.yml", "quizzes: [tes-akhir]", "quizzes: [tes-akhir, tes-ulang]")

    assert messages(root) == [
        (
            'modules/course.yml:11:52: syarat "lulus", quizzes, isi ke-2: kuis "tes-ulang" tidak'
            " ada - tulis id kuis yang ada di folder quizzes"
        )
    ]


def test_required_quiz_with_mistakes_of_its_own_is_not_also_missing(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, QUIZ, "correct: yes", "correct: no")

    assert len(messages(root)) == 1


def test_required_quiz_without_a_pass_mark(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, QUIZ, "use: posttest\npass_mark: 70\n", "use: pretest\n")

    assert messages(root) == [
        (
            f'{RULE}: syarat ini meminta lulus "tes-akhir", tetapi kuis itu tanpa batas lulus -'
            " tambahkan pass_mark di kuis tes-akhir"
        )
    ]


# ---- critical errors that could never be mended --------------------------------------------------

RISKY = """\
      - {id: c, text: Ancaman, critical: yes}
"""


def asked_to_be_safe(tmp_path: Path, header: str = "pass_mark: 70\n", more: str = "") -> Path:
    """The course's test has a critical choice, and no critical error may stand."""
    root = a_course(tmp_path)
    edit(root, QUIZ, "pass_mark: 70\n", header)
    edit(
        root, QUIZ, "      - {id: b, text: Perintah}\n", "      - {id: b, text: Perintah}\n" + RISKY
    )
    edit(root, "modules/course.yml", "kind: passed", "kind: no_critical")
    write(root, QUIZ, (root / QUIZ).read_text(encoding="utf-8") + more)
    return root


def test_a_critical_item_that_every_attempt_has_traps_nobody(tmp_path: Path) -> None:
    assert messages(asked_to_be_safe(tmp_path)) == []


SAFE = RULE.replace(":40:", ":45:")
COMES_BACK = "beri butir itu variants, dan kuisnya tanpa attempts"
MAY_NOT = (
    'butir "salam" di "tes-akhir" dapat menjadi kesalahan berbahaya, tetapi belum tentu keluar lagi'
    " untuk diperbaiki"
)


def test_a_critical_item_that_a_draw_may_leave_out_traps_whoever_missed_it(tmp_path: Path) -> None:
    root = asked_to_be_safe(
        tmp_path, "pass_mark: 20\ndraw: 1\n", DANGEROUS.format(1).replace(", critical: yes", "")
    )

    assert messages(root) == [f"{SAFE}: {MAY_NOT} - {COMES_BACK}"]


def test_a_critical_item_of_which_a_variant_always_comes_traps_nobody(tmp_path: Path) -> None:
    root = asked_to_be_safe(
        tmp_path, "pass_mark: 20\ndraw: 1\n", DANGEROUS.format(1).replace(", critical: yes", "")
    )
    edit(root, QUIZ, "  - id: salam\n", "  - id: salam\n    variants: menyapa\n")

    assert messages(root) == []


def test_a_critical_item_of_a_test_with_limited_attempts_traps_whoever_uses_them_up(
    tmp_path: Path,
) -> None:
    assert messages(asked_to_be_safe(tmp_path, "pass_mark: 70\nattempts: 1\n")) == [
        f"{SAFE}: {MAY_NOT} - {COMES_BACK}"
    ]


def test_a_critical_item_that_cannot_be_answered_safely_in_full_traps_whoever_missed_it(
    tmp_path: Path,
) -> None:
    root = asked_to_be_safe(tmp_path, "pass_mark: 20\n", DANGEROUS.format(1))

    (trap,) = messages(root)
    assert (
        trap == f'{SAFE}: butir "kasus-1" di "tes-akhir" tidak dapat dijawab penuh tanpa kesalahan'
        " berbahaya - beri nilai penuh pada jalan yang aman"
    )


# ---- practice that nobody hands in ---------------------------------------------------------------


def test_asking_for_practice_warns_that_phones_do_not_hand_it_in(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    text = (root / QUIZ).read_text(encoding="utf-8")
    write(
        root,
        "quizzes/latihan.yml",
        text.replace("id: tes-akhir\n", "id: latihan\n").replace("use: posttest", "use: practice"),
    )
    edit(
        root,
        "modules/course.yml",
        "kind: passed, quizzes: [tes-akhir]",
        "kind: practised, quizzes: [latihan]",
    )

    (warning,) = [message for message in messages(root) if "course.yml" in message]
    assert (
        warning
        == 'modules/course.yml:11:43: peringatan: syarat "lulus", quizzes: latihan di situs tidak'
        " diserahkan dari ponsel; yang hanya berlatih di ponsel tidak tercatat - pastikan"
        " latihan ini diserahkan dengan cara lain, atau pakai kind: observed"
    )


def test_a_test_is_no_practice(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/course.yml", "kind: passed", "kind: practised")

    assert messages(root) == [
        (
            f'{RULE.replace(":40", ":43")}: kuis "tes-akhir" bukan latihan - pakai kind: taken'
            " untuk tes, atau tulis kuis dengan use: practice"
        )
    ]


# ---- pass marks out of reach ---------------------------------------------------------------------

DANGEROUS = """\
  - id: kasus-{0}
    type: case
    objective: sapa-warga
    steps:
      - id: satu
        prompt: R mulai bercerita.
        choices:
          - {{id: a, text: Memaksa, credit: 1, next: end, critical: yes}}
          - {{id: b, text: Mendengarkan, credit: 0.25, next: end}}
    explanation: Jangan memaksa.
    source: Panduan kursus
"""
TOO_HIGH = (
    "turunkan pass_mark, atau perbaiki butir yang semua jalannya bernilai rendah atau berbahaya"
)


@pytest.mark.parametrize(
    ("pass_mark", "expected"),
    [
        ("62.5", []),
        (
            "62.51",
            [
                (
                    f"{QUIZ}:4:12: pass_mark: batas lulus 62.51 % tidak dapat dicapai siapa pun;"
                    f" yang tertinggi 62.5 % - {TOO_HIGH}"
                )
            ],
        ),
    ],
)
def test_pass_mark_above_the_best_that_is_no_critical_error(
    tmp_path: Path, pass_mark: str, expected: list[str]
) -> None:
    """One plain item and one whose best safe way earns a quarter: 62.5 per cent is the most."""
    root = a_course(tmp_path)
    edit(root, QUIZ, "pass_mark: 70\n", f"pass_mark: {pass_mark}\n")
    write(root, QUIZ, (root / QUIZ).read_text(encoding="utf-8") + DANGEROUS.format(1))

    assert messages(root) == expected


def test_the_highest_is_never_said_to_be_what_was_asked(tmp_path: Path) -> None:
    """ "70 per cent is out of reach; the highest is 70" would make authors look for our bug."""
    root = a_course(tmp_path)
    text = (root / QUIZ).read_text(encoding="utf-8")
    write(
        root,
        QUIZ,
        text[: text.index("  - id: salam")]
        + DANGEROUS.format(1).replace("credit: 0.25", "credit: 0.696"),
    )

    assert messages(root) == [
        (
            f"{QUIZ}:4:12: pass_mark: batas lulus 70 % tidak dapat dicapai siapa pun; yang"
            f" tertinggi 69.6 % - {TOO_HIGH}"
        )
    ]


def test_of_a_draw_the_unluckiest_must_be_able_to_pass_too(tmp_path: Path) -> None:
    """One item of three is drawn. The plain one can earn 100 per cent, so "siapa pun" would be
    untrue; the others a quarter.
    """
    root = a_course(tmp_path)
    edit(root, QUIZ, "pass_mark: 70\n", "pass_mark: 70\ndraw: 1\n")
    write(
        root,
        QUIZ,
        (root / QUIZ).read_text(encoding="utf-8") + DANGEROUS.format(1) + DANGEROUS.format(2),
    )

    assert messages(root) == [
        (
            f"{QUIZ}:4:12: pass_mark: batas lulus 70 % tidak dapat dicapai peserta dengan undian"
            f" terberat; yang tertinggi 25 % - {TOO_HIGH}"
        )
    ]
