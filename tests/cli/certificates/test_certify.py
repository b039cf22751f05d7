"""The certified signature at the keyboard:
files out, signed files in, or straight through the office's service.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.cli.conftest import Psm
from tests.registrar.certificates.bsre_double import PASSPHRASE, PASSWORD, USER, service
from tests.registrar.certificates.signing_client import AUTHORITY, OFFICIAL, signed


def choose(course: Path, how: str) -> None:
    with (course / "psm.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'certified_signature = "{how}"\n')


def test_an_office_that_does_not_use_it_is_told_how_to_begin(signing: Psm) -> None:
    signing("issue", "D26")

    for words in (["export", "D26"], ["sign", "D26"]):
        ran = signing("certify", *words)
        assert ran.code == 2
        assert ran.err == Contains(
            "belum dipakai", 'certified_signature = "folder"', '"bsre"', "psm.toml"
        )


def test_files_go_out_and_come_back_signed(signing: Psm, course: Path) -> None:
    choose(course, "folder")
    signing("issue", "D26")

    out = signing("certify", "export", "D26", "--out", "tte")
    exported = sorted((course / "tte").glob("*.pdf"))
    back = course / "kembali"
    back.mkdir()
    (back / "scan_001.pdf").write_bytes(signed(exported[0].read_bytes()))
    (back / "scan_002.pdf").write_bytes(exported[1].read_bytes())
    ran = signing("certify", "import", "kembali")

    assert out.out.splitlines() == [
        Contains("2 PDF siap", "di tte", "sha256sum.txt"),
        Contains("psm certify import FOLDER"),
    ]
    kept = course / "var/records/D26" / exported[0].name.replace(".pdf", ".tte.pdf")
    assert (ran.code, ran.out.splitlines()) == (
        2,
        [
            f"  disimpan {kept.name}: {OFFICIAL}; dijamin {AUTHORITY}",
            Contains("ditolak", "scan_002.pdf: belum ditandatangani"),
            Contains("1 disimpan, 1 ditolak", "psm publish"),
        ],
    )
    assert json.loads(signing("verify", kept, "--json").out)["verdict"] == "valid"
    assert signing("certify", "export", "D26", "--out", "lagi").out.startswith("1 PDF siap")


def test_the_service_signs_all_and_no_secret_is_shown_or_kept(
    signing: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(course, "bsre")
    signing("issue", "D26")
    with service() as running:
        for name, value in {
            "URL": running.address,
            "USER": USER,
            "PASSWORD": PASSWORD,
            "SIGNER": "pejabat@dinsos.example",
            "PASSPHRASE": PASSPHRASE,
        }.items():
            monkeypatch.setenv(f"PSM_BSRE_{name}", value)
        ran, again = signing("certify", "sign", "D26"), signing("certify", "sign", "D26")

    assert (ran.code, ran.out, again.out) == (
        0,
        "2 dari 2 sertifikat ditandatangani.\n",
        "0 dari 0 sertifikat ditandatangani.\n",
    )
    assert len(list((course / "var/records/D26").glob("*.tte.pdf"))) == 2
    held = b"".join(path.read_bytes() for path in (course / "var").rglob("*") if path.is_file())
    assert [
        secret
        for secret in (PASSWORD, PASSPHRASE)
        if secret.encode() in held or secret in ran.out + ran.err
    ] == []


def test_a_service_that_refuses_stops_the_run_with_its_sentence(
    signing: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(course, "bsre")
    signing("issue", "D26")
    with service(lambda _: (500, {"error": "Sertifikat elektronik kedaluwarsa"})) as running:
        for name in ("USER", "PASSWORD", "SIGNER", "PASSPHRASE"):
            monkeypatch.setenv(
                f"PSM_BSRE_{name}", {"USER": USER, "PASSWORD": PASSWORD}.get(name, "pejabat")
            )
        monkeypatch.setenv("PSM_BSRE_URL", running.address)
        ran = signing("certify", "sign", "D26")

    assert ran == (
        2,
        "0 dari 2 sertifikat ditandatangani.\n",
        "Layanan TTE menolak (HTTP 500): Sertifikat elektronik kedaluwarsa\n",
    )


def test_a_folder_without_files_is_said(signing: Psm, course: Path) -> None:
    (course / "kosong").mkdir()

    assert signing("certify", "import", "kosong") == (2, "", Contains("Tidak ada PDF", "kosong"))
