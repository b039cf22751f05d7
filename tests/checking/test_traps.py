"""Promise 6: from every reachable state a learner can still finish, or the trap is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_course, edit, write
from tests.checking.checked import Expected, error, messages, warning

QUIZ = "quizzes/tes-akhir.yml"
WHERE = 'syarat "lulus", quizzes'
RULE = ("modules/course.yml:11:40", WHERE)
WAY_OUT = ("hapus attempts", "kuis pengganti", "tanpa batas kesempatan")


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
        error(*RULE, "kehabisan kesempatan", '("tes-akhir" hanya 2 kali)', *WAY_OUT)
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

    assert messages(root) == [
        error(
            *RULE,
            "kehabisan kesempatan",
            '("tes-akhir" hanya 2 kali, ',
            ', "tes-ulang" hanya 1 kali)',
            *WAY_OUT,
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
        error(
            "modules/course.yml:11:52",
            f"{WHERE}, isi ke-2",
            '"tes-ulang" tidak ada',
            "folder quizzes",
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
        error(
            *RULE,
            'meminta lulus "tes-akhir"',
            "tanpa batas lulus",
            "tambahkan pass_mark",
            "kuis tes-akhir",
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


SAFE = ("modules/course.yml:11:45", WHERE)
MAY_NOT_COME_BACK = error(
    *SAFE,
    'butir "salam"',
    'di "tes-akhir"',
    "kesalahan berbahaya",
    "belum tentu keluar lagi",
    "beri butir itu variants",
    "kuisnya tanpa attempts",
)


def test_a_critical_item_that_a_draw_may_leave_out_traps_whoever_missed_it(tmp_path: Path) -> None:
    root = asked_to_be_safe(
        tmp_path, "pass_mark: 20\ndraw: 1\n", DANGEROUS.format(1).replace(", critical: yes", "")
    )

    assert messages(root) == [MAY_NOT_COME_BACK]


def test_a_critical_item_of_which_a_variant_always_comes_traps_nobody(tmp_path: Path) -> None:
    root = asked_to_be_safe(
        tmp_path, "pass_mark: 20\ndraw: 1\n", DANGEROUS.format(1).replace(", critical: yes", "")
    )
    edit(root, QUIZ, "  - id: salam\n", "  - id: salam\n    variants: menyapa\n")

    assert messages(root) == []


def test_a_critical_item_of_a_test_with_limited_attempts_traps_whoever_uses_them_up(
    tmp_path: Path,
) -> None:
    root = asked_to_be_safe(tmp_path, "pass_mark: 70\nattempts: 1\n")

    assert messages(root) == [MAY_NOT_COME_BACK]


def test_a_critical_item_that_cannot_be_answered_safely_in_full_traps_whoever_missed_it(
    tmp_path: Path,
) -> None:
    root = asked_to_be_safe(tmp_path, "pass_mark: 20\n", DANGEROUS.format(1))

    assert messages(root) == [
        error(
            *SAFE,
            'butir "kasus-1"',
            'di "tes-akhir"',
            "tidak dapat dijawab penuh",
            "tanpa kesalahan berbahaya",
            "jalan yang aman",
        )
    ]


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

    assert [message for message in messages(root) if "course.yml" in message.place] == [
        warning(
            "modules/course.yml:11:43",
            WHERE,
            "latihan di situs",
            "tidak diserahkan dari ponsel",
            "dengan cara lain",
            "kind: observed",
        )
    ]


def test_a_test_is_no_practice(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/course.yml", "kind: passed", "kind: practised")

    assert messages(root) == [
        error(
            "modules/course.yml:11:43",
            WHERE,
            '"tes-akhir" bukan latihan',
            "kind: taken",
            "use: practice",
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
PASS_MARK = (f"{QUIZ}:4:12", "pass_mark")
TOO_HIGH = ("turunkan pass_mark", "perbaiki butir")


@pytest.mark.parametrize(
    ("pass_mark", "expected"),
    [
        ("62.5", []),
        (
            "62.51",
            [
                error(
                    *PASS_MARK,
                    "batas lulus 62.51 %",
                    "tidak dapat dicapai siapa",
                    "tertinggi 62.5 %",
                    *TOO_HIGH,
                )
            ],
        ),
    ],
)
def test_pass_mark_above_the_best_that_is_no_critical_error(
    tmp_path: Path, pass_mark: str, expected: list[Expected]
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
        error(
            *PASS_MARK,
            "batas lulus 70 %",
            "tidak dapat dicapai siapa",
            "tertinggi 69.6 %",
            *TOO_HIGH,
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
        error(
            *PASS_MARK,
            "batas lulus 70 %",
            "peserta dengan undian terberat",
            "tertinggi 25 %",
            *TOO_HIGH,
        )
    ]
