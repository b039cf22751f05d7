"""The small site with the page, and a browser's page to ask its programs directly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from psm_course.credentials.lists.digests import sign_digests
from psm_course.credentials.lists.status_list import VALID_DAYS
from psm_course.site.bundles import generated_files, scripts_of
from tests.credentials.signed import (
    KEY,
    LISTED,
    NUMBER,
    OFFICE,
    a_correction,
    as_bytes,
    status_lists,
)
from tests.credentials.tampering import as_json
from tests.site.stage import PHONE, served, waiting
from tests.site.verification.office import REPLACED, REVOKED, publications, published_site, the_part


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published site of an office that has replaced one certificate and withdrawn another."""
    replaced = a_correction(number=REPLACED, superseded_by="800.2/0012/PSM-DASAR/VI/2025")
    extra = publications(
        replaced, a_correction(number=REVOKED, reason="Tidak hadir pada hari kedua")
    )
    return published_site(tmp_path_factory.mktemp("periksa"), extra)


@pytest.fixture(scope="package")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as found:
        yield found


@pytest.fixture(scope="package")
def without_lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose office has published keys and corrections, but no status lists."""
    extra = {
        path: content
        for path, content in publications(lists=[]).items()
        if not path.startswith("terbitan/")
    }
    with served(published_site(tmp_path_factory.mktemp("tanpa-daftar"), extra)) as found:
        yield found


@pytest.fixture(scope="package")
def old_lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that nobody has published anew for years."""
    with served(
        published_site(
            tmp_path_factory.mktemp("lama"), publications(lists=status_lists(days=VALID_DAYS))
        )
    ) as found:
        yield found


@pytest.fixture(scope="package")
def unlisted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose lists know another signature under the number of the usual certificate."""
    digests = as_bytes(sign_digests(OFFICE, {}, KEY, LISTED, marks={NUMBER: ["A" * 16]}))
    with served(
        published_site(
            tmp_path_factory.mktemp("tidak-ada"), publications() | {"sidik.json": digests}
        )
    ) as found:
        yield found


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport=PHONE, locale="id-ID", reduced_motion="reduce", service_workers="block"
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone that may keep things."""
    # Where the screen stands is asked at once: a page that glides there would still be on its way.
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, address: str) -> Page:
    page = phone.new_page()
    page.goto(f"{address}/v")
    page.wait_for_selector("[data-ways]:visible")
    return page


@pytest.fixture(scope="package")
def table() -> dict[str, object]:
    """Every tampered certificate with what the library says of it, and what the office has
    published in each world.
    """
    return json.loads(json.dumps(as_json()))  # type: ignore[no-any-return]


@pytest.fixture(scope="package")
def programs(tmp_path_factory: pytest.TempPathFactory, table: dict[str, object]) -> Iterator[str]:
    """The address of a page that has the programs and their page's part alone, beside the table."""
    folder = tmp_path_factory.mktemp("program")
    for file in generated_files():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "table.json").write_text(json.dumps(table), encoding="utf-8")
    body = the_part("")
    scripts = "".join(f'<script src="{name}" defer></script>' for name in scripts_of(body))
    (folder / "index.html").write_text(
        '<!doctype html><html data-root="" data-page=""><meta charset="utf-8"><link rel="icon"'
        f' href="data:,">{scripts}{body}{waiting(body)}',
        encoding="utf-8",
    )
    with served(folder) as found:
        yield found


WITHOUT_CRYPTO = "Object.defineProperty(window.crypto, 'subtle', {value: undefined})"


@pytest.fixture(params=["WebCrypto", "plain arithmetic"])
def asked(request: pytest.FixtureRequest, chromium: Browser, programs: str) -> Iterator[Page]:
    """A page with the programs; the second as on a hall's plain HTTP, which has no WebCrypto."""
    context = chromium.new_context()
    if request.param != "WebCrypto":
        context.add_init_script(WITHOUT_CRYPTO)
    page = context.new_page()
    page.goto(programs)
    page.wait_for_selector("[data-ways]:visible")
    assert page.evaluate("Boolean(crypto.subtle)") == (request.param == "WebCrypto")
    yield page
    context.close()
