"""What the desk tells its browsers of the log, and what a browser that saw more than the register
knows says to its officer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from psm_course.content.course import Course
from psm_course.credentials.log.checkpoint import read_checkpoint
from psm_course.domain.register import Reason
from psm_course.registrar.log.checkpoints import found_checkpoints
from psm_course.registrar.log.log_key import log_keys
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.log.epochs import raise_epoch
from psm_course.store.log.state import log_state
from psm_course.store.opening import open_store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from tests.axe import AND_BEST_PRACTICE, axe_findings
from tests.builders import OFFICE
from tests.conftest import ROOT
from tests.register_builders import ACTOR, NOW, a_card_secret, a_cohort, adopts
from tests.web.conftest import HERE, SignedIn, Visitor, a_cookie, served

TROUBLE = "[data-log-trouble]"


def does(store: Store, deeds: int = 1) -> None:
    with store.transaction() as tx:
        audit.note_all(
            tx,
            [audit.Deed(NOW, ACTOR, "signed in", f"akun-{number}", {}) for number in range(deeds)],
        )


# ---- what is told --------------------------------------------------------------------------------


def test_the_log_is_told_with_the_root_it_had_when_asked_about(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    first = officer.get("/catatan/puncak").json()
    does(store)

    later = officer.get(f"/catatan/puncak?epok=1&ukuran={first['size']}").json()

    with store.reading() as tx:
        state = log_state(tx)
    assert {name: later[name] for name in ("epoch", "size", "root", "then")} == {
        "epoch": 1,
        "size": first["size"] + 1,
        "root": state.root.hex(),
        "then": first["root"],
    }
    assert read_checkpoint(later["note"], log_keys(Settings(data=tmp_path))).root == state.root


@pytest.mark.parametrize(
    "asked",
    ["epok=1&ukuran=99999", "epok=7&ukuran=1", "epok=x&ukuran=-1", "epok=1&ukuran=" + "9" * 40, ""],
)
def test_of_a_log_that_never_was_so_long_nothing_is_told(officer: Visitor, asked: str) -> None:
    assert officer.get(f"/catatan/puncak?{asked}").json()["then"] is None


def test_a_rehearsal_is_not_remembered(signed_in: SignedIn, store: Store, tmp_path: Path) -> None:
    settings = Settings(root=ROOT, data=tmp_path / "kantor").rehearsal(tmp_path / "latihan")
    a_card_secret(settings.data)
    app = make_app(settings, store)
    visitor = Visitor(app, base_url=HERE)
    visitor.cookies.set(COOKIE, a_cookie(store, "lain")[0])

    assert visitor.get("/catatan/puncak").json() == {}


def test_who_has_not_signed_in_is_told_nothing_and_runs_nothing(client: Visitor) -> None:
    assert (
        client.get("/catatan/puncak", follow_redirects=False)
        .headers["location"]
        .startswith("/masuk")
    )
    assert "catatan.js" not in client.get("/masuk").text


# ---- what a browser makes of it ------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path, course: Course) -> Iterator[Store]:
    store = open_store(tmp_path / "register.db", OFFICE)
    a_cohort(store, "Siti Nurhayati")
    adopts(store, course)
    yield store
    store.close()


@pytest.fixture
def desk(chromium: Browser, office: Store, tmp_path: Path) -> Iterator[Page]:
    """The desk in a browser that has seen it before."""
    a_card_secret(tmp_path)
    (tmp_path / "site").mkdir()
    with served(make_app(Settings(root=ROOT, data=tmp_path), office)) as address:
        context = chromium.new_context(base_url=address, viewport={"width": 1100, "height": 800})
        context.add_cookies(
            [{"name": COOKIE, "value": a_cookie(office, "petugas")[0], "url": address}]
        )
        does(office, 9)
        page = context.new_page()
        opens(page)
        yield page
        context.close()


def opens(page: Page) -> None:
    """A page, with what its script asked for."""
    with page.expect_response("**/catatan/puncak*"):
        page.goto("/angkatan")
    page.wait_for_load_state("networkidle")


def remembered(page: Page) -> dict[str, object]:
    found: dict[str, object] = json.loads(page.evaluate("localStorage.getItem('psm-catatan')"))
    return found


def edit(folder: Path, *statements: str) -> None:
    """What somebody does who has the file: no trigger stands in the way."""
    with closing(sqlite3.connect(folder / "register.db")) as file, file:
        for (name,) in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)


def test_a_browser_remembers_the_newest_and_says_nothing_while_the_log_grows(
    desk: Page, office: Store
) -> None:
    before = remembered(desk)
    does(office, 3)

    opens(desk)

    assert remembered(desk)["size"] == int(str(before["size"])) + 3
    assert str(remembered(desk)["note"]).startswith(f"kantor-{OFFICE}/log/1\n")
    expect(desk.locator(TROUBLE)).to_have_count(0)


@pytest.mark.tampering
def test_newest_events_that_were_cut_are_noticed_and_what_was_remembered_can_be_taken_along(
    desk: Page, tmp_path: Path
) -> None:
    before = remembered(desk)
    edit(tmp_path, "DELETE FROM log_entry WHERE event > 5", "DELETE FROM audit_event WHERE id > 5")

    opens(desk)

    said = desk.locator(TROUBLE)
    expect(said).to_contain_text("lebih pendek")
    expect(said).to_contain_text("(sekarang 5 peristiwa, pernah 1")
    expect(said).to_contain_text("Jangan terbitkan apa pun. Jalankan psm db check")
    expect(said).not_to_contain_text("ditulis ulang")
    assert remembered(desk) == before
    (kept,) = found_checkpoints(Settings(data=tmp_path), [said.locator("textarea").input_value()])
    assert (kept.checkpoint.size, kept.checkpoint.root.hex()) == (before["size"], before["root"])


@pytest.mark.tampering
def test_a_log_written_anew_is_noticed_even_when_it_has_grown_beyond(
    desk: Page, office: Store, tmp_path: Path
) -> None:
    before = remembered(desk)
    edit(tmp_path, "UPDATE audit_event SET entry = zeroblob(32) WHERE id = 2")
    does(office, 3)

    opens(desk)

    expect(desk.locator(TROUBLE)).to_contain_text("bukan lanjutan")
    expect(desk.locator(TROUBLE)).not_to_contain_text("lebih pendek")
    assert remembered(desk) == before


@pytest.mark.tampering
def test_an_older_epoch_is_noticed(desk: Page, office: Store, tmp_path: Path) -> None:
    with office.transaction() as tx:
        raise_epoch(tx, "", ACTOR, NOW, Reason("dipulihkan"))
    opens(desk)
    expect(desk.locator(TROUBLE)).to_have_count(0)
    assert remembered(desk)["epoch"] == 2
    edit(tmp_path, "DELETE FROM log_epoch WHERE epoch = 2")

    opens(desk)

    expect(desk.locator(TROUBLE)).to_contain_text("sekarang catatan ke-1, ")


@pytest.mark.tampering
def test_an_officer_who_knows_why_lets_the_browser_remember_the_present_log(
    desk: Page, tmp_path: Path
) -> None:
    edit(tmp_path, "DELETE FROM log_entry WHERE event > 5", "DELETE FROM audit_event WHERE id > 5")
    opens(desk)

    desk.locator(TROUBLE).get_by_text("Yang diingat peramban ini").click()
    desk.get_by_role("button", name="Ingat catatan yang sekarang").click()

    expect(desk.locator(TROUBLE)).to_have_count(0)
    assert remembered(desk)["size"] == 5
    opens(desk)
    expect(desk.locator(TROUBLE)).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1100])
@pytest.mark.tampering
def test_the_warning_is_read_by_everybody_and_fits(desk: Page, tmp_path: Path, width: int) -> None:
    edit(tmp_path, "DELETE FROM log_entry WHERE event > 5", "DELETE FROM audit_event WHERE id > 5")
    desk.set_viewport_size({"width": width, "height": 800})

    opens(desk)
    desk.locator(TROUBLE).get_by_text("Yang diingat peramban ini").click()

    assert axe_findings(desk, AND_BEST_PRACTICE) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_broken_in_the_browsers_memory_breaks_no_page(desk: Page) -> None:
    desk.evaluate("localStorage.setItem('psm-catatan', '{rusak')")

    opens(desk)

    expect(desk.locator(TROUBLE)).to_have_count(0)
    assert remembered(desk)["epoch"] == 1
