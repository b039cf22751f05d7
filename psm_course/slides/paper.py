"""Prints a deck as PDF, one page per slide, with a Chromium browser of this computer."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from psm_course.errors import Refused

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_PATIENCE = 120  # seconds


def print_deck(deck: Path) -> Path:
    """Write the deck as a PDF file in the folder of the deck, and return the PDF's path.

    Raises:
        Refused: no suitable browser is installed, or the browser cannot print the deck.
    """
    browser = next(_browsers(), None)
    if browser is None:
        raise Refused(
            "PDF belum dibuat: Chrome, Chromium, atau Edge tidak ditemukan. Tayangannya sudah jadi"
            f" di {deck}. Buka di peramban, tambahkan ?print-pdf di alamatnya, lalu cetak ke PDF."
        )
    paper = deck.with_suffix(".pdf")
    with TemporaryDirectory(prefix="psm-") as profile:
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
        ]
        # Chromium refuses to start for root otherwise; the page is our own and loads nothing.
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        command += [f"--print-to-pdf={paper}", f"{deck.resolve().as_uri()}?print-pdf"]
        try:
            done = subprocess.run(  # noqa: S603 - a browser on our own file
                command, capture_output=True, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            done = None
    if done is None or done.returncode != 0 or not paper.is_file():
        raise Refused(
            f"PDF belum dibuat: {Path(browser).name} tidak dapat mencetak. Tayangannya sudah jadi"
            f" di {deck}."
        )
    return paper


def _browsers() -> Iterator[str]:
    """Yield paths of installed browsers that can print, in the order in which to try them."""
    yield from filter(None, map(shutil.which, _NAMES))
    programs = [
        Path(os.environ[name])
        for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if name in os.environ
    ]
    places = [folder / program for folder in programs for program in _WINDOWS]
    places += [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in _MAC]
    yield from (str(place) for place in places if place.is_file())
