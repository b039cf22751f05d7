"""A word on the wall: its own script in a page, with a stand-in for what anywidget gives it. The
kernel's part is played by the test.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from psm_course.trainer.shown import projector_style
from psm_course.trainer.widget import Live, script_of

# As Backbone has it: names of events with spaces between them, a change that is none is silent.
_PAGE = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>Kata</title><link rel="icon" href="data:,"></head>
<body><main><h1 hidden>Kata</h1><div id="word"></div></main>
<script type="module">
import word from './{script}.js';
const traits = {{state: {state}, reply: {{}}, css: {style}}}, listeners = [];
window.asked = [];
const model = {{
  get: (name) => traits[name],
  set: (name, value) => {{
    traits[name] = value;
    listeners.forEach(([names, act]) => names.split(' ').includes(`change:${{name}}`) && act());
  }},
  save_changes: () => {{}},
  on: (names, act) => listeners.push([names, act]),
  off: () => listeners.splice(0),
  send: (message) => window.asked.push(message),
}};
window.model = model;
window.leave = word.render({{model, el: document.querySelector('#word')}});
</script></body></html>"""


def put_on_wall(folder: Path, name: str, live: Live) -> None:
    """Write `name`.html with what it loads."""
    state = json.dumps(dict(live.state), ensure_ascii=False).replace("<", "\\u003c")
    (folder / f"{live.script}.js").write_text(script_of(live.script), encoding="utf-8")
    page = _PAGE.format(style=json.dumps(projector_style()), script=live.script, state=state)
    (folder / f"{name}.html").write_text(page, encoding="utf-8")


def state_of(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("model.get('state')")
    return found


def reply(page: Page, **changes: Any) -> None:
    """What the kernel answers."""
    page.evaluate("changes => model.set('reply', changes)", changes)


def said(page: Page) -> str:
    """What a screen reader was told last."""
    return page.locator("[role=status].unseen").inner_text()


def focused(page: Page) -> str:
    """The key of what has the focus."""
    return str(page.evaluate("document.activeElement.dataset.key"))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def rows(page: Page) -> list[str]:
    """The counts as they are read, one for each choice."""
    return page.locator(".tally .share").all_inner_texts()


def width(bar: Locator) -> str:
    return str(bar.evaluate("bar => bar.style.width"))
