"""`psm submit`: answers in, whatever they are wrapped in; what is held, and deciding on it."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from dirty_equals import Contains

from psm_course.registrar.answers.submitting import TOGETHER
from tests.cli.conftest import Psm, a_hand_in

RESENT = "tidak disimpan; minta dikirim"


# ---- taking in -----------------------------------------------------------------------------------


def test_each_hand_in_gets_a_receipt(office: Psm, course: Path) -> None:
    first, other, stranger = (
        a_hand_in("D26-001"),
        a_hand_in("D26-001", catatan="lain", attempt=2),
        a_hand_in("D26-099"),
    )
    (course / "jawaban.jsonl").write_text(
        "\n".join([first, first, other, '{"rusak', stranger, "sekian"]), encoding="utf-8"
    )

    ran = office("submit", "jawaban.jsonl", "--json")

    receipts = json.loads(ran.out)
    assert [receipt["code"] == receipts[0]["code"] for receipt in receipts] == [
        True,
        True,
        False,
        False,
    ]
    promised = [receipt.pop("receipt") for receipt in receipts]
    assert [receipt | {"code": ""} for receipt in receipts] == [
        {
            "code": "",
            "participant": number,
            "quiz": "tes-akhir",
            "standing": standing,
            "reason": reason,
            "codes": codes,
            "notes": notes,
        }
        for number, standing, reason, codes, notes in (
            ("D26-001", "recorded", "", [], []),
            ("D26-001", "known", "", [], []),
            ("D26-001", "held", Contains("sudah dipakai"), ["id_reused"], []),
            (
                "D26-099",
                "quarantined",
                Contains("tidak ada di register"),
                ["unknown_participant"],
                [],
            ),
        )
    ]
    assert promised[0] == promised[1]
    assert [each and (each["participant"], each["standing"]) for each in promised] == [
        ("D26-001", "recorded"),
        ("D26-001", "recorded"),
        ("D26-001", "held"),
        None,
    ]
    assert ran.err.splitlines() == [
        Contains("jawaban.jsonl:4: ", "bukan JSON", "(baris 1, kolom 8)", RESENT),
        Contains("1 baris lain", "dilewati"),
    ]
    assert ran.code == 2


def test_a_hand_in_may_come_on_standard_input(office: Psm) -> None:
    ran = office("submit", "-", stdin=f"{a_hand_in('D26-002')}\n".encode())

    code = ran.out.split()[0]
    assert ran == (0, f"{code}  D26-002  tes-akhir  diterima\n1 diterima\n", "")


def test_receipts_are_written_as_files_to_send_back_and_are_genuine(
    office: Psm, course: Path
) -> None:
    (course / "jawaban.jsonl").write_text(
        f"{a_hand_in('D26-001')}\n{a_hand_in('D26-002')}\n{a_hand_in('D26-099')}", encoding="utf-8"
    )

    ran = office("submit", "jawaban.jsonl", "--receipts", "tanda")
    written = sorted((course / "tanda").iterdir())
    checked = office("verify", *written)

    assert [each.name for each in written] == [
        f"tanda-terima-D26-00{n}-{line.split()[0]}.txt"
        for n, line in enumerate(ran.out.splitlines()[:2], 1)
    ]
    assert checked.out.splitlines()[-1] == "2 diperiksa: 2 asli"
    assert checked.code == 0


def test_a_number_that_is_a_path_writes_no_file_elsewhere(office: Psm, course: Path) -> None:
    """What an officer admits from the quarantine may name anything as its number."""
    (course / "jawaban.jsonl").write_text(a_hand_in("../../lain", id="x"), encoding="utf-8")
    office("submit", "jawaban.jsonl")
    digest = office("submit", "quarantine").out.split()[0]
    office("submit", "quarantine", "--admit", digest, "--reason", "orangnya di depan meja")

    office("submit", "jawaban.jsonl", "--receipts", "tanda")

    (written,) = (course / "tanda").iterdir()
    assert written.name.startswith("tanda-terima-______lain-")


def test_a_chat_is_pasted_as_it_is(office: Psm) -> None:
    curly = a_hand_in("D26-001", "b").replace('"', "“")
    chat = (
        "[24/11 09:12] Ibu Siti: Assalamualaikum, ini jawaban saya\n[24/11 09:12] Ibu Siti:"
        f" {a_hand_in('D26-001')}\n[24/11 09:20] Pak Ujang: {a_hand_in('D26-002')} terima kasih"
        f" Bu\n[24/11 09:21] Ibu Siti: {curly}\n"
    )

    ran = office("submit", "-", stdin=chat.encode())

    assert [line.split("  ")[1:3] for line in ran.out.splitlines()[:2]] == [
        ["D26-001", "tes-akhir"],
        ["D26-002", "tes-akhir"],
    ]
    assert ran.out.splitlines()[2:] == ["2 diterima"]
    assert ran.err.splitlines() == [
        Contains("masukan:4: ", "tanda kutipnya", "minta sebagai berkas", RESENT),
        Contains("1 baris lain", "dilewati"),
    ]


def test_what_whatsapp_broke_and_bent_comes_in_from_a_file_and_from_standard_input(
    office: Psm, course: Path
) -> None:
    one, two = (
        json.dumps(json.loads(a_hand_in(f"D26-00{n}")), separators=(",", ":")) for n in (1, 2)
    )
    half = len(one) // 2
    chat = (
        f"[28/11 10.02] Siti: Jawaban tes-akhir D26-001 {one[:half]}\n[28/11 10.02] Pak Ujang:"
        f" {two.replace(chr(34), '“')} makasih 🙏\n[28/11 10.03] Siti: {one[half:]}\n"
    )
    (course / "obrolan.txt").write_text(chat, encoding="utf-8")

    piped = office("submit", "-", stdin=chat.encode())
    filed = office("submit", "obrolan.txt")

    assert (piped.code, piped.out.splitlines()[-1], piped.err) == (0, "2 diterima", "")
    assert (filed.code, filed.out.splitlines()[-1], filed.err) == (0, "2 sudah ada", "")


def test_a_folder_and_a_zip_are_taken_in_file_by_file(office: Psm, course: Path) -> None:
    folder = course / "unduhan" / "kelas-a"
    folder.mkdir(parents=True)
    (folder / "siti.txt").write_text(a_hand_in("D26-001"), encoding="utf-8")
    (folder / "foto.jpg").write_bytes(b"\xff\xd8\0")
    with ZipFile(course / "unduhan" / "lain.zip", "w") as packed:
        packed.writestr("ujang.txt", a_hand_in("D26-002"))

    ran = office("submit", "unduhan", "--json")

    assert [(receipt["participant"], receipt["standing"]) for receipt in json.loads(ran.out)] == [
        ("D26-001", "recorded"),
        ("D26-002", "recorded"),
    ]
    assert (ran.code, ran.err.splitlines()) == (2, [Contains("foto.jpg: ", "bukan berkas teks")])


def test_more_than_a_transaction_holds_comes_in_any_order_and_twice(
    office: Psm, course: Path
) -> None:
    documents = [
        a_hand_in(f"D26-00{1 + number % 2}", id=f"nomor-{number}", attempt=number // 2 + 1)
        for number in range(TOGETHER + 3)
    ]
    (course / "semua.jsonl").write_text("\n".join(documents + documents[::-1]), encoding="utf-8")

    ran = office("submit", "semua.jsonl")

    assert (ran.code, ran.out, ran.err) == (
        0,
        f"{TOGETHER + 3} diterima, {TOGETHER + 3} sudah ada\n",
        "",
    )


def test_a_file_without_hand_ins_says_so(office: Psm, course: Path) -> None:
    (course / "kosong.json").touch()

    assert office("submit", "kosong.json") == (
        0,
        Contains("Tidak ada jawaban", "berkas ini"),
        "",
    )


def test_hand_ins_collected_in_a_list_are_those_known_already(office: Psm, course: Path) -> None:
    documents = [a_hand_in("D26-001"), a_hand_in("D26-002")]
    (course / "satu-satu.jsonl").write_text("\n".join(documents), encoding="utf-8")
    (course / "daftar.json").write_text(
        json.dumps([json.loads(document) for document in documents], indent=2), encoding="utf-8"
    )

    first = json.loads(office("submit", "satu-satu.jsonl", "--json").out)
    again = json.loads(office("submit", "daftar.json", "--json").out)

    assert again == [receipt | {"standing": "known", "notes": []} for receipt in first]


def test_a_hand_in_nested_without_end_stops_no_other_receipt(office: Psm, course: Path) -> None:
    deep = a_hand_in("D26-002").replace(
        '"responses": {', '"responses": {"x": ' + "[" * 300 + "]" * 300 + ", ", 1
    )
    (course / "jawaban.jsonl").write_text(f"{a_hand_in('D26-001')}\n{deep}\n", encoding="utf-8")

    ran = office("submit", "jawaban.jsonl", "--json")

    assert ([receipt["participant"] for receipt in json.loads(ran.out)], ran.code) == (
        ["D26-001"],
        2,
    )
    assert ran.err.splitlines() == [
        Contains("jawaban.jsonl:2: ", "bersarang terlalu dalam", RESENT)
    ]


def test_a_file_that_cannot_be_read_stops_no_other(office: Psm, course: Path) -> None:
    """A file of the operating system that everybody may open and nobody read."""
    (course / "siti.txt").write_text(a_hand_in("D26-001"), encoding="utf-8")

    ran = office("submit", "/proc/self/mem", "siti.txt")

    assert (ran.code, ran.out.splitlines()[-1], ran.err.splitlines()) == (
        2,
        "1 diterima",
        [Contains("mem: ", "tidak dapat dibaca", "(kode 5)")],
    )


# ---- deciding ------------------------------------------------------------------------------------


@pytest.fixture
def code(office: Psm) -> str:
    """The receipt code of someone who mistyped the number."""
    ran = office("submit", "-", stdin=a_hand_in("D26-099", id="tersesat").encode())
    assert ran.out.splitlines()[-1] == Contains("belum diterima", "psm submit quarantine")
    digest = office("submit", "quarantine").out.split()[0]
    return office(
        "submit", "quarantine", "--admit", digest, "--reason", "Pengirimnya dikenal"
    ).out.split()[0]


def test_what_is_held_is_listed_with_its_reason(office: Psm, code: str) -> None:
    assert office("submit", "held").out.splitlines() == [
        Contains(f"{code}  D26-099  tes-akhir  0 hari: ", "tidak ada di register"),
        "1 menunggu keputusan.",
    ]
    (listed,) = json.loads(office("submit", "held", "--json").out)
    assert {name: value for name, value in listed.items() if name != "received_at"} == {
        "id": "tersesat",
        "code": code,
        "participant": "D26-099",
        "quiz": "tes-akhir",
        "codes": ["unknown_participant"],
        "reason": Contains("tidak ada di register"),
    }
    assert office("submit", "held", "D26").out == Contains(
        "Tidak ada jawaban", "menunggu keputusan"
    )


@pytest.mark.parametrize("named", ["code", "id"])
def test_a_held_hand_in_is_accepted_for_the_right_number(
    office: Psm, code: str, named: str
) -> None:
    which = code.lower() if named == "code" else "tersesat"

    ran = office(
        "submit", "decide", which, "--accept", "--reason", "Salah ketik", "--number", "D26-002"
    )

    assert ran == (0, f"{code}  tes-akhir: dihitung untuk D26-002.\n", "")
    assert office("submit", "held").out == Contains("Tidak ada jawaban", "menunggu keputusan")
    assert "lulus" in json.dumps(json.loads(office("status", "D26", "D26-002", "--json").out))


def test_a_held_hand_in_is_refused_once(office: Psm, code: str) -> None:
    first = office("submit", "decide", "tersesat", "--refuse", "--reason", "Bukan peserta")
    again = office("submit", "decide", "tersesat", "--accept", "--reason", "Berubah pikiran")
    by_code = office("submit", "decide", code, "--accept", "--reason", "Berubah pikiran")

    assert first == (0, Contains(f"{code}  tes-akhir: tidak dihitung", "tetap disimpan"), "")
    assert again == (2, "", Contains("sudah diputuskan: ditolak", "--again"))
    assert by_code == (2, "", Contains("kode atau id ini", "psm submit held"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reason", "Ya, benar"], ["Pilih --accept", "--refuse"]),
        (["--accept", "--reason", " "], ["Tulis alasannya", "beberapa kata"]),
        (
            ["--accept", "--reason", "Ya, benar"],
            ['"D26-099" tidak ada', "nomor peserta yang benar"],
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    office: Psm, code: str, words: list[str], said: list[str]
) -> None:
    assert office("submit", "decide", code, *words) == (2, "", Contains(*said))


def test_a_decision_is_superseded_when_that_is_said(office: Psm, code: str) -> None:
    office("submit", "decide", code, "--refuse", "--reason", "Bukan peserta")

    ran = office(
        "submit",
        "decide",
        code,
        "--accept",
        "--reason",
        "Ternyata peserta",
        "--number",
        "D26-002",
        "--again",
    )

    assert ran == (0, f"{code}  tes-akhir: dihitung untuk D26-002.\n", "")


def test_all_that_are_held_for_one_reason_are_decided_at_once(office: Psm, course: Path) -> None:
    bare = [json.loads(a_hand_in("D26-001", id=f"iseng-{n}")) for n in range(12)]
    lines = [
        json.dumps({name: value for name, value in each.items() if name != "mac"}) for each in bare
    ]
    office("submit", "-", stdin="\n".join(lines).encode())

    ran = office(
        "submit",
        "decide",
        "--all",
        "--reason-code",
        "no_card",
        "--refuse",
        "--reason",
        "Kiriman orang iseng",
    )

    assert ran == (0, Contains("12 jawaban tidak dihitung", "tetap disimpan"), "")
    assert office("submit", "held").out == Contains("Tidak ada jawaban", "menunggu keputusan")


def test_the_quarantine_is_emptied(office: Psm) -> None:
    office("submit", "-", stdin=a_hand_in("D26-099").encode())

    assert office("submit", "quarantine", "--purge", "semua").out == "1 dokumen dibuang.\n"
    assert office("submit", "quarantine").out == Contains("Tidak ada apa-apa")
