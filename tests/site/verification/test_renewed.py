"""Renewed trust on the page: over the table, and on a phone that has been here before."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import BrowserContext, Page, expect

from psm_course.credentials.verification.trust import trusted
from psm_course.credentials.verification.verification import NOT_RENEWED, verify
from tests.credentials.lists.publishings import (
    AFTER_IT,
    BY_NEXT,
    FIRST,
    LEAKED,
    NOW,
    OLD,
    PINNED,
    POISON,
    STRUCK,
    Certificate,
    Copy,
)
from tests.credentials.renewed import renewed_cases
from tests.credentials.signed import as_bytes
from tests.site.offline.office import Office, cut, restored, saved
from tests.site.stage import served
from tests.site.verification.office import published_site

_ALL = """async (cases) => {
  const {officeOf, readIssuer, verify} = PSM.provided('verifikasi.js');
  const {renewed} = await PSM.load('documents'), found = {};
  for (const {id, copies, given, now} of cases) {
    let known = readIssuer(copies[0]['snapshot.json']);
    for (const copy of copies.slice(1)) {
      known = await renewed(known, copy['snapshot.json'], async (path) => copy[path] || null);
    }
    const published = async (_, path) => copies.map((copy) => copy[path]).filter(Boolean);
    const bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0));
    found[id] = await verify(bytes, officeOf([known.document], published), Date.parse(now));
  }
  return found;
}"""


def test_the_page_says_what_the_library_says(asked: Page) -> None:
    cases = renewed_cases()
    given = [
        {
            "id": case.id,
            "copies": case.copies,
            "given": base64.b64encode(case.given).decode(),
            "now": case.now.isoformat(),
        }
        for case in cases
    ]

    found = asked.evaluate(_ALL, json.loads(json.dumps(given)))

    expected = {
        case.id: verify(case.given, trusted(case.copies), case.now).to_json() for case in cases
    }
    assert {
        name: (found[name], verdict) for name, verdict in expected.items() if found[name] != verdict
    } == {}
    assert len(found) > 120


# ---- a phone that comes back ---------------------------------------------------------------------

GREEN, LEAKED_KEY, NOBODY, EDITED = (
    "Asli dan berlaku",
    "Tidak berlaku",
    "Penerbit tidak dikenal",
    "Jangan diterima",
)


def clock_at(time: datetime) -> str:
    return f"Date.now = () => {time.timestamp() * 1000:.0f}"


@pytest.fixture(autouse=True)
def days_when_the_snapshots_hold(context: BrowserContext) -> None:
    context.add_init_script(clock_at(NOW))


def on_site(copy: Copy, keys: dict[str, object]) -> dict[str, bytes]:
    return {path: as_bytes(document) for path, document in {**copy, "keys.json": keys}.items()}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A site on the day before its key was stolen."""
    office = Office(published_site(tmp_path, on_site(FIRST, PINNED.to_json())))
    yield office
    office.close()


def uploads(office: Office, copy: Copy, keys: dict[str, object]) -> None:
    """The lists and the keys; the phone's own pages stay what they were."""
    for path, content in on_site(copy, keys).items():
        (office.folder / path).parent.mkdir(exist_ok=True)
        (office.folder / path).write_bytes(content)


def says(page: Page, office: Office, certificate: Certificate) -> str:
    code = dict(certificate.forms())["qr"].decode().partition("#")[2]
    page.goto("about:blank")
    page.goto(office.at(f"v#{code}"))
    expect(page.locator(".outcome h2")).to_be_visible()
    return page.locator(".outcome h2").inner_text()


def test_who_comes_back_after_a_strike_off_trusts_the_office_and_not_the_thief(
    context: BrowserContext, office: Office
) -> None:
    page = saved(context, office)
    before = says(page, office, OLD)
    uploads(office, STRUCK, LEAKED.to_json())

    assert before == GREEN
    assert [says(page, office, OLD), says(page, office, BY_NEXT)] == [LEAKED_KEY, GREEN]


def test_what_was_seen_once_holds_without_a_signal_and_against_an_older_site(
    context: BrowserContext, office: Office
) -> None:
    page = saved(context, office)
    uploads(office, AFTER_IT, LEAKED.to_json())
    says(page, office, OLD)

    uploads(office, FIRST, PINNED.to_json())
    rolled_back = says(page, office, OLD)
    cut(context, office)

    assert [rolled_back, says(page, office, OLD)] == [LEAKED_KEY, LEAKED_KEY]


def test_a_thief_s_own_snapshot_counts_until_the_strike_off_and_never_after(
    context: BrowserContext, office: Office
) -> None:
    page = saved(context, office)
    uploads(office, POISON, PINNED.to_json())
    says(page, office, OLD)
    uploads(office, STRUCK, LEAKED.to_json())
    struck_off = [says(page, office, OLD), says(page, office, BY_NEXT)]
    uploads(office, POISON, PINNED.to_json())

    assert struck_off == [LEAKED_KEY, GREEN]
    assert says(page, office, OLD) == LEAKED_KEY


