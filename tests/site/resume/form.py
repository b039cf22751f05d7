"""A practice with all types but two: how a person fills it in, and what the phone keeps."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.builders import a_choice, an_item, options, pairs, parts
from tests.scripts import bundled
from tests.site.stage import kept

ITEMS = [
    a_choice("satu", choices=options("abcd", correct="a")),
    an_item("choices", id="banyak", choices=options("abcd", correct="ab")),
    an_item("order", id="urut", sequence=parts("abc")),
    an_item("match", id="jodoh", pairs=pairs("abc")),
    an_item("text", id="kata"),
    an_item("case", id="cerita"),
]
KEPT, KEPT_ASIDE = "Tersimpan di ponsel ini", "Baru sementara tersimpan"
# What a page's own scripts make of a form, told to the test.
READING = """
import {types} from 'items:widget';
import {widgets} from './practice/kinds.js';
import {responses} from './practice/responses.js';
Object.assign(widgets, types);
window.reading = responses.read;
"""


def tick(page: Page, name: str, letter: str) -> None:
    page.locator(f'[data-item="{name}"]').get_by_label(f"Pilihan {letter}", exact=True).check()


def write(page: Page, text: str) -> None:
    page.locator('[data-item="kata"] input').fill(text)


def place_first(page: Page, part: str) -> None:
    page.locator('[data-item="urut"]').get_by_label(part, exact=True).check(force=True)


def saved(page: Page, name: str) -> None:
    """Wait until the phone says that this item is kept."""
    page.locator(f'[data-item="{name}"] .kept', has_text=KEPT).wait_for()


def kept_aside(page: Page, name: str) -> None:
    """Wait until the phone warns that this item is kept outside the database only."""
    page.locator(f'[data-item="{name}"] .kept.trouble', has_text=KEPT_ASIDE).wait_for()


def responses(page: Page) -> dict[str, Any]:
    state: Any = kept(page, "quiz/").get("quiz/latihan", {"responses": {}})
    return dict(state["responses"])


def on_the_form(page: Page, *names: str) -> dict[str, Any]:
    """What the person sees filled in."""
    page.evaluate(bundled(READING, over="psm.js"))
    return {
        name: page.evaluate(
            "name => window.reading(document.querySelector(`[data-item=${name}]`))", name
        )
        for name in names
    }
