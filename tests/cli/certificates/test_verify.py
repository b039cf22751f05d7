"""`psm verify`: what is said of certificates, receipts, and bad input of every kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.credentials.formats.attachment import PROOF_NAME
from psm_course.credentials.formats.badge import ARTWORK
from psm_course.credentials.formats.baked import artwork
from tests.cli.certificates.sites import a_site
from tests.cli.conftest import Psm
from tests.credentials.signed import (
    BEFORE,
    FOREIGN_OFFICE,
    KEY,
    LISTED,
    NOW,
    OFFICE,
    a_badge,
    an_address,
    as_bytes,
)
from tests.credentials.tampered_pdf import genuine_pdf
from tests.credentials.tampered_png import baked
from tests.credentials.tampered_receipts import OFFICE_WITH_LOG, OTHER_LOG_KEY, RECEIVED, a_receipt
from tests.credentials.tampering import WORLDS


@pytest.fixture
def site(tmp_path: Path) -> str:
    return str(a_site(WORLDS["pdf-known"], OFFICE, tmp_path / "situs"))


@pytest.mark.parametrize(
    ("content", "verdict", "code"),
    [
        (as_bytes(a_badge()), "valid", 0),
        (json.dumps(a_badge(), sort_keys=True).encode(), "valid", 0),
        (genuine_pdf(), "valid", 0),
        (genuine_pdf() + b"\n% diubah", "tampered", 2),
        (as_bytes(a_badge()).replace(b"Siti", b"Budi"), "tampered", 2),
        (
            as_bytes(a_badge()).replace(b'{"@context"', b'{"name": "lain", "@context"'),
            "unreadable",
            2,
        ),
        (b"%PDF-1.7\n" + b" " * 11_000_000, "unreadable", 2),
        (b"{" + b" " * 2_000_000, "unreadable", 2),
        (b"", "unreadable", 2),
        (b"\xff\xfe\x00\x01", "unreadable", 2),
        (b"https://wa.me/628123456789", "unreadable", 2),
        (as_bytes(a_badge(issuer=FOREIGN_OFFICE)), "unknown_issuer", 2),
    ],
    ids=[
        "json",
        "reordered",
        "pdf",
        "edited",
        "changed",
        "twins",
        "huge-pdf",
        "huge-json",
        "empty",
        "binary",
        "other-qr",
        "other-office",
    ],
)
def test_whatever_a_file_holds_gets_a_verdict_with_a_reason(
    psm: Psm, tmp_path: Path, site: str, content: bytes, verdict: str, code: int
) -> None:
    path = tmp_path / "berkas"
    path.write_bytes(content)

    ran = psm("verify", path, "--site", site, "--json")

    found = json.loads(ran.out)
    assert (ran.code, ran.err, found["verdict"]) == (code, "", verdict)
    assert list(found) == [
        "verdict",
        "record",
        "status_as_of",
        "reason",
        "superseded_by",
        "receipt",
    ]
    assert found["reason"].endswith(".")


def test_the_text_of_a_code_is_read_as_it_is(psm: Psm, site: str) -> None:
    ran = psm("verify", an_address(), "--site", site)

    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("✓ ASLI  https://dinsos.depok.go.id/psm/v#")
    assert lines[1] == Contains(
        "Sertifikat ini asli", "Dinas Sosial Kota Depok", "per 9 Juni 2025: berlaku"
    )
    assert lines[2:] == [
        "  Nama: Siti Nur’aini, S.Sos",
        "  Nomor: 800.2/0007/PSM-DASAR/VI/2025",
        "  Kelurahan: Curug (Cimanggis)",
        "  Kegiatan: Bimtek Dasar PSM",
        "  JP: 16",
        "  Terbit: 2 Juni 2025",
    ]


def test_without_a_status_list_it_is_no_plain_yes(psm: Psm, tmp_path: Path, site: str) -> None:
    for path in Path(site).rglob("status/*.json"):
        path.unlink()
    for name in ("satu.json", "dua.json"):
        (tmp_path / name).write_bytes(as_bytes(a_badge()))

    one, two = (
        psm("verify", *paths, "--site", site)
        for paths in ([tmp_path / "satu.json"], [tmp_path / "satu.json", tmp_path / "dua.json"])
    )

    assert (one.code, one.out.splitlines()[0]) == (
        2,
        f"? ASLI, STATUSNYA BELUM DIPERIKSA  {tmp_path / 'satu.json'}",
    )
    assert two.out == Contains("daftar status tidak ada", "mungkin sudah dicabut")
    assert two.out.splitlines()[-1] == Contains("2 diperiksa: ", "2 asli, statusnya belum")


def test_no_text_is_not_this_folder(psm: Psm, site: str) -> None:
    ran = psm("verify", "", "--site", site)

    assert (ran.code, ran.out.splitlines()) == (
        2,
        ["? TIDAK TERBACA  ", Contains("bukan kode QR")],
    )


def test_a_folder_is_checked_file_by_file_and_counted(psm: Psm, tmp_path: Path, site: str) -> None:
    folder = tmp_path / "masuk"
    (folder / "lagi").mkdir(parents=True)
    (folder / "asli.pdf").write_bytes(genuine_pdf())
    (folder / "palsu.PDF").write_bytes(genuine_pdf() + b"\n")
    (folder / "lagi" / "asli.json").write_bytes(as_bytes(a_badge()))
    (folder / "lencana.png").write_bytes(baked(a_badge()))
    (folder / "logo.PNG").write_bytes(artwork(ARTWORK["passed"]))
    (folder / "foto.jpg").write_bytes(b"\xff\xd8")

    ran = psm("verify", folder, "--site", site)

    facts = "800.2/0007/PSM-DASAR/VI/2025, Siti Nur’aini, S.Sos"
    assert ran.code == 2
    assert ran.out.splitlines() == [
        f"✓ ASLI  {folder / 'asli.pdf'}  {facts}",
        f"✓ ASLI  {folder / 'lagi/asli.json'}  {facts}",
        f"✓ ASLI  {folder / 'lencana.png'}  {facts}",
        f"? TIDAK TERBACA  {folder / 'logo.PNG'}",
        Contains("Gambar ini tidak memuat"),
        f"✗ TIDAK ASLI  {folder / 'palsu.PDF'}  {facts}",
        Contains("Berkas PDF ini", "halamannya mungkin sudah diubah"),
        Contains("5 diperiksa: ", "3 asli, 1 tidak asli", "1 tidak terbaca"),
        Contains(f"1 berkas lain di {folder}", ": foto.jpg"),
    ]
    assert [
        each["given"] for each in json.loads(psm("verify", folder, "--site", site, "--json").out)
    ] == [
        str(folder / name)
        for name in ("asli.pdf", "lagi/asli.json", "lencana.png", "logo.PNG", "palsu.PDF")
    ]


def test_proofs_and_what_is_no_certificate_do_not_count_as_checked(
    psm: Psm, tmp_path: Path, site: str
) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "asli.pdf").write_bytes(genuine_pdf())
    (folder / f"asli.{PROOF_NAME}").write_text("", encoding="utf-8")
    for name in ("a.docx", "b.jpg", "c.txt", "d.jwt"):
        (folder / name).write_text("lain", encoding="utf-8")

    ran = psm("verify", folder, "--site", site)

    assert (ran.code, ran.out.splitlines()[0][:6]) == (0, "✓ ASLI")
    assert ran.out.splitlines()[-1] == Contains(
        f"4 berkas lain di {folder}", ": a.docx, b.jpg, c.txt, …"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("tidak-ada.pdf", ["tidak-ada.pdf", "tidak ditemukan"]),
        ("kosong", ["PDF, JSON, atau PNG", "folder kosong"]),
    ],
)
def test_what_is_not_there_is_said(
    psm: Psm, course: Path, site: str, given: str, said: list[str]
) -> None:
    (course / "kosong").mkdir()

    assert psm("verify", given, "--site", site) == (2, "", Contains(*said))


def test_without_a_key_or_a_site_it_is_said_what_to_do(psm: Psm, course: Path) -> None:
    assert psm("verify", "halo") == (
        2,
        "",
        Contains("belum punya kunci", "psm verify --site FOLDER"),
    )
    assert not (course / "var").exists()


def test_a_folder_that_is_no_site_is_said(psm: Psm, course: Path) -> None:
    assert psm("verify", "halo", "--site", course) == (
        2,
        "",
        Contains(f"{course} bukan salinan situs", "keys.json"),
    )


def test_a_status_list_that_is_too_old_is_no_plain_yes(psm: Psm, tmp_path: Path) -> None:
    site = a_site(WORLDS["short"], OFFICE, tmp_path / "situs")

    ran = psm("verify", an_address(), "--site", site)

    assert (ran.code, ran.out.splitlines()[0][:31]) == (2, "? ASLI, STATUSNYA SUDAH LAMA  h")
    assert "Status terakhir diketahui 9 Juni 2025" in ran.out.splitlines()[1]


def test_what_the_lists_of_the_office_do_not_know_is_no_yes(psm: Psm, tmp_path: Path) -> None:
    site = a_site(WORLDS["other-marks-listed"], OFFICE, tmp_path / "situs")

    ran = psm("verify", an_address(), "--site", site)

    assert (ran.code, ran.out.splitlines()[0]) == (2, Contains("? TIDAK", "DAFTAR TERBITAN  http"))
    assert ran.out.splitlines()[1] == Contains(
        "daftar terbitannya per 9 Juni 2025", "Jangan diterima dulu"
    )


def test_the_status_that_cannot_be_had_is_said_and_the_certificate_is_not_called_forged(
    psm: Psm, tmp_path: Path
) -> None:
    site = a_site(WORLDS["no-list"], OFFICE.with_retired(KEY.multikey, NOW), tmp_path / "situs")

    found = json.loads(
        psm(
            "verify", an_address(at=max(BEFORE, LISTED.replace(day=2))), "--site", site, "--json"
        ).out
    )

    assert (found["verdict"], found["status_as_of"]) == ("stale", None)
    assert "Statusnya belum dapat diperiksa" in found["reason"]


# ---- receipts ------------------------------------------------------------------------------------


def test_a_genuine_receipt_is_said_in_full_to_whoever_asks(psm: Psm, tmp_path: Path) -> None:
    site = a_site(WORLDS["with-log"], OFFICE_WITH_LOG, tmp_path / "situs")
    path = tmp_path / "tanda-terima.txt"
    path.write_bytes(as_bytes(a_receipt()))

    ran = psm("verify", path, "--site", site)

    assert (ran.code, ran.err) == (0, "")
    sign, reason, *facts = ran.out.splitlines()
    assert sign.startswith("✓ ASLI  ")
    assert reason == Contains(
        "Tanda terima ini asli", "Dinas Sosial Kota Depok", "D25-017", "tes-akhir", "6 Januari 2025"
    )
    assert facts == [
        "  Nomor peserta: D25-017",
        "  Kuis: tes-akhir",
        "  Diterima: 6 Januari 2025 pukul 08.00",
        "  Keadaan waktu itu: tercatat",
        f"  Kode tanda terima: {RECEIVED.code}",
        Contains("catatan register: dinsos.depok.go.id/log/1, nomor 4711"),
    ]


def test_the_text_of_a_receipt_is_checked_as_its_file_is(psm: Psm, tmp_path: Path) -> None:
    site = a_site(WORLDS["with-log"], OFFICE_WITH_LOG, tmp_path / "situs")
    text = as_bytes(a_receipt()).decode()

    genuine, forged = (
        psm("verify", each, "--site", site, "--json")
        for each in (text, text.replace("D25-017", "D25-018"))
    )

    assert (genuine.code, json.loads(genuine.out)["receipt"]["participant"]) == (0, "D25-017")
    assert (forged.code, json.loads(forged.out)["verdict"], json.loads(forged.out)["receipt"]) == (
        2,
        "tampered",
        None,
    )


def test_receipts_among_certificates_are_counted_with_them(psm: Psm, tmp_path: Path) -> None:
    site = a_site(WORLDS["with-log"], OFFICE_WITH_LOG, tmp_path / "situs")
    (tmp_path / "berkas").mkdir()
    (tmp_path / "berkas/1.json").write_bytes(as_bytes(a_receipt()))
    (tmp_path / "berkas/2.json").write_bytes(as_bytes(a_receipt(OTHER_LOG_KEY)))

    ran = psm("verify", tmp_path / "berkas", "--site", site)

    assert ran.code == 2
    assert ran.out.splitlines()[0].endswith(f"{RECEIVED.code}, D25-017, tes-akhir")
    assert ran.out.splitlines()[-1] == Contains("2 diperiksa: ", "1 asli, 1 penerbit tidak dikenal")
