"""`psm analyse` at the keyboard: in plain words, as JSON, and where it cannot tell anything."""

from __future__ import annotations

import json
from pathlib import Path

from dirty_equals import Contains

from tests.builders import edit, write
from tests.cli.conftest import Psm, a_hand_in
from tests.register_builders import a_card_secret, a_roster

# Unlike each other, so that the roster asks nothing.
NAMES = (
    "Siti Rahayu", "Ujang Hidayat", "Maryam Kusuma", "Bambang Wicaksono", "Ni Luh Ayu",
    "Yohanes Tarigan", "Fatimah Zahra", "Goenawan", "Herlina Sitompul", "Imam Bukhori", "Jumiati",
    "Karel Lumban", "Lestari Wulandari", "Muhammad Iqbal", "Nurhasanah", "Oktavianus Bere",
    "Purwanto", "Qomariah", "Ratna Juwita", "Sulaiman Daud", "Tetty Manurung", "Wahyu Prabowo",
)  # fmt: skip


def a_hall(psm: Psm, course: Path, right: int, wrong: int) -> None:
    """A cohort whose people have handed in the one-item test of the small course,
    so many right and so many wrong.
    """
    edit(
        course,
        "quizzes/tes-akhir.yml",
        "      - {id: b, text: Perintah}",
        "      - {id: b, text: Perintah, critical: yes}",
    )
    a_roster(course / "peserta.xlsx", *((name, "Depok") for name in NAMES[: right + wrong]))
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    psm("roster", "import", "D26", "peserta.xlsx")
    a_card_secret(course / "var")
    sent = [
        a_hand_in(f"D26-{at:03}", "a" if at <= right else "b") for at in range(1, right + wrong + 1)
    ]
    psm("submit", "-", stdin="\n".join(sent).encode())


def test_an_analysis_in_plain_words(psm: Psm, course: Path) -> None:
    a_hall(psm, course, right=8, wrong=14)

    ran = psm("analyse", "d26", "Tes-Akhir")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        Contains("Tes akhir, Angkatan D26: 22 dari 22 ", "jawaban pertama", "dengan kartu"),
        Contains("Rata-rata 36,4 %", "simpangan baku 49,2."),
        Contains("(KR-20): tidak ada", "sedikitnya dua butir"),
        Contains("Sebelum dan sesudah: ", "tidak ada tes awal"),
        Contains("Butir: n, ", "(95 %)", "(r)"),
        "! salam: n 22, 36 % (20 %–57 %)",
        Contains("    ", "jawaban berbahaya (64 %)"),
        "    ✓ a 36 % · b 64 %",
    ]


def test_an_analysis_as_json(psm: Psm, course: Path) -> None:
    a_hall(psm, course, right=11, wrong=9)

    ran = psm("analyse", "D26", "tes-akhir", "--json")
    found = json.loads(ran.out)

    assert (ran.code, found["n"], found["mean"], found["kr20"], found["paired"]) == (
        0,
        20,
        55,
        None,
        None,
    )
    assert [(item["id"], item["p"], item["flags"]) for item in found["items"]] == [
        ("salam", 0.55, ["danger"])
    ]
    assert found["objectives"] == {"sapa-warga": Contains("memperkenalkan diri")}


def test_too_few_people_are_refused(office: Psm) -> None:
    office("submit", "-", stdin=a_hand_in("D26-001").encode())

    ran = office("analyse", "D26", "tes-akhir")

    assert ran.code == 2
    assert Contains("baru 1 orang", "sedikitnya 20.") in ran.out.splitlines()
    asked = office("analyse", "D26", "tes-akhir", "--json")
    assert (asked.code, json.loads(asked.out)["items"]) == (2, [])


def test_a_wrong_name_is_answered_with_the_nearest(office: Psm) -> None:
    assert office("analyse", "D62", "tes-akhir") == (
        2,
        "",
        Contains('Angkatan "D62" tidak ada', "Maksud Anda D26?\n"),
    )
    assert office("analyse", "D26", "tes-ahir") == (
        2,
        "",
        Contains('Kuis "tes-ahir"', "Maksud Anda tes-akhir?\n"),
    )


def test_a_substitute_is_analysed_by_itself_and_says_so(psm: Psm, course: Path) -> None:
    written = (course / "quizzes/tes-akhir.yml").read_text(encoding="utf-8")
    substitute = written.replace("id: tes-akhir", "id: tes-pengganti").replace(
        "title: Tes akhir", "title: Tes pengganti"
    )
    write(course, "quizzes/tes-pengganti.yml", substitute)
    edit(
        course, "modules/course.yml", "quizzes: [tes-akhir]", "quizzes: [tes-akhir, tes-pengganti]"
    )
    a_hall(psm, course, right=12, wrong=8)

    ran = psm("analyse", "D26", "tes-akhir")

    told = Contains("Tes pengganti tidak ikut", "psm analyse D26 tes-pengganti")
    assert told in ran.out.splitlines()
