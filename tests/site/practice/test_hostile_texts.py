"""A practice whose every text is an attack."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser
from pydantic import BaseModel

from tests.site.practice.quiz import ITEMS, case_of, check, item_of, practice
from tests.site.stage import PHONE, put_on_stage, ready, served

HOSTILE = (
    """<script>window.bad=1</script><img src=x onerror="window.bad=2"> </script>"""
    """ "kutip" 'satu' &amp; {{ 7 }}"""
)
TEXTS = {
    "prompt",
    "text",
    "feedback",
    "left",
    "right",
    "explanation",
    "source",
    "unit",
    "low",
    "high",
}


def armed(value: Any, key: str = "") -> Any:
    """The same with an attack in every text an author writes."""
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: armed(inner, name) for name, inner in value})
    if isinstance(value, tuple):
        return tuple(armed(inner, key) for inner in value)
    return f"{value} {HOSTILE}" if key in TEXTS and value else value


def test_hostile_texts_are_shown_as_they_are_and_never_run(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("jahat")
    quiz = practice([armed(item) for item in ITEMS], title=f"Latihan {HOSTILE}")
    put_on_stage(folder, quiz)
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    with served(folder) as address:
        ready(page, address)
        for kind in ("choice", "choices"):
            item_of(page, kind).locator("input").first.check()
            check(item_of(page, kind))
        case_of(page).locator(".step .act").first.click()
        shown = page.locator(".quiz").inner_text()
        scoring = page.evaluate("JSON.parse(document.querySelector('[data-scoring]').textContent)")
        options = page.locator('[data-item="match"] .rights button').all_text_contents()
        intruders = page.locator(".quiz img, .quiz script:not([data-scoring])").count()
        bad = page.evaluate("window.bad")
    context.close()

    assert bad is None
    assert intruders == 0
    assert scoring == quiz.public_view()["scoring"]
    for start in (
        "Latihan",
        "Menyapa dan menemani",
        "Nenek tersenyum.",
        "Mendengarkan sampai selesai",
        "Anak merasa dipercaya.",
        "Sebab choice.",
    ):
        assert f"{start} <script>window.bad=1</script>" in shown
    assert (
        sum(
            option.startswith("113 <script>window.bad=1</script><img src=x onerror=")
            for option in options
        )
        == 3
    )