def test_an_unknown_key_waits_for_the_network(context: BrowserContext, office: Office) -> None:
    """The page stands open since before the rotation; nothing is asked for again for ten minutes,
    but for this.
    """
    page = saved(context, office)
    says(page, office, OLD)
    uploads(office, STRUCK, LEAKED.to_json())
    code = dict(BY_NEXT.forms())["qr"].decode().partition("#")[2]
    page.evaluate("code => { location.hash = code; }", code)

    expect(page.locator(".outcome h2")).to_have_text(GREEN)


def test_a_snapshot_past_its_end_is_amber_in_words_with_a_signal_and_without(
    context: BrowserContext, office: Office
) -> None:
    page = saved(context, office)
    context.add_init_script(clock_at(NOW + timedelta(days=180)))
    served = (
        says(page, office, OLD),
        page.locator(".outcome").get_attribute("class"),
        page.locator(".outcome .reason").inner_text(),
    )
    cut(context, office)

    assert served[:2] == ("Asli; status terakhir diketahui 9 Juni 2025", "outcome unsure")
    assert served[2] == Contains(
        f"asli: ditandatangani oleh {PINNED.name} ", NOT_RENEWED.format("9 Juni 2025")
    )
    assert says(page, office, OLD) == served[0]


def test_a_site_without_a_snapshot_comes_to_its_first(
    context: BrowserContext, tmp_path: Path
) -> None:
    extra = {
        path: content
        for path, content in on_site(FIRST, PINNED.to_json()).items()
        if path != "snapshot.json"
    }
    office = Office(published_site(tmp_path, extra))
    page = saved(context, office)
    before = says(page, office, OLD)
    uploads(office, STRUCK, LEAKED.to_json())
    found = [before, says(page, office, OLD), says(page, office, BY_NEXT)]
    office.close()

    assert found == [GREEN, LEAKED_KEY, GREEN]


def touched(phone: BrowserContext, address: str) -> Page:
    """A page that has asked ahead of time what the office says."""
    page = phone.new_page()
    page.goto(f"{address}/v")
    page.locator("[data-text]").focus()
    page.evaluate("PSM.load('ways').then(({rehearsal}) => rehearsal)")
    return page


def scanned(page: Page, certificate: Certificate) -> str:
    code = dict(certificate.forms())["qr"].decode().partition("#")[2]
    page.locator("[data-text]").fill(code)
    page.get_by_role("button", name="Periksa teks").click()
    expect(page.locator(".outcome h2")).to_be_visible()
    return page.locator(".outcome h2").inner_text()


@pytest.fixture
def struck_since(phone: BrowserContext, tmp_path: Path) -> Iterator[str]:
    """A site whose page was built before its key was struck off."""
    phone.add_init_script(clock_at(NOW))
    folder = published_site(tmp_path, on_site(FIRST, PINNED.to_json()))
    for path, content in on_site(STRUCK, LEAKED.to_json()).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    with served(folder) as address:
        yield address


def test_a_touch_asks_for_the_snapshot_and_the_scan_goes_by_it(
    phone: BrowserContext, struck_since: str
) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    page = touched(phone, struck_since)

    found = [scanned(page, OLD), scanned(page, BY_NEXT)]

    assert found == [LEAKED_KEY, GREEN]
    assert asked.count(f"{struck_since}/snapshot.json") == 1


def test_what_could_not_be_asked_ahead_of_time_is_asked_by_the_scan(
    phone: BrowserContext, struck_since: str
) -> None:
    phone.route("**/*.json", lambda route: route.abort())
    page = touched(phone, struck_since)
    phone.unroute("**/*.json")

    assert [scanned(page, OLD), scanned(page, BY_NEXT)] == [LEAKED_KEY, GREEN]


def test_what_the_phone_itself_kept_is_no_answer_of_the_office(
    context: BrowserContext, office: Office
) -> None:
    """The course is stored, the page is touched without a signal, and then the signal is back."""
    page = saved(context, office)
    page.goto(office.at("v"))
    cut(context, office)
    page.locator("[data-text]").focus()
    page.evaluate("PSM.load('ways').then(({rehearsal}) => rehearsal)")
    uploads(office, STRUCK, LEAKED.to_json())
    restored(context, office)

    assert [scanned(page, OLD), scanned(page, BY_NEXT)] == [LEAKED_KEY, GREEN]


def test_a_clock_set_back_does_not_keep_an_open_page_from_asking(
    context: BrowserContext, office: Office
) -> None:
    page = touched(context, office.at().rstrip("/"))
    before = scanned(page, OLD)
    uploads(office, STRUCK, LEAKED.to_json())
    page.evaluate(clock_at(NOW - timedelta(days=1)))

    assert [before, scanned(page, OLD)] == [GREEN, LEAKED_KEY]
