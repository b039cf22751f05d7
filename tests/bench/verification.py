"""Verifying a QR in the page, on a processor slowed down four times: by the browser's cryptography, and in plain arithmetic."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser
from rich.table import Table

from tests.bench.hosting import hosted
from tests.credentials.signed import NOW
from tests.credentials.worlds import WORLDS
from tests.site.verification.conftest import WITHOUT_CRYPTO
from tests.site.verification.office import a_code, publications, published_site

_SLOWER = 4
_CODES = 30
# The first code of a visit, with everything the office has published yet to be checked; then others, each by another number.
_VERIFY_ALL = """async ([world, codes, now]) => {
  const kinds = {status: 'status_lists', terbitan: 'issuances'}, at = (path) => world[kinds[path.split('/')[0]] || 'corrections'];
  const office = PSM.office(world.keys, async (_, path) => at(path)), took = [];
  for (const code of codes) {
    const start = performance.now(), {verdict} = await PSM.verify(code, office, now);
    took.push(performance.now() - start);
    if (verdict !== 'valid') throw new Error(verdict);
  }
  return [took[0], took.slice(1).sort((one, other) => one - other)[Math.floor(took.length / 2) - 1]];
}"""


def verification_rows(table: Table, browser: Browser, place: Path) -> None:
    codes = [a_code(f"800.2/{number:04}/PSM-DASAR/VI/2025") for number in range(1, _CODES + 1)]
    asked = [WORLDS["usual"].to_json(), codes, NOW.timestamp() * 1000]
    with hosted(published_site(place, publications())) as host:
        for name, script in {"WebCrypto": "", "plain arithmetic": WITHOUT_CRYPTO}.items():
            context = browser.new_context()
            context.add_init_script(script)
            page = context.new_page()
            page.goto(f"{host.address}/v/")
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            first, median = page.evaluate(_VERIFY_ALL, asked)
            context.close()
            table.add_row(f"a QR verified in the page, {name}, processor {_SLOWER} × slower", f"{median:.1f} ms", "≤ 50 ms", "")
            table.add_row("   the first of a visit, with all lists to be checked", f"{first:.1f} ms", "", "")
