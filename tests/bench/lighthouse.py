"""Lighthouse's mobile preset, as it comes from npm, on pages of the built site."""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from rich.table import Table

from tests.bench.hosting import hosted
from tests.bench.site import KINDS, Sites
from tests.bench.size import Size
from tests.browser import browser
from tests.needs import LIGHTHOUSE, LIGHTHOUSE_VERSION, NODE

_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_MEASURED = (
    "front page",
    "lesson with practice",
    "lesson with practice and chart",
    "test with all its items",
    "Cari kategori",
    "Ke mana merujuk",
)


def lighthouse_rows(table: Table, sites: Sites, place: Path, size: Size) -> None:
    NODE.require()
    place.mkdir()
    program = LIGHTHOUSE.require() / "node_modules" / ".bin" / "lighthouse"
    pages = sites.pages
    with (
        hosted(sites.ours) as host,
        hosted(sites.stock) as stock,
        ThreadPoolExecutor(size.at_once) as pool,
    ):
        kinds = [kind for kind in KINDS if kind.name in _MEASURED and kind in pages]
        measured = [
            (kind.name, f"{host.address}/" if kind is KINDS[0] else f"{host.address}/{pages[kind]}")
            for kind in kinds[: size.lighthouse_pages]
        ]
        lesson = next(kind for kind in pages if kind.name.startswith("lesson"))
        measured.append((f"{lesson.name}, stock theme", f"{stock.address}/{pages[lesson]}"))
        names, addresses = zip(*measured, strict=True)
        places = [place / f"{number}.json" for number in range(len(measured))]
        for name, report in zip(
            names, pool.map(partial(_report, program), addresses, places), strict=True
        ):
            _add(table, name, report)


def _report(program: Path, address: str, out: Path) -> dict[str, Any]:
    flags = [
        "--output=json",
        f"--output-path={out}",
        "--quiet",
        f"--only-categories={','.join(_CATEGORIES)}",
    ]
    flags.append("--chrome-flags=--headless=new --no-sandbox --disable-gpu")
    subprocess.run(
        [str(program), address, *flags],
        env=os.environ | {"CHROME_PATH": browser()},
        check=True,
        capture_output=True,
    )
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report


def _add(table: Table, name: str, report: dict[str, Any]) -> None:
    scores = " / ".join(
        f"{100 * (report['categories'][category]['score'] or 0):.0f}" for category in _CATEGORIES
    )
    lcp, tbt, cls = (
        report["audits"][audit]["numericValue"]
        for audit in ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    )
    lost = [
        audit["id"]
        for audit in report["audits"].values()
        if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary"
    ]
    table.add_row(
        f"Lighthouse {LIGHTHOUSE_VERSION} mobile, {name}",
        f"{scores} · LCP {lcp / 1000:.2f} s, TBT {tbt:.0f} ms, CLS {cls:.3f}".rstrip("0").rstrip(
            "."
        ),
        "100 / 100 / 100 / 100 · ≤ 1.1 s, ≤ 50 ms, 0",
        ", ".join(lost),
    )
