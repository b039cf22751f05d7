"""One person at a time at the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.cli.conftest import Psm
from tests.register_builders import a_roster

WHY = ("--reason", "permintaan peserta")


@pytest.fixture
def office(psm: Psm, course: Path) -> Psm:
    a_roster(course / "peserta.xlsx", ("Siti Rahayu", "Depok"), ("Ujang Hidayat", "Beji"))
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    psm("roster", "import", "D26", "peserta.xlsx")
    psm("cohort", "new", "D27", "--start", "2027-11-24")
    return psm


def test_somebody_is_added_and_asked_about_where_they_may_be_known(office: Psm) -> None:
    new = office(
        "person",
        "add",
        "D26",
        "--name",
        "Rini Lestari",
        "--kelurahan",
        "Beji",
        "--phone",
        "0812 3456 7890",
    )
    asked = office("person", "add", "D27", "--name", "Siti Rahayu", "--kelurahan", "Depok")
    known = office(
        "person",
        "add",
        "D27",
        "--name",
        "Siti Rahayu",
        "--kelurahan",
        "Depok",
        "--answer",
        "d26-001",
    )

    assert new.out == "Nomor peserta: D26-003\n"
    assert asked.code == 2
    assert asked.err == Contains("Siti Rahayu, Depok", "pernah ikut D26", "--answer D26-001")
    assert known.out == "Nomor peserta: D27-001\n"
    assert (
        office("person", "show", "D27-001").out
        == "Siti Rahayu, Depok\n  D27-001  Angkatan D27; mulai 2027-11-24\n  D26-001  Angkatan D26;"
        " mulai 2026-11-24\n"
    )


def test_a_roster_takes_the_answer_about_somebody_known(office: Psm, course: Path) -> None:
    asked = office("roster", "import", "D27", "peserta.xlsx")
    done = office(
        "roster",
        "import",
        "D27",
        "peserta.xlsx",
        "--answer",
        "A2.orang=D26-001",
        "--answer",
        "A3.orang=lain",
    )

    assert asked.err == Contains("A2.orang: Siti Rahayu: ", "Siti Rahayu, Depok", "pernah ikut D26")
    assert done.out == "2 peserta baru, 0 diperbarui, 0 tetap.\n"
    assert [
        each["number"] for each in json.loads(office("person", "show", "D26-001", "--json").out)
    ] == ["D27-001", "D26-001"]
    assert len(json.loads(office("person", "show", "D26-002", "--json").out)) == 1


def test_what_is_done_to_a_person_is_said(office: Psm) -> None:
    corrected = office("person", "correct", "D26-001", "--name", "Siti Rahayu Ningsih", *WHY)
    withdrawn = office("person", "withdraw", "D26-001", *WHY)
    back = office("person", "withdraw", "D26-001", "--undo", *WHY)
    moved = office("person", "move", "D26-001", "D27", *WHY)
    replaced = office(
        "person", "replace", "D26-002", "--name", "Yuli Astuti", "--kelurahan", "Limo", *WHY
    )
    unlinked = office("person", "unlink", "D27-001", *WHY)
    linked = office("person", "link", "D26-001", "D27-001", *WHY)

    assert corrected.out == "Data D26-001 dibetulkan.\n"
    assert withdrawn.out == "D26-001 dicatat mengundurkan diri.\n"
    assert back.out == "D26-001 ikut lagi.\n"
    assert moved.out == "D26-001 pindah ke D27. Nomor barunya: D27-001\n"
    assert replaced.out == "Nomor peserta: D26-003\n"
    assert unlinked.out == Contains("D27-001 tidak lagi dihubungkan")
    assert linked.out == "Satu orang dengan nomor D26-001, D27-001.\n"


def test_two_numbers_are_merged(office: Psm) -> None:
    done = office("person", "merge", "D26-001", "D26-002", *WHY)

    assert done.out == Contains("D26-002 digabung dengan D26-001. ", "dihitung untuk D26-001.\n")
    assert (
        "D26-002  Ujang Hidayat (digabung dengan D26-001)" in office("person", "find", "ujang").out
    )


def test_two_numbers_merged_by_mistake_are_taken_apart(office: Psm) -> None:
    office("person", "merge", "D26-001", "D26-002", *WHY)

    done, again = (office("person", "unmerge", "D26-002", *WHY) for _ in range(2))

    assert done.out == Contains("D26-002 dipisah dari D26-001. ", "nomornya sendiri.\n")
    assert again == (2, "", Contains("D26-002 tidak sedang digabung"))


def test_people_are_found(office: Psm) -> None:
    assert office("person", "find", "RAHAYU").out == "D26-001  Siti Rahayu, Depok\n"
    assert office("person", "find", "entah").out == Contains("Tidak ada yang cocok", "ejaannya")
    assert [
        each["name"] for each in json.loads(office("person", "find", "beji", "--json").out)
    ] == ["Ujang Hidayat"]


def test_erasing_says_which_numbers_it_reaches(office: Psm) -> None:
    office("person", "move", "D26-001", "D27", *WHY)

    doubtful = office("subject", "erase", "D26-001", *WHY, stdin=b"tidak\n")
    sure = office("subject", "erase", "D26-001", *WHY, "--yes")

    assert doubtful.out == Contains("2 nomor: D26-001, D27-001. ", "Semuanya dihapus.")
    assert sure.out == Contains("D26-001 dan D27-001 dihapus", "0 berkas sertifikat")


def test_a_cohort_is_renamed_and_put_away(office: Psm) -> None:
    renamed = office("cohort", "rename", "D27", "Angkatan Limo", *WHY)
    archived = office("cohort", "archive", "D27", *WHY)
    listed, everything = office("cohort", "list"), office("cohort", "list", "--archived")
    reopened = office("cohort", "reopen", "D27", *WHY)

    assert renamed.out == "D27 sekarang bernama Angkatan Limo.\n"
    assert archived.out == Contains("D27 diarsipkan. ", "psm cohort reopen D27\n")
    assert "D27" not in listed.out
    assert "D27  Angkatan Limo, mulai 2027-11-24, diarsipkan" in everything.out
    assert reopened.out == "D27 dibuka lagi.\n"
