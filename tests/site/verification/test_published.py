"""The page among the published files: at every address a QR may lead to, from a folder, under a
sub-path, and without a signal.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains
from playwright.sync_api import Browser, BrowserContext, Page, expect

from psm_course.errors import Refused
from psm_course.site.build import FIRST_PAGE
from psm_course.site.output.publish import publish
from psm_course.site.output.tree import Tree, written
from psm_course.site.output.verification import put_publications
from tests.axe import axe_findings
from tests.conftest import BuiltCourse
from tests.credentials.lists.publishings import FIRST, STRUCK
from tests.credentials.signed import (
    LISTED,
    POSITION,
    SITE,
    a_record,
    an_issuance,
    as_bytes,
    status_lists,
)
from tests.site.offline.office import Office, cut, release_of, saved
from tests.site.stage import PHONE
from tests.site.verification.conftest import WITHOUT_CRYPTO
from tests.site.verification.office import OFFICE, a_code, publications, published_site
from tests.weights import first_visit

GENUINE = a_code()


@pytest.fixture
def office(folder: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(folder, tmp_path / "situs")
    office = Office(tmp_path / "situs")
    yield office
    office.close()


def verdict(page: Page, address: str) -> tuple[str, str, int]:
    """Title, status and number of facts."""
    page.goto("about:blank")
    page.goto(f"{address}#{GENUINE}")
    expect(page.locator(".outcome h2")).to_be_visible()
    return (
        page.locator(".outcome h2").inner_text(),
        page.locator(".outcome .status").inner_text(),
        page.locator(".printed > div").count(),
    )


VALID = ("Asli dan berlaku", "Status per 9 Juni 2025", 17)


@pytest.mark.parametrize("path", ["v", "v/", "v.html", "book/verifikasi.html"])
def test_each_address_opens_the_page(context: BrowserContext, office: Office, path: str) -> None:
    assert verdict(context.new_page(), office.at(path)) == VALID


@pytest.mark.parametrize("path", ["v.html", "v/index.html", "book/verifikasi.html"])
def test_a_folder_without_a_server_knows_what_was_written_into_the_page(
    context: BrowserContext, folder: Path, path: str
) -> None:
    troubles: list[str] = []
    context.on("console", lambda message: troubles.append(message.text))

    assert verdict(context.new_page(), (folder / path).as_uri()) == VALID
    assert troubles == []


def test_a_folder_knows_more_than_the_page_can_hold(
    context: BrowserContext, tmp_path: Path
) -> None:
    many = [an_issuance(a_record(place=f"Tempat {number}")) for number in range(9)]
    extra = {f"terbitan/{each.file_name}": as_bytes(each.to_json()) for each in many}
    out = published_site(tmp_path, {**publications(), **extra})
    page = context.new_page()

    page.goto(f"{(out / 'v.html').as_uri()}#{a_code(place='Tempat 8')}")
    expect(page.locator(".outcome h2")).to_have_text("Asli dan berlaku")

    assert many[8].file_name not in (out / "v.html").read_text(encoding="utf-8")
    assert "Tempat 8, 2 Juni 2025" in page.locator(".printed").inner_text()


def test_without_webcrypto_the_page_says_the_same(context: BrowserContext, office: Office) -> None:
    context.add_init_script(WITHOUT_CRYPTO)

    assert verdict(context.new_page(), office.at("v")) == VALID


def test_a_browser_that_can_neither_way_says_so(context: BrowserContext, office: Office) -> None:
    context.add_init_script(f"{WITHOUT_CRYPTO}; delete window.BigInt")
    page = context.new_page()
    page.goto(office.at(f"v#{GENUINE}"))

    expect(page.locator(".advice")).to_contain_text("Peramban ini terlalu lama")


@pytest.mark.parametrize("sub_path", ["", "dinsos/kursus/"])
def test_after_one_visit_to_any_page_it_works_without_a_signal(
    context: BrowserContext, office: Office, tmp_path: Path, sub_path: str
) -> None:
    if sub_path:
        shutil.copytree(office.folder, tmp_path / "luar" / sub_path)
        office.folder = tmp_path / "luar"
    saved(context, office, sub_path or "index.html").close()
    cut(context, office)

    page = context.new_page()

    assert [
        verdict(page, office.at(f"{sub_path}{path}"))
        for path in ("v", "v/", "book/verifikasi.html")
    ] == [VALID] * 3


def test_the_verdict_is_what_the_screen_shows_first(
    context: BrowserContext, office: Office
) -> None:
    page = context.new_page()
    verdict(page, office.at("v"))

    top = page.evaluate("document.querySelector('.outcome h2').getBoundingClientRect().top")
    assert 0 <= top <= 60


def test_a_newer_list_counts_before_a_newer_release(
    context: BrowserContext, office: Office
) -> None:
    page = saved(context, office)
    for each in status_lists(revoked=[POSITION], at=LISTED + timedelta(days=3)):
        (office.folder / each["id"].removeprefix(f"{SITE}/")).write_bytes(as_bytes(each))

    assert verdict(page, office.at("v")) == ("Tidak berlaku", "Status per 12 Juni 2025", 17)


# ---- what is published ---------------------------------------------------------------------------


def test_more_files_are_published_and_kept_for_reading_without_a_signal(tmp_path: Path) -> None:
    extra = {**publications(), ".well-known/did.json": b"{}"}
    out = published_site(tmp_path, extra)

    assert {path: (out / path).read_bytes() for path in extra} == extra
    assert set(extra) | {"v.html", "v/index.html"} <= set(release_of(out)["files"])


def test_what_only_a_few_look_at_is_published_and_not_kept_on_every_phone(tmp_path: Path) -> None:
    facts = {f"terbitan/{number:02}.json": b"{}" + b" " * 9_000 for number in range(20)}
    log = {"log/checkpoint": b"1", "log/tile/0/000": bytes(8192)}

    site = published_site(tmp_path, {"sidik.json": b"{}", "sidik/3f.json": b"{}", **log, **facts})

    kept = release_of(site)["files"]
    assert ("sidik.json" in kept, "sidik/3f.json" in kept, (site / "sidik/3f.json").is_file()) == (
        True,
        False,
        True,
    )
    assert [path for path in kept if path.startswith("log/")] == []
    assert [(site / path).read_bytes() for path in log] == list(log.values())
    assert [path for path in facts if path in kept] == sorted(facts)[:11]
    assert [path for path in facts if not (site / path).is_file()] == []


@pytest.mark.parametrize(
    "path",
    ["index.html", "v.html", "v/index.html", "book/verifikasi.html", "sw.js", "_static/psm.js"],
)
def test_no_other_file_takes_the_place_of_a_page(tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused, match=path):
        published_site(tmp_path, {path: b"{}"})


def test_what_is_written_into_the_page_cannot_end_its_script() -> None:
    keys = {**OFFICE.to_json(), "name": "</script><script>alert(1)</script>"}

    held = held_by_a_page({"keys.json": as_bytes(keys)})

    assert "<" not in held
    assert json.loads(held) == keys


def held_by_a_page(extra: dict[str, bytes]) -> str:
    """What stands in the page's own script with published documents, as the page is written."""
    page = Tree('<main><script type="application/json" data-published>{}</script></main>')
    put_publications(page, extra)
    before, _, after = written(page).partition('data-published="">')
    held, _, rest = after.partition("</script>")
    assert (before.count("<script"), rest) == (1, "</main></body></html>")
    return held


