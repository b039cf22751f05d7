"""The desk's own page of backups, and the foot that every page has."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.log.high_water import HighWater, LastBackup, keep_last
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from tests.builders import OFFICE
from tests.conftest import ROOT
from tests.register_builders import ACTOR, a_card_secret
from tests.web.conftest import HERE, SignedIn, Visitor, a_cookie


def made_before(folder: Path, ago: timedelta) -> None:
    keep_last(Settings(data=folder), OFFICE, LastBackup(datetime.now(UTC) - ago, HighWater()))


def foot_of(page: str) -> tuple[str, str]:
    """The age of the last backup, and what is asked for."""
    found = re.search(r"<footer.*?</footer>", page, re.DOTALL)
    assert found is not None
    age, _, asked = " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()).partition(" ✗ ")
    return age, asked


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=5), ("cadangan 5 menit lalu", "")),
        (timedelta(hours=23), ("cadangan 23 jam lalu", "")),
        (timedelta(days=2, hours=1), ("cadangan 2 hari lalu", "buat cadangan hari ini")),
    ],
)
def test_every_page_says_how_old_the_last_backup_is(
    officer: Visitor, tmp_path: Path, ago: timedelta, said: tuple[str, str]
) -> None:
    made_before(tmp_path, ago)

    assert {
        foot_of(officer.get(path).text) for path in ("/angkatan", "/angkatan/D26", "/pengaturan")
    } == {said}


def test_before_the_first_backup_the_foot_says_so(officer: Visitor) -> None:
    assert foot_of(officer.get("/angkatan").text) == (
        "belum ada cadangan",
        "buat cadangan hari ini",
    )


def test_a_trainer_reads_the_age_and_gets_no_link(signed_in: SignedIn, tmp_path: Path) -> None:
    made_before(tmp_path, timedelta(hours=3))

    page = signed_in("pelatih", "D26").get("/angkatan").text

    assert foot_of(page) == ("cadangan 3 jam lalu", "")
    assert "/cadangan" not in page


def test_who_is_not_signed_in_reads_nothing_of_it(client: Visitor, tmp_path: Path) -> None:
    made_before(tmp_path, timedelta(hours=3))

    assert "cadangan" not in client.get("/masuk").text


def test_without_a_key_the_page_says_what_to_do_and_makes_nothing(
    officer: Visitor, tmp_path: Path
) -> None:
    page, done = officer.get("/cadangan").text, officer.fill_in("/cadangan")

    assert "psm keys new" in page
    assert "Buat cadangan sekarang" not in page
    assert (done.status_code, "psm keys new" in done.text) == (422, True)
    assert not (tmp_path / "cadangan").exists()


def test_one_button_makes_a_backup_that_can_be_saved(store: Store, tmp_path: Path) -> None:
    url = store.engine.url
    address = (
        url.render_as_string(hide_password=False) if url.get_backend_name() == "postgresql" else ""
    )
    settings = Settings(ROOT, tmp_path, OFFICE, address)
    new_key(
        store, settings, "Dinas Sosial Kota Depok", "empat kata yang acak", ACTOR, datetime.now(UTC)
    )
    a_card_secret(tmp_path)
    officer = Visitor(make_app(settings, store), base_url=HERE)
    cookie, officer.token = a_cookie(store, "siti")
    officer.cookies.set(COOKIE, cookie)

    done = officer.fill_in("/cadangan")
    page = officer.get("/cadangan?kabar=cadangan-dibuat").text
    (made,) = (tmp_path / "cadangan").glob("*.zip")
    saved = officer.get(f"/cadangan/berkas?nama={made.name}")

    assert (done.status_code, done.headers["location"]) == (303, "/cadangan?kabar=cadangan-dibuat")
    assert page == Contains("Cadangan dibuat.", "di luar laptop ini")
    assert made.name in page
    assert foot_of(page) == ("cadangan baru saja", "")
    assert saved.content == made.read_bytes()


@pytest.mark.parametrize(
    "name", ["", "../keys/cadangan.json", "terakhir.json", "/etc/passwd", "lain.zip"]
)
def test_nothing_but_a_listed_backup_is_given_out(
    officer: Visitor, tmp_path: Path, name: str
) -> None:
    made_before(tmp_path, timedelta(hours=3))

    answer = officer.get("/cadangan/berkas", params={"nama": name})

    assert answer.status_code == 404
    assert "ini sudah tidak ada" in answer.text
