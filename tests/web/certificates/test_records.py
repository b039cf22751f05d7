"""Records at the desk: who would get one, issued with the passphrase, printed, published; corrected
in the open.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from dirty_equals import Contains

from psm_course.credentials.formats.baked import baked_in
from psm_course.credentials.lists.paths import SNAPSHOT
from psm_course.credentials.lists.snapshot import sign_snapshot
from psm_course.local_time import WIB, day
from psm_course.registrar.certificates.announcing import announce
from psm_course.registrar.certificates.keys.keyring import open_signer
from psm_course.registrar.log.remote_site import note_begun
from psm_course.settings import Settings
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store
from tests.conftest import ROOT
from tests.register_builders import ACTOR, arranging
from tests.web.certificates.desk import (
    NUMBER,
    PLACE,
    SEALED_BY,
    corrections,
    issues_at_the_desk,
    published,
)
from tests.web.conftest import SignedIn, Visitor


def test_who_would_get_one_is_seen_first_and_nothing_is_used_up(officer: Visitor) -> None:
    shown = officer.get(PLACE).text
    again = officer.get(PLACE).text

    assert "Siap diterbitkan: 1" in shown
    assert "<bdi>Siti Rahayyu</bdi>" in shown
    assert "Belum ada sertifikat" in shown
    assert NUMBER.findall(shown) == NUMBER.findall(again)


def test_issued_printed_published_and_downloaded(
    officer: Visitor, signed_in: SignedIn, store: Store, tmp_path: Path
) -> None:
    number = issues_at_the_desk(officer)
    pdf = officer.get("/sertifikat/pdf", params={"nomor": number})
    read = signed_in("pembaca").get("/sertifikat", params={"nomor": number}).text

    assert "✓ berlaku" in officer.get(PLACE).text
    assert "Siap diterbitkan: 0" in officer.get(PLACE).text
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["content-type"] == "application/pdf"
    assert (
        pdf.headers["content-disposition"]
        == f'attachment; filename="{number.replace("/", "-")}.pdf"'
    )
    assert pdf.headers["cache-control"] == "no-store"
    assert {"keys.json", "perbaikan.json", "sidik.json"} <= set(published(store, tmp_path))
    assert "Unduh PDF" in read
    assert "Cabut" not in read


def test_what_was_not_announced_yet_is_counted_until_it_is(
    officer: Visitor, signed_in: SignedIn, store: Store, tmp_path: Path
) -> None:
    settings = Settings(root=ROOT, data=tmp_path)
    before = officer.get(PLACE).text
    issues_at_the_desk(officer)
    waiting = [
        visitor.get(place).text
        for visitor, place in (
            (officer, PLACE),
            (officer, "/angkatan"),
            (signed_in("pembaca"), PLACE),
        )
    ]
    announce(
        store, open_signer(settings, SEALED_BY), (), ACTOR, datetime.now(UTC) + timedelta(days=1)
    )

    assert "Belum diumumkan" not in before
    assert ["<strong>Belum diumumkan: 1</strong>" in page for page in waiting] == [True] * 3
    assert "Belum diumumkan" not in officer.get(PLACE).text + officer.get("/angkatan").text


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        (
            "sftp://dinsos@situs.contoh.go.id/psm",
            "psm publish sftp://dinsos@situs.contoh.go.id/psm",
        ),
        ("/rumah/Kantor Baru/situs", "psm publish &#34;/rumah/Kantor Baru/situs&#34;"),
    ],
)
def test_what_has_not_arrived_is_said_with_a_command_that_can_be_typed(
    officer: Visitor, store: Store, tmp_path: Path, place: str, typed: str
) -> None:
    settings = Settings(root=ROOT, data=tmp_path)
    issues_at_the_desk(officer)
    note_begun(settings, place, None)
    announce(
        store, open_signer(settings, SEALED_BY), (), ACTOR, datetime.now(UTC) + timedelta(days=1)
    )

    page = officer.get(PLACE).text

    assert "<strong>Belum diumumkan: 1</strong>" in page
    assert page == Contains(f"belum sampai di {place}.</strong>", f"<code>{typed}</code>;")


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, ""), (160, "Umumkan lagi sebelum"), (190, "terakhir sudah terlalu lama:")],
)
def test_the_desk_asks_for_the_next_announcement_from_day_150_on(
    officer: Visitor, store: Store, tmp_path: Path, days: int, said: str
) -> None:
    made = datetime.now(WIB) - timedelta(days=days)
    signer = open_signer(Settings(root=ROOT, data=tmp_path), SEALED_BY)
    snapshot = sign_snapshot(signer.issuer, None, 1, {}, {}, [signer.key], made)
    with arranging(store) as tx:
        publications.add_publication(tx, SNAPSHOT, json.dumps(snapshot), made)

    for place in (PLACE, "/angkatan"):
        page = officer.get(place).text
        assert said in page
        assert (day(made) in page) == bool(said)
        assert "psm publish" in page or not said


def test_the_badge_and_the_token_are_downloaded_and_are_what_was_signed(
    officer: Visitor, signed_in: SignedIn, store: Store
) -> None:
    number = issues_at_the_desk(officer)
    with store.reading() as tx:
        record = records.find_record(tx, number)
    assert record is not None
    reader = signed_in("pembaca")

    shown = reader.get("/sertifikat", params={"nomor": number}).text
    picture, token = (
        reader.get(f"/sertifikat/{kind}", params={"nomor": number}) for kind in ("lencana", "token")
    )

    assert "lencana (gambar PNG)" in shown
    assert "token (JWT)" in shown
    assert (baked_in(picture.content), token.text) == (str(record.credential).encode(), record.jwt)
    named = number.replace("/", "-")
    assert [each.headers["content-disposition"] for each in (picture, token)] == [
        f'attachment; filename="{named}.png"',
        f'attachment; filename="{named}.jwt"',
    ]
    assert [each.headers["content-type"] for each in (picture, token)] == [
        "image/png",
        "application/jwt",
    ]


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [("", "Tulis frasa sandi kunci"), ("kuda laut merah tua", "frasa sandinya salah")],
)
def test_without_the_passphrase_nothing_is_issued_and_it_is_never_shown(
    officer: Visitor, passphrase: str, said: str
) -> None:
    sent = officer.fill_in(PLACE, {"jenis": "lulus", "frasa": passphrase})

    assert sent.status_code == 422
    assert said in sent.text
    assert not passphrase or passphrase not in sent.text
    assert "Siap diterbitkan: 1" in officer.get(PLACE).text


def test_a_file_that_cannot_be_written_is_said_and_what_was_issued_stays(
    officer: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "records").write_text("a file where the folder should be", encoding="utf-8")

    sent = officer.fill_in(PLACE, {"jenis": "lulus", "frasa": SEALED_BY})
    (tmp_path / "records").unlink()
    mended = officer.fill_in(PLACE, {"jenis": "lulus", "frasa": SEALED_BY})

    assert sent.status_code == 422
    assert sent.text == Contains("sudah ada di register", "berkasnya tidak dapat ditulis")
    assert sent.text == Contains('<p class="note">1 sertifikat', "belum tercetak; ikut dicetak")
    assert mended.status_code == 303
    assert len(set(NUMBER.findall(officer.get(PLACE).text))) == 1


def test_no_room_for_a_file_is_said_and_it_goes_on_once_there_is(
    officer: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issues_at_the_desk(officer)
    full = tmp_path / "records" / "D26" / "cetak-semua-1.pdf.1111.part"
    full.symlink_to("/dev/full")

    with monkeypatch.context() as known:
        # Or nobody could say where the half of a file will lie.
        known.setattr(secrets, "token_hex", lambda _: "1111")
        refused = officer.fill_in(f"{PLACE}/cetak")
    again = officer.fill_in(f"{PLACE}/cetak")

    assert refused.status_code == 503
    assert refused.text == Contains(
        "Berkas tidak dapat ditulis", "penyimpanan penuh", "Kosongkan ruang"
    )
    assert again.status_code == 303


def test_the_other_kind_is_for_who_only_attended(officer: Visitor) -> None:
    shown = officer.get(PLACE, params={"jenis": "semua"}).text
    issues_at_the_desk(officer, jenis="semua")
    after = officer.get(PLACE).text

    assert "Siap diterbitkan: 2" in shown
    assert after.count("telah mengikuti, ") == 1
    assert after.count("telah lulus, ") == 1


def test_a_wrong_name_is_replaced_and_the_old_number_says_by_what(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    old = issues_at_the_desk(officer)
    sent = {
        "nomor": old,
        "nama": "Siti  Rahayu",
        "alasan": "salah ketik pada nama",
        "frasa": SEALED_BY,
    }

    named = officer.fill_in("/sertifikat/ganti", sent | {"alasan": "nama Siti salah"})
    wrong = officer.fill_in("/sertifikat/ganti", sent | {"frasa": "bukan frasa yang benar"})
    done = officer.fill_in("/sertifikat/ganti", sent)
    new = officer.get(done.headers["location"]).text
    gone = officer.get("/sertifikat", params={"nomor": old}).text
    again = officer.fill_in("/sertifikat/ganti", sent)

    assert (named.status_code, wrong.status_code, again.status_code) == (422, 422, 422)
    assert "tanpa menyebut nama" in named.text
    assert f'value="{sent["alasan"]}"' in wrong.text
    assert "bukan frasa" not in wrong.text
    assert "<bdi>Siti Rahayu</bdi>" in new
    assert f'<a href="/sertifikat?nomor={quote(old)}">{old}</a>' in new
    assert sent["alasan"] in gone
    assert old in corrections(store, tmp_path)
    assert "Siti" not in str(published(store, tmp_path)) + corrections(store, tmp_path)


def test_revoked_with_a_reason_and_issued_again_only_when_asked(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    number = issues_at_the_desk(officer)

    officer.fill_in(f"{PLACE}/cetak")
    batch = officer.get(f"{PLACE}/cetak?bagian=1")
    done = officer.fill_in(
        "/sertifikat/cabut", {"nomor": number, "alasan": "bukan haknya", "frasa": SEALED_BY}
    )
    gone = officer.get("/sertifikat", params={"nomor": number}).text
    stale = officer.get(f"{PLACE}/cetak?bagian=1")
    new = officer.fill_in(PLACE, {"jenis": "lulus", "lagi": "D26-001", "frasa": SEALED_BY})

    assert batch.content.startswith(b"%PDF-")
    assert batch.headers["content-disposition"] == 'attachment; filename="sertifikat-D26-1.pdf"'
    assert done.status_code == 303
    assert "✗ Dicabut" in gone
    assert "lagi=D26-001" in gone
    assert number in corrections(store, tmp_path)
    assert stale.status_code == 404
    assert "Siap diterbitkan: 0" in officer.get(PLACE).text
    assert new.status_code == 303
    assert len(set(NUMBER.findall(officer.get(PLACE).text))) == 2


def test_a_number_nobody_has_is_said(officer: Visitor) -> None:
    for place in ("/sertifikat", "/sertifikat/pdf"):
        answer = officer.get(place, params={"nomor": "../../x"})
        assert answer.status_code == 404
        assert "tidak ada di register" in answer.text


@pytest.mark.parametrize("part", ["../x", "1" * 300, "²", "", "2"])
def test_a_file_to_print_that_was_never_made_is_not_found(officer: Visitor, part: str) -> None:
    issues_at_the_desk(officer)
    officer.fill_in(f"{PLACE}/cetak")

    assert officer.get(f"{PLACE}/cetak", params={"bagian": part}).status_code == 404


def test_the_settings_say_which_key_signs(officer: Visitor, tmp_path: Path) -> None:
    page = officer.get("/pengaturan").text
    for path in (tmp_path / "keys").iterdir():
        path.unlink()

    assert "✓ dipakai" in page
    assert SEALED_BY not in page
    assert "psm keys new" in officer.get("/pengaturan").text
    assert "Belum ada kunci" in officer.fill_in(PLACE, {"frasa": SEALED_BY}).text
