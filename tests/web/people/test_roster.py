"""A roster through the desk: uploaded, looked at, and only then written."""

from __future__ import annotations

import io
import os
import re
import time
from pathlib import Path

import pytest

from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.builders import REGION
from tests.register_builders import a_sheet, enrols
from tests.web.conftest import Visitor

HEADER = ("Nama", "Kelurahan")
PLACE = "/angkatan/D26/peserta"


def names(store: Store) -> list[str]:
    with store.reading() as tx:
        return [person.name for person in people.list_enrolments(tx, "D26")]


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "unggahan").rglob("*") if path.is_file())


def upload(officer: Visitor, content: bytes, name: str = "peserta.xlsx") -> tuple[int, str, str]:
    sent = officer.fill_in(PLACE, files={"lembar": (name, io.BytesIO(content))})
    return sent.status_code, sent.headers.get("location", ""), sent.text


def a_roster(folder: Path, *rows: tuple[str, str]) -> bytes:
    return a_sheet(folder / "lembar.xlsx", HEADER, *rows).read_bytes()


def test_it_is_looked_at_first_then_written_and_the_file_is_gone(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"))

    status, preview, _ = upload(
        officer, a_roster(tmp_path, ("Siti", "Beji"), ("Rini <b>", "Limo")), "Daftar Peserta!.xlsx"
    )
    looked_at = officer.get(preview)
    before = names(store), kept(tmp_path)
    confirmed = officer.fill_in(preview, {"putusan": "simpan"})

    assert status == 303
    assert "1 peserta baru, 0 diperbarui, 1 tetap." in looked_at.text
    assert "Rini &lt;b&gt;" in looked_at.text
    assert "Rini" not in preview
    assert before == (["Siti"], ["Daftar Peserta.xlsx"])
    assert confirmed.headers["location"] == "/angkatan/D26?kabar=peserta-masuk"
    assert names(store) == ["Siti", "Rini <b>"]
    assert kept(tmp_path) == []
    assert officer.get(preview).status_code == 422  # the file is gone, and that is said
    assert "Unggah lagi lembarnya" in officer.get(preview).text


def test_every_problem_is_shown_at_its_cell_and_nothing_is_kept(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    _, preview, _ = upload(officer, a_roster(tmp_path, ("", "Beji"), ("Rini", "Bekasi")))

    page = officer.get(preview)
    insisted = officer.fill_in(preview, {"putusan": "simpan"})

    for text in (page.text, insisted.text):
        assert re.findall('<code class="cell">(.*?)</code>', text) == ["A2", "B3"]
        assert "2 hal perlu diperbaiki" in text
        assert 'value="simpan"' not in text
    assert names(store) == []


def test_what_only_a_human_knows_is_asked_and_the_answers_are_used(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    _, preview, _ = upload(officer, a_roster(tmp_path, ("Siti", "Curug"), ("Rini", "Curug")))

    asked = officer.get(preview).text
    values = re.findall('name="jawab-B2" value="(.*?)"', asked)
    half = officer.fill_in(preview, {"putusan": "jawab", "jawab-B2": values[0]}).text
    insisted = officer.fill_in(preview, {"putusan": "simpan", "jawab-B2": values[0]})
    clear = officer.fill_in(
        preview, {"putusan": "jawab", "jawab-B2": values[0], "jawab-B3": values[1]}
    ).text
    before = names(store)
    done = officer.fill_in(
        preview,
        {"putusan": "simpan", **dict(re.findall('name="(jawab-.*?)" value="(.*?)"', clear))},
    )

    assert len(values) == 2
    assert 'value="simpan"' not in asked
    assert "Masih ada" not in asked
    assert "Masih ada 1 pertanyaan." in half
    assert f'<input type="hidden" name="jawab-B2" value="{values[0]}">' in half
    assert 'type="radio" name="jawab-B3"' in half
    assert insisted.status_code == 422
    assert 'value="simpan"' in clear
    assert before == []
    assert done.status_code == 303
    with store.reading() as tx:
        homes = [
            REGION.home(person.kelurahan).kecamatan for person in people.list_enrolments(tx, "D26")
        ]
    assert sorted(homes) == ["Bojongsari", "Cimanggis"]


def test_an_update_shows_what_it_changes(officer: Visitor, store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"))
    sheet = a_sheet(
        tmp_path / "lembar.xlsx", (*HEADER, "Nomor peserta"), ("Siti <b>", "Limo", "D26-001")
    )

    _, preview, _ = upload(officer, sheet.read_bytes())

    text = officer.get(preview).text
    assert "0 peserta baru, 1 diperbarui, 0 tetap." in text
    assert "<bdi>Siti &lt;b&gt;</bdi> <small>tadinya <bdi>Siti</bdi></small>" in text
    assert "<bdi>Limo</bdi> <small>tadinya <bdi>Beji</bdi></small>" in text


def test_numbers_are_shown_only_when_nothing_is_open(officer: Visitor, tmp_path: Path) -> None:
    """Whoever waits for an answer stands first on the sheet and would take the others' number."""
    _, preview, _ = upload(officer, a_roster(tmp_path, ("Siti", "Curug"), ("Rini", "Beji")))

    asked = officer.get(preview).text
    clear = officer.fill_in(preview, {"putusan": "jawab", "jawab-B2": "Cimanggis"}).text

    assert re.findall("D26-\\d+", asked) == []
    assert "Sejauh ini: 1 peserta baru" in asked
    assert re.findall("D26-\\d+", clear) == ["D26-001", "D26-002"]


def test_a_sheet_with_a_nik_is_not_kept_until_it_is_mended(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    sheet = a_sheet(
        tmp_path / "lembar.xlsx", (*HEADER, "NIK"), ("Siti", "Curug", "3276011206800001")
    )

    _, preview, _ = upload(officer, sheet.read_bytes())
    text = officer.get(preview).text

    assert "NIK ini sudah dibuang" in text
    assert ("3276011206800001" in text, "jawab-" in text) == (False, False)
    assert kept(tmp_path) == []
    assert names(store) == []


def test_it_can_be_thrown_away(officer: Visitor, store: Store, tmp_path: Path) -> None:
    _, preview, _ = upload(officer, a_roster(tmp_path, ("Siti", "Beji")))

    thrown = officer.fill_in(preview, {"putusan": "buang"})

    assert thrown.headers["location"] == f"{PLACE}?kabar=unggahan-dibuang"
    assert (names(store), kept(tmp_path)) == ([], [])


@pytest.mark.parametrize(
    "name",
    ["../../psm.toml", "a/../../x.xlsx", "x.exe", "", ".xlsx/..", "\x00.xlsx", "é" * 300 + ".xlsx"],
)
def test_no_file_name_leads_anywhere_else(officer: Visitor, tmp_path: Path, name: str) -> None:
    before = sorted(path for path in tmp_path.rglob("*") if "unggahan" not in path.parts)

    status, _, _ = upload(officer, b"PK", name)

    assert status in {303, 422}
    assert sorted(path for path in tmp_path.rglob("*") if "unggahan" not in path.parts) == before


@pytest.mark.parametrize("kept_name", ["..", ".", "x", "x" * 22, "%2e%2e", "..%2f..%2fregister"])
def test_no_address_reads_another_file(officer: Visitor, kept_name: str) -> None:
    answer = officer.get(f"{PLACE}/{kept_name}", follow_redirects=False)

    assert answer.status_code in {200, 404, 422}
    assert "peserta baru," not in answer.text


def test_nothing_chosen_or_no_workbook_is_said(officer: Visitor) -> None:
    nothing = officer.fill_in(PLACE, files={"x": ("x.xlsx", b"PK")})
    _, preview, _ = upload(officer, b"bukan excel")

    assert nothing.status_code == 422
    assert "Belum ada berkas" in nothing.text
    assert "bukan berkas Excel" in officer.get(preview).text


def test_a_sheet_that_is_too_large_is_refused(officer: Visitor, tmp_path: Path) -> None:
    status, _, text = upload(officer, b"x" * (21 * 1024 * 1024))

    assert status == 413
    assert "paling banyak 20 MB" in text
    assert kept(tmp_path) == []


def test_what_was_left_lying_is_gone_after_a_day(officer: Visitor, tmp_path: Path) -> None:
    upload(officer, a_roster(tmp_path, ("Siti", "Beji")), "lama.xlsx")
    (old,) = (tmp_path / "unggahan").iterdir()
    os.utime(old, (time.time() - 25 * 3600,) * 2)

    upload(officer, a_roster(tmp_path, ("Siti", "Beji")), "baru.xlsx")

    assert kept(tmp_path) == ["baru.xlsx"]
