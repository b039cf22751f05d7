"""What stands on the page that checks certificates, and what is handed to it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.credentials.signed import FOREIGN_KEY
from tests.site.verification.office import REPLACED, REVOKED, a_code

GENUINE = a_code()
FORGED = GENUINE[:-30] + ("A" if GENUINE[-30] != "A" else "B") + GENUINE[-29:]
STATUS = "Status per 9 Juni 2025"
# What is opened, and what stands on the page then: its look, its title, its status and how many
# facts it shows.
VERDICTS = {
    "valid": (GENUINE, "right", "Asli dan berlaku", [STATUS], 17),
    "superseded": (a_code(REPLACED), "replaced", "Sudah diganti", [STATUS], 17),
    "revoked": (a_code(REVOKED), "critical", "Tidak berlaku", [STATUS], 17),
    "tampered": (FORGED, "forged", "Palsu atau sudah diubah", [], 0),
    "unknown_issuer": (a_code(key=FOREIGN_KEY), "stranger", "Penerbit tidak dikenal", [], 0),
    "unreadable": ("PSM1.D25-017.c2VjcmV0", "unread", "Tidak dapat diperiksa", [], 0),
    "stale": (
        a_code(place="Bogor"),
        "unsure",
        "Asli, tetapi statusnya belum diperiksa",
        ["Status: belum diperiksa"],
        6,
    ),
}


def shown(page: Page) -> tuple[str, str, list[str], int]:
    """Look, title, status and number of facts of the verdict on the page."""
    expect(page.locator(".outcome h2")).to_be_visible()
    look = (page.locator(".outcome").get_attribute("class") or "").removeprefix("outcome ")
    status = page.locator(".outcome .status").all_inner_texts()
    return (
        look,
        page.locator(".outcome h2").inner_text(),
        status,
        page.locator(".printed > div").count(),
    )


def facts(page: Page) -> dict[str, str]:
    rows = page.locator(".printed > div")
    return {
        rows.nth(at).locator("dt").inner_text(): rows.nth(at).locator("dd").inner_text()
        for at in range(rows.count())
    }


def opened(page: Page, address: str, fragment: str = "") -> Page:
    page.goto("about:blank")
    page.goto(f"{address}/v#{fragment}")
    return page
