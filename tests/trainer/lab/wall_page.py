"""A page with the wall's own style and script, but without JupyterLab: what the room sees of some
HTML that a word made.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page

from psm_course.trainer.shown import projector_style
from tests.conftest import ROOT

_FILES = ROOT / "psm_course/trainer/lab/extension/psm-course/files"
_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Layar</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="layar.css"></head>
<body><main id="langkah">{title}<div class="psm-shown"><style>{style}</style>{shown}</div></main>
<script type="module">
import {{ Wall }} from './wall.js';
window.wall = Object.assign(new Wall('', () => {{}}), {{ window }});
wall.fit();
</script></body></html>"""


def write_wall_page(folder: Path, name: str, shown: str, title: str = "") -> None:
    """Write `name`.html with what it loads."""
    for file in ("layar.css", "wall.js"):
        shutil.copy(_FILES / file, folder)
    heading = f"<h2>{title}</h2>" if title else ""
    (folder / f"{name}.html").write_text(
        _PAGE.format(style=projector_style(), shown=shown, title=heading), encoding="utf-8"
    )


def open_wall_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function("window.wall")


def smallest_letters(page: Page) -> float:
    """In pixels of a wall of 1920, drawings included."""
    found: float = page.evaluate("""() => {
      const step = document.getElementById('langkah'), sizes = [];
      const words = document.createTreeWalker(step, NodeFilter.SHOW_TEXT);
      while (words.nextNode()) {
        const text = words.currentNode, holder = text.parentElement;
        const around = document.createRange();
        around.selectNodeContents(text);
        if (!text.data.trim() || holder.closest('style, .unseen')) continue;
        if (!around.getBoundingClientRect().height) continue;
        const drawing = holder.closest('svg'), scale = drawing ? drawing.getScreenCTM().a : 1;
        sizes.push(parseFloat(getComputedStyle(holder).fontSize) * scale * 1920 / innerWidth);
      }
      return Math.min(...sizes);
    }""")
    return found