def test_the_page_holds_the_newest_snapshot_and_nothing_else() -> None:
    snapshot = FIRST["snapshot.json"]

    held = json.loads(held_by_a_page({**publications(), "snapshot.json": as_bytes(snapshot)}))

    files = {path: {"sha256": each["sha256"]} for path, each in snapshot["files"].items()}
    assert held == {
        name: value for name, value in snapshot.items() if name not in {"previous", "log", "proof"}
    } | {"files": files}
    assert json.loads(held_by_a_page(publications()))["format"] == "psm-keys/1"
    assert held_by_a_page({}) == "null"


def test_the_page_is_as_light_as_all_others_with_what_an_office_publishes(
    site: BuiltCourse, tmp_path: Path
) -> None:
    many = {
        f"terbitan/{each.file_name}": as_bytes(each.to_json())
        for each in (an_issuance(a_record(place=f"x{n}")) for n in range(30))
    }
    renewed = {path: as_bytes(document) for path, document in STRUCK.items()}
    publish(
        site.work / "_build" / "html",
        tmp_path / "situs",
        FIRST_PAGE,
        {**publications(), **renewed, **many},
    )

    found = {
        path: first_visit(tmp_path / "situs" / path)
        for path in ("v.html", "v/index.html", "book/verifikasi.html")
    }

    # Pinned beside the 25,000 of the page: keys and digests.
    assert {path: visit.weight for path, visit in found.items() if visit.weight > 25_700} == {}
    assert {path: visit.requests for path, visit in found.items() if visit.requests > 6} == {}


def test_the_course_s_own_site_has_the_page_in_its_menu_and_at_the_address_of_the_qr(
    chromium: Browser, site: BuiltCourse
) -> None:
    page = chromium.new_page(viewport=PHONE)
    page.goto((site.out / "v.html").as_uri() + f"#{GENUINE}")
    expect(page.locator(".outcome h2")).to_have_text("Penerbit tidak dikenal")
    findings = axe_findings(page)
    told = page.locator("main").inner_text()
    page.close()

    assert findings == []
    assert told == Contains("bukan tanda tangan elektronik", "tersertifikasi menurut PP 71/2019")
    assert re.search(
        r'href="?book/verifikasi\.html[" >]', (site.out / "index.html").read_text(encoding="utf-8")
    )
