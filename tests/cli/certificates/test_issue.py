"""Records at the keyboard: tried, issued, corrected, withdrawn, printed again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import jwt
import pytest
from dirty_equals import Contains

from psm_course.credentials.formats.baked import baked_in
from psm_course.domain.register import Enrolment
from psm_course.local_time import WIB
from psm_course.store.opening import open_store
from psm_course.store.people import people
from tests.builders import OFFICE
from tests.cli.conftest import Psm
from tests.register_builders import a_sheet, arranging

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def number(sequence: int) -> str:
    today = datetime.now(WIB)
    return f"800.2/{sequence:04}/PSM-DASAR/{ROMAN[today.month - 1]}/{today.year}"


def file_of(sequence: int) -> str:
    return f"{number(sequence).replace('/', '-')}.pdf"


def test_a_dry_run_asks_for_no_passphrase_and_leaves_nothing(
    signing: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PSM_KEY_PASSPHRASE")

    ran = signing("issue", "D26", "--dry-run")
    as_json = json.loads(signing("issue", "D26", "--dry-run", "--json").out)

    assert ran.out.splitlines() == [
        f"  {number(1)}  D26-001  lulus      Siti Rahayu",
        f"  {number(2)}  D26-002  lulus      Ujang Hidayat",
        Contains("Bila diterbitkan", "2 sertifikat baru", "0 sudah terbit"),
    ]
    assert as_json == [
        {
            "number": number(index),
            "participant": f"D26-00{index}",
            "kind": "passed",
            "file": file_of(index),
        }
        for index in (1, 2)
    ]
    assert not (course / "var/records").exists()


def test_where_nobody_is_entitled_it_is_said_where_to_look(signing: Psm) -> None:
    signing("cohort", "new", "D27", "--start", "2025-12-02")

    ran = signing("issue", "D27", "--dry-run")

    assert ran.out.splitlines() == [
        Contains("Belum ada yang berhak", "psm status D27"),
        Contains("Bila diterbitkan", "0 sertifikat baru", "0 sudah terbit"),
    ]


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--kind", "mengikuti"]])
def test_before_the_last_day_it_is_said_from_when_on(signing: Psm, more: list[str]) -> None:
    signing("cohort", "new", "D99", "--start", "2099-12-01")

    said = Contains("Angkatan D99", "mulai 1 Desember 2099", "ada yang diterbitkan")
    assert signing("issue", "D99", *more) == (2, "", said)


def test_records_are_issued_and_printed_once(signing: Psm, course: Path) -> None:
    folder = course / "var/records/D26"

    first, second = signing("issue", "D26"), signing("issue", "D26")

    assert first.out.splitlines()[2:] == [
        Contains("2 sertifikat baru, 0 sudah ada", "2 PDF dicetak", str(folder)),
        Contains("psm publish"),
    ]
    assert second.out.splitlines() == [
        Contains("0 sertifikat baru, 2 sudah ada", "0 PDF dicetak", str(folder))
    ]
    assert sorted(path.name for path in folder.iterdir()) == [file_of(1), file_of(2)]


def test_as_json_nothing_else_stands_on_standard_output(signing: Psm, course: Path) -> None:
    ran = signing("issue", "D26", "--json", "--batch")

    assert [each["file"] for each in json.loads(ran.out)] == [file_of(1), file_of(2)]
    assert ran.err.splitlines() == [
        Contains("dicetak sekaligus", str(course / "var/records/D26" / "cetak-semua-1.pdf"))
    ]


def test_a_passphrase_is_asked_for_only_when_something_is_to_be_signed(
    signing: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing("issue", "D26")
    monkeypatch.delenv("PSM_KEY_PASSPHRASE")

    assert signing("issue", "D26").code == 0
    assert signing("issue", "D27").err == Contains(
        '"D27" tidak ada', "Yang ada: D26", "psm cohort new"
    )


def test_a_wrong_passphrase_issues_nothing(
    signing: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", "empat kata yang lain")

    ran = signing("issue", "D26")

    assert (ran.code, ran.out) == (2, "")
    assert "frasa sandinya salah" in ran.err
    assert "empat kata" not in ran.err
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", "empat kata yang acak")
    assert f"  {number(1)}  D26-001" in signing("issue", "D26").out


def test_without_a_key_it_is_said_how_to_make_one(signing: Psm, course: Path) -> None:
    (course / "var/keys/keys.json").unlink()

    assert signing("issue", "D26") == (2, "", Contains("Belum ada kunci", "psm keys new"))


@pytest.mark.parametrize("name", ["certified_signature", "show_score"])
def test_a_slip_in_the_settings_is_said(signing: Psm, course: Path, name: str) -> None:
    (course / "psm.toml").write_text(f'{name} = "ya"\n', encoding="utf-8")

    ran = signing("issue", "D26")

    assert (ran.code, ran.err.split(".")[0]) == (2, f'Pengaturan {name} = "ya" tidak dikenal')


# ---- corrected in the open -----------------------------------------------------------------------


def test_a_name_is_corrected_and_the_old_paper_says_by_what(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    folder = course / "var/records/D26"

    ran = signing(
        "supersede",
        number(1),
        "--name",
        " Siti  Rahayu, S.Sos ",
        "--reason",
        "gelar belum tercantum",
    )

    assert ran.out.splitlines() == [
        Contains(f"{number(1)} diganti oleh {number(3)}", "1 PDF dicetak", "psm publish")
    ]
    verdict = json.loads(signing("verify", folder / "tidak-berlaku" / file_of(1), "--json").out)
    assert (verdict["verdict"], verdict["superseded_by"]) == ("superseded", number(3))
    assert "Alasan: gelar belum tercantum." in verdict["reason"]
    new = json.loads(signing("verify", folder / file_of(3), "--json").out)
    assert (new["verdict"], new["record"]["name"]) == ("valid", "Siti Rahayu, S.Sos")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kelurahan", "Curug"], ['"Curug" tidak jelas', "Curug (Cimanggis)"]),
        (["--name", "Siti Rahayu"], [number(1), "sudah sama dengan register"]),
        (["--name", "Ani", "--reason", "ya"], ["Tulis alasannya", "beberapa kata"]),
    ],
)
def test_a_correction_that_cannot_be_made_is_said(
    signing: Psm, words: list[str], said: list[str]
) -> None:
    signing("issue", "D26")

    ran = signing("supersede", number(1), "--reason", "salah ketik", *words)

    assert ran == (2, "", Contains(*said))
    assert json.loads(signing("status", "D26", "--json").out)[0]["record"] == number(1)


def test_a_record_is_revoked_after_a_yes_and_answers_why(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    old = course / "var/records/D26/tidak-berlaku" / file_of(2)

    assert (
        signing("revoke", number(2), "--reason", "salah orang", stdin=b"t\n").err == "Dibatalkan.\n"
    )
    ran = signing("revoke", number(2), number(2), "--reason", "salah orang", "--yes")

    assert ran.out.splitlines() == [Contains("1 sertifikat dicabut", "psm publish")]
    assert "Alasan: salah orang." in signing("verify", old).out
    assert signing("issue", "D26").out.startswith("0 sertifikat baru")
    assert (
        f"  {number(3)}  D26-002  lulus      Ujang Hidayat"
        in signing("issue", "D26", "--again", "D26-002").out
    )


@pytest.mark.parametrize("answer", ["ya", "Y"])
def test_a_yes_is_an_indonesian_yes(signing: Psm, answer: str) -> None:
    signing("issue", "D26")

    ran = signing("revoke", number(2), "--reason", "salah orang", stdin=f"{answer}\n".encode())

    assert ran.out == Contains(
        f"Mencabut 1 sertifikat: {number(2)}.", "[ya/tidak]: 1 sertifikat dicabut"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["revoke", number(1), "--yes"], [f"{number(1)} sudah dicabut pada"]),
        (["supersede", number(1), "--name", "Ani"], [f"{number(1)} sudah dicabut pada"]),
        (["revoke", number(9), "--yes"], [f'"{number(9)}" tidak ada di register.']),
        (["revoke", number(2), "--yes", "--reason", "x"], ["Tulis alasannya", "beberapa kata"]),
    ],
)
def test_what_cannot_be_ended_is_said_before_the_passphrase(
    signing: Psm, monkeypatch: pytest.MonkeyPatch, words: list[str], said: list[str]
) -> None:
    signing("issue", "D26")
    signing("revoke", number(1), "--reason", "salah orang", "--yes")
    monkeypatch.delenv("PSM_KEY_PASSPHRASE")

    ran = signing(words[0], "--reason", "salah orang", *words[1:])

    assert ran == (2, "", Contains(*said))


@pytest.mark.parametrize(
    "words",
    [["revoke", number(2), "--yes"], ["supersede", number(2), "--name", "Ujang Hidayat, S.Sos"]],
)
def test_no_file_for_the_printer_is_left_that_holds_what_ended(
    signing: Psm, course: Path, words: list[str]
) -> None:
    signing("issue", "D26", "--batch")
    assert [path.name for path in (course / "var/records/D26").glob("cetak-semua-*")] == [
        "cetak-semua-1.pdf"
    ]

    signing(*words, "--reason", "salah orang")

    assert list((course / "var/records/D26").glob("cetak-semua-*")) == []
    assert [path.name for path in (course / "var/records/D26/tidak-berlaku").iterdir()] == [
        file_of(2)
    ]


def test_those_who_never_came_are_voided_in_one_step(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    a_sheet(course / "hadir.xlsx", ("Nomor", "pembukaan", "menyapa"), ("D26-001", "-", "-"))
    signing("attendance", "import", "D26", "hadir.xlsx")

    ran = signing("revoke", "--no-shows", "D26", "--reason", "tidak hadir satu sesi pun", "--yes")

    assert ran.out.startswith("1 sertifikat dicabut.")
    assert signing(
        "revoke", "--no-shows", "D26", "--reason", "tidak hadir", "--yes"
    ).err == Contains("Tidak ada", "perlu dicabut")
    assert signing("revoke", "--reason", "tidak hadir").err == Contains("Sebutkan nomor")


def test_a_lost_print_is_the_same_file(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    path = course / "var/records/D26" / file_of(1)
    before = path.read_bytes()
    path.unlink()

    ran = signing("reprint", number(1), "--reason", "lembar hilang")

    assert (ran.code, ran.out) == (0, f"Cetak berkas ini: {path}\n")
    assert path.read_bytes() == before


def test_a_badge_and_a_token_are_made_of_what_was_signed(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    folder = course / "var/records/D26"
    picture, token = (folder / f"{number(1).replace('/', '-')}.{kind}" for kind in ("png", "jwt"))

    ran = signing("badge", number(1))

    assert (ran.code, ran.out) == (0, f"  {picture}\n  {token}\n")
    credential, claims = (
        json.loads(baked_in(picture.read_bytes())),
        jwt.decode(token.read_text(), options={"verify_signature": False}),
    )
    assert credential["credentialSubject"]["licenseNumber"] == number(1)
    assert {word: value for word, value in claims.items() if word in credential} == {
        word: value for word, value in credential.items() if word != "proof"
    }
    assert [signing("verify", str(picture), str(folder / file_of(1))).code] == [0]


def test_a_badge_of_what_no_longer_counts_is_set_aside(signing: Psm, course: Path) -> None:
    signing("issue", "D26")
    signing("badge", number(1))

    signing("revoke", number(1), "--reason", "keliru", "--yes")

    kept = sorted(
        path.relative_to(course / "var/records/D26").parent.name
        for path in (course / "var/records/D26").rglob("*.png")
    )
    assert kept == ["tidak-berlaku"]


def test_numbers_given_by_hand_are_left_out_with_a_note(signing: Psm) -> None:
    ran = signing("numbers", "skip", "4", "--reason", "ditulis tangan saat listrik padam")

    assert ran.out.splitlines() == [Contains("1 sampai 4 dilewati")]
    assert f"  {number(5)}  D26-001" in signing("issue", "D26").out


def test_a_name_that_cannot_be_printed_is_said_before_a_number_is_given(
    signing: Psm, course: Path
) -> None:
    register = open_store(course / "var/register.db", OFFICE)
    with arranging(register) as tx:
        people.change_enrolments(tx, [Enrolment("D26-001", "D26", "李明", "32.76.01.1006")])
    register.close()

    tried, ran = signing("issue", "D26", "--dry-run"), signing("issue", "D26")

    assert tried == ran
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == Contains(
        "Belum ada yang diterbitkan", "tidak dapat dicetak", "huruf Latin"
    )
    assert ran.err.splitlines()[1:] == ['  D26-001: huruf "明" di nama']
