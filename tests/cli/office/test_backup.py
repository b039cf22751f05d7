"""Backups, restoring and the clock at the keyboard, beside a desk that really runs."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.cli.conftest import Psm


def test_before_there_is_any_key_a_backup_says_what_to_do(office: Psm) -> None:
    said = office("backup")

    assert said == (2, "", Contains("belum punya kunci", "psm keys new\n"))


def test_a_backup_is_made_where_it_is_asked_for_and_never_over_another(
    signing: Psm, course: Path
) -> None:
    made = signing("backup", "aman/kantor.zip")
    again = signing("backup", "aman/kantor.zip")
    usual = signing("backup")

    assert made.out.startswith(f"Cadangan ada di {Path('aman/kantor.zip')} (")
    assert made.out == Contains(" kB). ", "luar laptop ini.\n")
    assert again == (2, "", Contains(f"{Path('aman/kantor.zip')} sudah ada", "cadangan lama"))
    assert usual.code == 0
    assert sorted(path.suffix for path in (course / "var" / "cadangan").iterdir()) == [
        ".json",
        ".zip",
    ]
    assert [path.name for path in (course / "aman").iterdir()] == ["kantor.zip"]


def test_an_office_whose_key_is_older_than_backups_makes_the_key_for_them(
    signing: Psm, course: Path
) -> None:
    (course / "var" / "keys" / "cadangan.json").unlink()

    assert signing("backup").code == 0
    assert (course / "var" / "keys" / "cadangan.json").is_file()


def test_the_drill_at_the_keyboard(
    signing: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing("backup", "kantor.zip")
    issued = signing("issue", "D26")
    shutil.rmtree(course / "var")
    (course / "psm.toml").unlink()

    back = signing("restore", "kantor.zip", stdin=b"\n")
    again = signing("issue", "D26")
    checked = signing("db", "check")

    assert issued.out.splitlines()[0].split()[0].startswith("800.2/0001/")
    assert back.code == 0, back.err
    assert "Menurut cadangan, nomor urut" in back.out
    assert "Nomor urut 1 sampai 104 (" in back.out
    assert back.out.splitlines()[-1] == Contains("sudah dipulihkan", "psm db check", "psm serve")
    assert again.code == 0, again.err
    assert again.out.splitlines()[0].split()[0].startswith("800.2/0105/")
    assert checked.code == 0


def test_the_last_number_can_be_said_and_must_be_one(signing: Psm, course: Path) -> None:
    signing("backup", "kantor.zip")
    shutil.rmtree(course / "var")

    odd = signing("restore", "kantor.zip", "--last", "sembilan")
    other = signing("restore", "kantor.zip", "--last", "lain=9")
    told = signing("restore", "kantor.zip", "--last", "92")

    assert (odd.code, other.code, told.code) == (2, 2, 0)
    assert odd.err == Contains('"sembilan" tidak jelas', "--last KURSUS=URUT", ": --last ")
    assert other.err == Contains('Kursus "lain" tidak ada', "Yang ada: ")
    assert "Nomor urut 1 sampai 92 (" in told.out


def test_a_wrong_passphrase_changes_nothing(
    signing: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing("backup", "kantor.zip")
    before = everything_in(course / "var")
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", "empat kata yang lain")

    said = signing("restore", "kantor.zip", "--yes")

    assert said == (2, "", Contains("kantor.zip tidak terbuka", "frasa sandinya salah"))
    assert everything_in(course / "var") == before


@pytest.mark.parametrize("word", ["a" * 300, "", "tidak-ada"], ids=["long", "empty", "missing"])
def test_a_word_that_names_no_evidence_is_refused(signing: Psm, course: Path, word: str) -> None:
    signing("backup", "kantor.zip")
    before = everything_in(course / "var")

    said = signing("restore", "kantor.zip", "--yes", "--against", word)

    assert (said.code, said.err) == (2, Contains("puncak catatan", "Tidak ada yang diubah"))
    assert everything_in(course / "var") == before


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_there_is_nothing_to_finish(signing: Psm) -> None:
    said = signing("restore", "--finish")

    assert said == (2, "", Contains("Tidak ada pemulihan", "yang terputus"))


# ---- beside a desk that runs ---------------------------------------------------------------------


@contextmanager
def a_desk(course: Path) -> Iterator[str]:
    """`psm serve` in a program of its own, ready; its address."""
    (course / "var" / "site").mkdir(exist_ok=True)
    (course / "var" / "site" / "index.html").write_text("situs", encoding="utf-8")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-m", "psm_course.cli.main", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        command, cwd=course, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Tekan Ctrl+C"):
                break
        address = f"http://127.0.0.1:{port}"
        urllib.request.urlopen(f"{address}/masuk").read()  # noqa: S310 - our own
        try:
            yield address
        finally:
            process.kill()


def test_a_register_that_a_running_desk_has_open_is_not_replaced(
    signing: Psm, course: Path
) -> None:
    signing("backup", "kantor.zip")

    with a_desk(course):
        said = signing("restore", "kantor.zip", "--yes")
    after = signing("restore", "kantor.zip", "--yes")

    assert said == (2, "", Contains("dipakai program lain", "psm serve", "JupyterLab"))
    assert after.code == 0, after.err


def test_a_backup_beside_a_running_desk_holds_what_a_plain_copy_does_not(
    signing: Psm, course: Path
) -> None:
    """Seen: the guide said to copy `var/register.db`;
    while the desk runs the newest rows stand in another file.
    """
    with (
        a_desk(course),
        closing(sqlite3.connect(course / "var" / "register.db", isolation_level=None)) as reader,
    ):
        # A page that is being answered: what is written meanwhile cannot be brought into the file.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM cohort").fetchall()
        assert signing("cohort", "new", "D27").code == 0
        shutil.copyfile(course / "var" / "register.db", course / "salinan.db")
        made = signing("backup", "kantor.zip")
    shutil.rmtree(course / "var")
    signing("restore", "kantor.zip", "--yes")

    with closing(sqlite3.connect(course / "salinan.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert [row[0] for row in copy.execute("SELECT id FROM cohort ORDER BY id")] == ["D26"]
    assert made.code == 0
    assert "D27" in signing("cohort", "list").out


# ---- the clock -----------------------------------------------------------------------------------


def test_an_officer_says_that_the_clock_is_right(office: Psm) -> None:
    said = office("clock", "accept", "--reason", "jam laptop salah setelah baterai diganti")
    without = office("clock", "accept", "--reason", "ya")

    assert said.code == 0
    assert said.out.startswith("Dicatat: jam ")
    assert without == (2, "", Contains("Tulis alasannya"))
