"""The open log on the page: its modules as written, in Node, over the whole table; and in a
browser, from a site.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from psm_course.credentials.lists.status_list import PURPOSES
from psm_course.credentials.log.tiles import tiles_through
from tests.axe import axe_findings
from tests.credentials.entered import as_json
from tests.credentials.log.made_up import (
    EARLIER_SIZE,
    INDEX,
    SIZE,
    TOO_SHORT,
    address,
    issuance,
    log,
    note,
    proof,
    with_file,
    world_json,
)
from tests.credentials.signed import a_badge, as_bytes
from tests.credentials.tampered_receipts import OTHER_LOG_KEY
from tests.site.stage import served
from tests.site.unbundled import unbundled
from tests.site.verification.office import published_site

SCRIPT = Path(__file__).with_name("unbundled.mjs")
TABLE = as_json()
ALONE = "proof/alone/json"  # the page remembers the credential that was handed in before it


@pytest.mark.parametrize("cryptography", ["with WebCrypto", "without WebCrypto"])
def test_the_page_s_modules_say_what_the_library_says(cryptography: str) -> None:
    found: dict[str, Any] = {}
    fetched: dict[str, list[str]] = {}
    with unbundled(SCRIPT, cryptography) as modules:
        for name, world in TABLE["worlds"].items():
            modules.call("world", name, world)
        for name, files in TABLE["logs"].items():
            modules.call("log", name, files)
        for case in sorted(TABLE["cases"], key=lambda case: case["id"] != ALONE):  # first
            asked = [case[name] for name in ("given", "beside", "world", "log", "seen", "now")]
            found[case["id"]], fetched[case["id"]] = modules.call("entered", *asked)
        genuine, alone = (
            next(case for case in TABLE["cases"] if case["id"] == name)
            for name in ("genuine/700/json", ALONE)
        )
        modules.call("entered", genuine["given"], None, "usual", None, [], genuine["now"])
        handed_in_after_it, _ = modules.call(
            "entered", alone["given"], None, "usual", genuine["log"], [], alone["now"]
        )

    assert {
        case["id"]: found[case["id"]]
        for case in TABLE["cases"]
        if found[case["id"]] != case["expected"]
    } == {}
    assert len(found) > 230
    assert handed_in_after_it == genuine["expected"]
    for size in (INDEX + 1, 65_535, 65_536, 65_537):
        assert fetched[f"genuine/{size}/token"] == [
            "checkpoint",
            *(tile.path for tile in tiles_through(INDEX, size)),
        ]
        assert len(fetched[f"genuine/{size}/token"]) <= (4 if size <= 65_536 else 6)


# ---- on a phone ----------------------------------------------------------------------------------

CODE = address().decode().partition("#")[2]
NUMBERED = f"Tercatat dalam buku terbuka, nomor {INDEX}."


def published(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the office publishes, its log with it."""
    documents = world_json("usual")
    named = {
        f"status/0-{purpose}.json": each
        for purpose, each in zip(PURPOSES, documents["status_lists"], strict=True)
    }
    shared = {f"terbitan/{issuance().file_name}": issuance().to_json()}
    logged = {f"log/{path}": content for path, content in files.items()}
    return {
        path: as_bytes(each)
        for path, each in {"keys.json": documents["keys"][0], **named, **shared}.items()
    } | logged


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = published_site(tmp_path_factory.mktemp("tercatat"), published(log()))
    with served(folder) as found:
        yield found, folder


def put_log(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder / "log")
    for path, content in files.items():
        (folder / "log" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "log" / path).write_bytes(content)


def opened(phone: BrowserContext, site: str) -> Page:
    page = phone.new_page()
    page.goto(f"{site}/v#{CODE}")
    return page


def test_a_code_is_looked_up_after_its_verdict_by_a_checkpoint_and_three_tiles(
    phone: BrowserContext, site: tuple[str, Path]
) -> None:
    put_log(site[1], log())
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.removeprefix(f"{site[0]}/")))

    page = opened(phone, site[0])

    expect(page.locator(".outcome .entered")).to_contain_text(NUMBERED)
    expect(page.locator(".outcome h2")).to_have_text("Asli dan berlaku")
    assert "yang menyimpan salinannya" in page.locator(".outcome .entered").inner_text()
    tiles = [f"log/{tile.path}" for tile in tiles_through(INDEX, SIZE)]
    assert [path for path in asked if path.startswith("log/")] == ["log/checkpoint", *tiles]
    assert len(tiles) == 3
    assert axe_findings(page) == []


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (log(without_ours=True), f"nomor {INDEX} berisi catatan lain"),
        (with_file("tile/0/001", b"abc"), "terpotong atau berubah"),
        (with_file("checkpoint", note(key=OTHER_LOG_KEY)), "bukan milik penerbitnya"),
        (log(TOO_SHORT), f"nomor {INDEX} belum ada"),
        ({"lain": b""}, "penerbitnya tidak ada"),
    ],
    ids=["another-entry", "truncated-tile", "another-office", "too-short", "no-log"],
)
def test_what_does_not_fit_turns_amber(
    phone: BrowserContext, site: tuple[str, Path], files: dict[str, bytes], says: str
) -> None:
    put_log(site[1], files)

    page = opened(phone, site[0])

    expect(page.locator(".outcome")).to_have_attribute("data-verdict", "unlogged")
    expect(page.locator(".outcome h2")).to_contain_text("Tidak cocok dengan buku")
    assert page.locator(".outcome").get_attribute("class") == "outcome unsure"
    assert says in page.locator(".outcome .reason").inner_text()
    assert page.locator(".printed > div").count() == 17
    assert axe_findings(page) == []


def test_a_log_that_became_shorter_than_this_phone_saw_it_turns_amber(
    phone: BrowserContext, site: tuple[str, Path]
) -> None:
    put_log(site[1], log())
    expect(opened(phone, site[0]).locator(".outcome .entered")).to_contain_text(NUMBERED)
    put_log(site[1], log(EARLIER_SIZE))

    page = opened(phone, site[0])

    expect(page.locator(".outcome")).to_have_attribute("data-verdict", "unlogged")
    expect(page.locator(".outcome h2")).to_contain_text("Tidak cocok dengan buku")
    assert "lebih pendek" in page.locator(".outcome .reason").inner_text()


def test_without_a_signal_for_the_log_the_verdict_stays_and_nothing_is_said(
    phone: BrowserContext, site: tuple[str, Path]
) -> None:
    put_log(site[1], log())
    refused: list[str] = []
    phone.route("**/log/**", lambda route: (refused.append(route.request.url), route.abort()))

    page = opened(phone, site[0])

    expect(page.locator(".outcome h2")).to_have_text("Asli dan berlaku")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource')"
        ".some(({name}) => name.includes('/log/checkpoint'))"
    )
    assert len(refused) == 1
    assert page.locator(".outcome .entered").count() == 0


def test_a_proof_handed_in_after_its_credential_is_read_beside_it(
    phone: BrowserContext, site: tuple[str, Path]
) -> None:
    put_log(site[1], log())
    page = phone.new_page()
    page.goto(f"{site[0]}/v")
    page.set_input_files(
        "[data-file]",
        {"name": "credential.json", "mimeType": "application/json", "buffer": as_bytes(a_badge())},
    )
    expect(page.locator(".outcome h2")).to_have_text("Asli dan berlaku")
    assert page.locator(".outcome .entered").count() == 0

    page.set_input_files(
        "[data-file]",
        {"name": "bukti-catatan.json", "mimeType": "application/json", "buffer": proof()},
    )

    expect(page.locator(".outcome .entered")).to_contain_text(NUMBERED)
