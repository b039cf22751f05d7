"""Publishing is all or nothing: the new files lie ready before the first of the site changes."""

from __future__ import annotations

import gzip
import os
import stat
from pathlib import Path

import pytest

from psm_course.errors import Refused, StoreError
from psm_course.site.build import FIRST_PAGE
from psm_course.site.output.compressed import ENDING
from psm_course.site.output.finishing import finish
from psm_course.site.output.listed import MANIFEST
from psm_course.site.output.publish import publish
from tests.faults.office_folder import some_pages

EXTRA = {"keys.json": b"{}"}


def published(folder: Path, word: str, **extra: bytes) -> Path:
    """A site whose pages say this word."""
    some_pages(folder, word)
    publish(
        folder / "var" / "build" / "_build" / "html", folder / "situs", FIRST_PAGE, EXTRA | extra
    )
    return folder / "situs"


def files(site: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def stopped_in_the_middle(site: Path, newer: Path) -> None:
    """As a publishing leaves it that has named its first files and was killed then."""
    ready = site / f"{MANIFEST}.baru"
    for name, content in files(newer).items():
        (ready / name).parent.mkdir(parents=True, exist_ok=True)
        (ready / name).write_bytes(content)
    for name in ("bab-1.html", "bab-2.html"):
        (ready / name).replace(site / name)


def test_a_web_server_under_another_account_may_read_it(tmp_path: Path) -> None:
    """Commands write for their own account alone, and `psm publish FOLDER` is for everybody who may
    enter the folder above.
    """
    (tmp_path / "satu").mkdir()
    (tmp_path / "satu").chmod(0o755)
    before = os.umask(0o077)
    try:
        office = published(tmp_path / "kantor", "Lama")
        site = published(tmp_path / "satu", "Lama", **{"log/1.json": b"{}"})
        shared = tmp_path / "dua" / "situs"
        shared.mkdir(parents=True)
        shared.chmod(0o750)  # as somebody wanted it
        published(tmp_path / "dua", "Baru")
    finally:
        os.umask(before)

    assert {mode_of(path) for path in site.rglob("*") if path.is_file()} == {0o644}
    assert {mode_of(path) for path in (site, site / "log")} == {0o755}
    assert {mode_of(path) for path in office.rglob("*") if path.is_file()} == {0o600}
    assert mode_of(office) == mode_of(office.parent) == 0o700
    assert mode_of(shared) == 0o750


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_stopped_in_the_middle_is_brought_to_its_end(tmp_path: Path) -> None:
    site, newer = (
        published(tmp_path / "satu", "Lama", **{"lama.json": b"{}"}),
        published(tmp_path / "dua", "Baru"),
    )
    stopped_in_the_middle(site, newer)

    finish(site)

    assert files(site) == files(newer)


def test_the_very_first_publishing_can_be_stopped_too(tmp_path: Path) -> None:
    newer = published(tmp_path / "dua", "Baru")
    (tmp_path / "satu" / "situs").mkdir(parents=True)
    stopped_in_the_middle(tmp_path / "satu" / "situs", newer)

    assert files(published(tmp_path / "satu", "Baru")) == files(newer)


def test_what_was_not_whole_yet_is_forgotten(tmp_path: Path) -> None:
    site = published(tmp_path, "Lama")
    (site / f"{MANIFEST}.part").mkdir()
    (site / f"{MANIFEST}.part" / "bab-1.html").write_text("setengah", encoding="utf-8")

    assert files(published(tmp_path, "Baru")) == files(published(tmp_path / "dua", "Baru"))


def test_where_there_is_no_room_the_old_site_stays_whole(tmp_path: Path) -> None:
    site = published(tmp_path, "Lama")
    before = files(site)
    (site / f"{MANIFEST}.part").write_text("a file where the folder should be", encoding="utf-8")

    with pytest.raises(StoreError, match=r"yang lama tetap utuh\.$"):
        published(tmp_path, "Baru")
    (site / f"{MANIFEST}.part").unlink()

    assert files(site) == before


def test_somebody_elses_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "situs").mkdir()
    (tmp_path / "situs" / "surat.txt").write_text("surat", encoding="utf-8")

    with pytest.raises(Refused, match="sudah berisi berkas lain"):
        published(tmp_path, "Baru")

    assert files(tmp_path / "situs") == {"surat.txt": b"surat"}


# ---- compressed forms ----------------------------------------------------------------------------

LONG = b"kata yang sama " * 50


def forms(site: Path) -> dict[str, bytes]:
    """What each compressed form holds, by the path of the file it belongs to."""
    return {
        path.removesuffix(ENDING): gzip.decompress(content)
        for path, content in files(site).items()
        if path.endswith(ENDING)
    }


def test_beside_every_text_that_becomes_smaller_lies_its_compressed_form(tmp_path: Path) -> None:
    site = published(
        tmp_path,
        "Baru",
        **{"log/checkpoint": LONG, "pendek.json": b"{}", "acak.bin": bytes(range(256)) * 9},
    )

    whole = files(site)
    assert {path: whole[path] for path in forms(site)} == forms(site)
    assert {"index.html", "book/index.html", "sw.js", "log/checkpoint"} <= forms(site).keys()
    assert {"pendek.json", "acak.bin", "_static/icon-192.png"} & forms(site).keys() == set()
    assert all(len(whole[f"{path}{ENDING}"]) < len(whole[path]) for path in forms(site))
    assert whole["log/checkpoint.gz"][4:8] == bytes(4), "no time: the same content is the same file"
    assert all(
        len(form) <= len(gzip.compress(content, 9))
        for path, content in whole.items()
        if (form := whole.get(f"{path}{ENDING}"))
    )


def test_phones_are_told_of_no_compressed_form(tmp_path: Path) -> None:
    site = published(tmp_path, "Baru", **{"daftar.json": LONG})

    assert b'"daftar.json"' in (site / "sw.js").read_bytes()
    assert ENDING.encode() + b'"' not in (site / "sw.js").read_bytes()


def test_a_compressed_form_goes_with_its_file(tmp_path: Path) -> None:
    site = published(tmp_path, "Lama", **{"lama.json": LONG, "tetap.json": LONG})

    published(tmp_path, "Baru", **{"tetap.json": b"{}"})

    assert {"lama.json", "lama.json.gz", "tetap.json.gz"} & files(site).keys() == set()
    assert files(site)["tetap.json"] == b"{}"


def test_what_is_still_right_is_not_compressed_again_and_what_is_not_is(tmp_path: Path) -> None:
    site = published(tmp_path, "Baru", **{"satu.json": LONG, "dua.json": LONG})
    faster = gzip.compress(LONG, 1, mtime=0)
    (site / "satu.json.gz").write_bytes(faster)
    (site / "dua.json.gz").write_bytes(gzip.compress(LONG + b"x", 1))
    os.truncate(site / "index.html.gz", 20)

    published(tmp_path, "Baru", **{"satu.json": LONG, "dua.json": LONG})

    assert files(site)["satu.json.gz"] == faster
    assert len(files(site)["dua.json.gz"]) < len(faster)
    assert forms(site)["dua.json"] == LONG
    assert forms(site)["index.html"] == files(site)["index.html"]
