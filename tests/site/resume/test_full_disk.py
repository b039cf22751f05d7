"""A phone whose disk is full while somebody answers: nothing is lost once there is room again, nor
when the browser starts anew.

Chromium keeps what a page keeps in a log. A record that the disk cut off stands at its end; what is
appended later makes the log unreadable, and the next start throws away all of it (seen with
Chromium 156).
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import ARGUMENTS, pages_browser
from tests.site.practice.quiz import practice
from tests.site.resume.form import ITEMS, kept_aside, responses, saved, tick, write
from tests.site.stage import put_on_stage, ready, served

ROOM = resource.RLIM_INFINITY


class Phone:
    """A browser of its own, with a disk that can be full: no file of it may grow any more."""

    def __init__(self, chromium: Browser, folder: Path, address: str) -> None:
        self._chromium, self._profile, self._address = chromium, folder / "profile", address
        self._program = folder / "browser"
        self._program.write_text(
            f"#!/bin/sh\ntrap '' XFSZ\nexec '{pages_browser()}' \"$@\"\n", encoding="utf-8"
        )
        self._program.chmod(0o755)
        self._context: BrowserContext | None = None

    def start(self) -> Page:
        """The practice, in a browser that has just been started."""
        self.end()
        self._context = self._chromium.browser_type.launch_persistent_context(
            self._profile, executable_path=self._program, args=ARGUMENTS, locale="id-ID"
        )
        return ready(self._context.new_page(), self._address)

    def end(self) -> None:
        if self._context:
            self._context.close()
            self._context = None

    def fill(self, room: int = 100) -> None:
        """So that the next record of the database is cut off, or one that needs more than `room`
        bytes.
        """
        log = next(self._profile.rglob("*.indexeddb.leveldb/*.log"))
        self._limit(log.stat().st_size + room)

    def free(self) -> None:
        self._limit(ROOM)

    def _limit(self, size: int) -> None:
        for process in self._processes():
            with suppress(ProcessLookupError):  # it has ended meanwhile
                resource.prlimit(process, resource.RLIMIT_FSIZE, (size, ROOM))

    def _processes(self) -> set[int]:
        """The browser and all it has started."""
        parents = dict[int, int]()
        found = set[int]()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(entry.name)] = int(
                    (entry / "stat").read_text().rpartition(")")[2].split()[1]
                )
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:  # it has ended meanwhile
                continue
            if f"--user-data-dir={self._profile}".encode() in words:
                found.add(int(entry.name))
        assert found
        while more := {each for each, parent in parents.items() if parent in found} - found:
            found |= more
        return found


@pytest.fixture
def phone(chromium: Browser, tmp_path: Path) -> Iterator[Phone]:
    put_on_stage(tmp_path / "site", practice(ITEMS))
    with served(tmp_path / "site") as address:
        phone = Phone(chromium, tmp_path, address)
        yield phone
        phone.end()


def test_what_was_kept_before_and_after_a_full_disk_outlives_the_browser(phone: Phone) -> None:
    page = phone.start()
    tick(page, "satu", "b")
    saved(page, "satu")

    phone.fill()
    tick(page, "banyak", "a")
    kept_aside(page, "banyak")
    phone.free()
    for text in ("rel", "rela", "relaw", "relawa", "relawan"):  # "jawab lagi", as the page says
        write(page, text)
        page.locator('[data-item="kata"] .kept', has_text="ersimpan").wait_for()
    saved(page, "kata")
    kept = {"satu": "b", "banyak": ["a"], "kata": "relawan"}
    assert responses(page) == kept

    assert responses(phone.start()) == kept


def test_too_little_room_for_a_new_log_loses_nothing_either(phone: Phone) -> None:
    page = phone.start()
    tick(page, "satu", "b")
    saved(page, "satu")

    phone.fill()
    tick(page, "banyak", "a")
    kept_aside(page, "banyak")
    phone.fill(room=1_000_000)
    write(page, "relawan")
    kept_aside(page, "kata")
    kept = {"satu": "b", "banyak": ["a"], "kata": "relawan"}

    page = phone.start()
    assert responses(page) == kept
    phone.free()
    tick(page, "satu", "c")
    saved(page, "satu")
    assert responses(phone.start()) == {**kept, "satu": "c"}


def test_what_was_answered_on_a_full_disk_outlives_the_browser(phone: Phone) -> None:
    page = phone.start()
    tick(page, "satu", "b")
    saved(page, "satu")

    phone.fill()
    tick(page, "satu", "c")
    kept_aside(page, "satu")
    phone.free()

    page = phone.start()
    assert responses(page) == {"satu": "c"}
    write(page, "relawan")
    saved(page, "kata")
    assert responses(phone.start()) == {"satu": "c", "kata": "relawan"}
